//! Which mutant is chosen how: the tier of each function, what rustc has rejected so far, and the text of each file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::calls::{called, calls, is_called};
use super::emit::{Body, Changed, Emit};
use super::site::{Site, sites};
use super::splice::{Edits, Patch, Spliced, one_line};
use super::support::MODULE;
use super::switch;
use crate::{
    Error, ErrorKind, ImageMutant, LiveFunction, Mutant, MutantId, Operator, Tier, Workspace,
};

/// What has become of a mutant so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is in the text.
    Live,
    /// It needs a build of its own, for this reason.
    Rebuild(String),
    /// rustc rejects it; its first error.
    Rejected(String),
}

/// How a function's mutants are put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Slot,
    /// A selector that calls functions beside the original.
    Sibling,
    /// A selector that calls functions beside it, the original among them, and gives an iterator that is one of theirs.
    Iterators,
    /// A selector with all bodies in one.
    Selector,
    /// Not at all: all of them need builds of their own.
    None,
}

#[derive(Debug)]
struct Planned {
    package: String,
    file: PathBuf,
    /// Its name, as discovery writes it.
    name: String,
    /// Index among the file's sites.
    site: usize,
    way: Way,
    mutants: Vec<MutantId>,
    digest: u64,
}

#[derive(Debug)]
struct File {
    text: String,
    edition: String,
    sites: Vec<Site>,
    /// `const fn`s, by index of their site, that are `const` in the copy, too.
    still_const: BTreeSet<usize>,
    /// Whether a target begins with it.
    is_root: bool,
}

/// The plan.
#[derive(Debug)]
pub(crate) struct Plan {
    mutants: Vec<Mutant>,
    standing: Vec<Standing>,
    /// What each mutant makes of its function.
    bodies: Vec<Option<Changed>>,
    /// The same as the whole body, in one line.
    wholes: Vec<Option<String>>,
    functions: Vec<Planned>,
    files: BTreeMap<PathBuf, File>,
    index: BTreeMap<MutantId, usize>,
}

impl Plan {
    /// A plan for these mutants: nothing is rejected yet.
    ///
    /// # Errors
    ///
    /// When a file of the workspace cannot be read, or is no Rust.
    pub(crate) fn new(workspace: &Workspace, mutants: Vec<Mutant>) -> Result<Plan, Error> {
        let mut plan = Plan {
            standing: vec![Standing::Live; mutants.len()],
            bodies: vec![None; mutants.len()],
            wholes: vec![None; mutants.len()],
            functions: Vec::new(),
            files: BTreeMap::new(),
            index: mutants.iter().enumerate().map(|(index, mutant)| (mutant.id, index)).collect(),
            mutants,
        };
        plan.read_files(workspace)?;
        let mut functions: BTreeMap<(PathBuf, usize), Vec<usize>> = BTreeMap::new();
        for (index, mutant) in plan.mutants.iter().enumerate() {
            let Some(file) = plan.files.get(&mutant.file) else { continue };
            match site_of(file, mutant) {
                Ok((site, whole, body)) => {
                    plan.wholes[index] = Some(whole);
                    functions.entry((mutant.file.clone(), site)).or_default().push(index);
                    plan.bodies[index] = Some(body);
                }
                Err(standing) => plan.standing[index] = standing,
            }
        }
        for ((path, site), indices) in functions {
            plan.add(workspace, path, site, &indices);
        }
        Ok(plan)
    }

    /// Reads what mutants are in, and the first file of each target of their packages.
    fn read_files(&mut self, workspace: &Workspace) -> Result<(), Error> {
        let packages: BTreeSet<_> =
            self.mutants.iter().map(|mutant| mutant.package.clone()).collect();
        for package in packages.iter().filter_map(|name| workspace.package(name)) {
            for target in &package.targets {
                let Ok(path) = target.source.strip_prefix(workspace.root()) else { continue };
                self.read(workspace, path, &target.edition)?;
                // A procedural macro may export nothing else, and nothing in it is chosen at run time.
                if let Some(file) = self.files.get_mut(path) {
                    file.is_root |= !target.is("proc-macro");
                }
            }
        }
        let others: Vec<_> = self
            .mutants
            .iter()
            .map(|mutant| (mutant.file.clone(), mutant.package.clone()))
            .collect();
        for (path, package) in others {
            let edition =
                workspace.package(&package).map_or("2024", |package| package.edition.as_str());
            self.read(workspace, &path, edition)?;
        }
        Ok(())
    }

    fn read(&mut self, workspace: &Workspace, path: &Path, edition: &str) -> Result<(), Error> {
        if self.files.contains_key(path) {
            return Ok(());
        }
        let whole = workspace.root().join(path);
        let text = std::fs::read_to_string(&whole).map_err(Error::file("read", &whole))?;
        let has_mutants = self.mutants.iter().any(|mutant| mutant.file == path);
        let sites = if has_mutants {
            sites(&text).map_err(|error| {
                let message = format!("{} cannot be read as Rust: {error}", whole.display());
                Error::new(ErrorKind::Baseline, message)
            })?
        } else {
            Vec::new()
        };
        let file = File {
            text,
            edition: edition.to_owned(),
            sites,
            still_const: BTreeSet::new(),
            is_root: false,
        };
        self.files.insert(path.to_path_buf(), file);
        Ok(())
    }

    fn add(&mut self, workspace: &Workspace, path: PathBuf, site: usize, indices: &[usize]) {
        let Some(first) = indices.first().map(|index| &self.mutants[*index]) else { return };
        let Some(file) = self.files.get(&path) else { return };
        let the_site = &file.sites[site];
        let is_macro = workspace
            .package(&first.package)
            .is_some_and(|package| package.targets.iter().any(|target| target.is("proc-macro")));
        let (way, reason) = match the_site.needs_selector {
            _ if is_macro => (Way::None, "a procedural macro runs while others are compiled"),
            None => (Way::Slot, ""),
            Some(_) if the_site.is_iterator && the_site.generics.is_some() => (Way::Iterators, ""),
            Some(_) if the_site.generics.is_some() => (Way::Sibling, ""),
            Some(_) => (Way::Selector, ""),
        };
        let text = file.text.get(the_site.whole.clone()).unwrap_or_default();
        let name = first
            .function
            .as_ref()
            .map_or_else(|| the_site.name.clone(), |function| function.name.clone());
        let planned = Planned {
            package: first.package.clone(),
            file: path,
            name,
            site,
            way,
            mutants: indices.iter().map(|index| self.mutants[*index].id).collect(),
            digest: xxhash_rust::xxh3::xxh3_64(text.as_bytes()),
        };
        if way == Way::None {
            for index in indices {
                self.standing[*index] = Standing::Rebuild(reason.to_owned());
            }
        }
        self.functions.push(planned);
    }

    /// The files whose text is not the user's, with their text.
    ///
    /// # Errors
    ///
    /// When a header that was read as Rust cannot be split into tokens: a fault of ours.
    pub(crate) fn render(&self) -> Result<BTreeMap<PathBuf, Spliced>, Error> {
        self.render_without(&[])
    }

    /// The same, with these functions as they are in the user's text.
    pub(crate) fn render_without(&self, out: &[u32]) -> Result<BTreeMap<PathBuf, Spliced>, Error> {
        let mut edits: BTreeMap<&Path, Edits> = BTreeMap::new();
        for (number, function) in self.functions.iter().enumerate() {
            let file = &self.files[&function.file];
            let bodies: Vec<Body> =
                function.mutants.iter().filter_map(|id| self.body(*id)).collect();
            if bodies.is_empty()
                || out.contains(&(number as u32))
                || file.still_const.contains(&function.site)
            {
                continue;
            }
            let site = &file.sites[function.site];
            let emit = Emit {
                text: &file.text,
                edition: &file.edition,
                number: number as u32,
                site,
                bodies,
            };
            let edits = edits.entry(&function.file).or_default();
            match function.way {
                Way::Slot => emit.slot(edits).map_err(|error| {
                    let message =
                        format!("{}: {}: {error}", function.file.display(), function.name);
                    Error::new(ErrorKind::Internal, message)
                })?,
                Way::Sibling => {
                    if emit.siblings(edits).is_none() {
                        emit.selector(edits);
                    }
                }
                Way::Iterators => {
                    if emit.iterators(edits).is_none() {
                        emit.selector(edits);
                    }
                }
                Way::Selector => emit.selector(edits),
                Way::None => {}
            }
        }
        let mut rendered = BTreeMap::new();
        for (path, file) in &self.files {
            let mut edits = edits.remove(path.as_path()).unwrap_or_default();
            self.other_const_functions(path, file, out, &mut edits);
            if file.is_root {
                let mut module = Patch::default();
                module.push(MODULE);
                edits.insert(file.text.len(), module);
            }
            rendered.insert(path.clone(), edits.apply(&file.text));
        }
        Ok(rendered)
    }

    /// `const fn`s without live mutants lose the word, too, since they may call one that has.
    fn other_const_functions(&self, path: &Path, file: &File, out: &[u32], edits: &mut Edits) {
        for (index, site) in file.sites.iter().enumerate() {
            let Some(word) = &site.constness else { continue };
            let is_live = self.functions.iter().enumerate().any(|(number, function)| {
                function.file == path
                    && function.site == index
                    && !out.contains(&(number as u32))
                    && function.way != Way::None
                    && function.mutants.iter().any(|id| self.body(*id).is_some())
            });
            if !is_live && !file.still_const.contains(&index) {
                edits.replace(word.clone(), Patch::default());
            }
        }
    }

    fn index(&self, id: MutantId) -> Option<usize> {
        self.index.get(&id).copied()
    }

    fn body(&self, id: MutantId) -> Option<Body> {
        let index = self.index(id)?;
        let text = self.bodies[index].clone().filter(|_| self.standing[index] == Standing::Live)?;
        let whole = self.wholes[index].clone();
        Some(Body { mutant: id, text, whole, is_const: self.is_const(&self.mutants[index]) })
    }

    /// Whether rustc can say of a mutant's body by itself whether a `const fn` may have it: one that calls what is `const` in
    /// the user's text and not in the copy would be rejected for that. An operator's change needs no asking: on what a
    /// `const fn` may compute with, all of them are allowed.
    fn is_const(&self, mutant: &Mutant) -> bool {
        let Some(function) = &mutant.function else { return false };
        let is_its = |site: &&Site| site.constness.is_some() && site.body == function.body;
        let is_const_fn = self
            .files
            .get(&mutant.file)
            .is_some_and(|file| file.sites.iter().any(|it| is_its(&it)));
        is_const_fn && mutant.operator == Operator::FnValue && {
            let calls = calls(&mutant.replacement);
            let sites = self.files.values().flat_map(|file| &file.sites);
            !sites.filter(|site| site.constness.is_some()).any(|site| is_called(site, &calls))
        }
    }

    /// Takes a mutant out of the text. The first reason stays.
    pub(crate) fn settle(&mut self, id: MutantId, standing: Standing) -> bool {
        let Some(index) = self.index(id) else { return false };
        let is_live = self.standing[index] == Standing::Live;
        if is_live {
            self.standing[index] = standing;
        }
        is_live
    }

    /// What was put into a function does not compile, and no mutant is to blame: it gets the next simpler way.
    /// `false` when it has none any more.
    pub(crate) fn demote(&mut self, number: u32, reason: &str) -> bool {
        let Some(function) = self.functions.get_mut(number as usize) else { return false };
        match function.way {
            Way::Iterators => {
                function.way = Way::Selector;
                // There can be one body only now.
                for id in function.mutants.clone() {
                    let index = self.index.get(&id).copied();
                    if index.is_some_and(|at| matches!(self.bodies[at], Some(Changed::Whole(_)))) {
                        self.settle(id, Standing::Rebuild(reason.to_owned()));
                    }
                }
            }
            Way::Slot | Way::Sibling => function.way = Way::Selector,
            Way::Selector => {
                function.way = Way::None;
                for id in function.mutants.clone() {
                    self.settle(id, Standing::Rebuild(reason.to_owned()));
                }
            }
            Way::None => return false,
        }
        true
    }

    /// A `const fn` of this name is called where a constant is computed: it stays `const`, with all that it calls, and its
    /// mutants need builds of their own. `false` when there is none.
    pub(crate) fn keep_const(&mut self, name: &str) -> bool {
        let mut names = vec![name.to_owned()];
        let mut seen = BTreeSet::new();
        let mut any = false;
        while let Some(name) = names.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            for file in self.files.values_mut() {
                for (index, site) in file.sites.iter().enumerate() {
                    if site.constness.is_some()
                        && site.name == name
                        && file.still_const.insert(index)
                    {
                        any = true;
                        names.extend(called(file.text.get(site.body.clone()).unwrap_or_default()));
                    }
                }
            }
        }
        let stays: Vec<MutantId> = self
            .functions
            .iter()
            .filter(|function| self.files[&function.file].still_const.contains(&function.site))
            .flat_map(|function| function.mutants.clone())
            .collect();
        for id in stays {
            self.settle(id, Standing::Rebuild("a constant is computed with it".to_owned()));
        }
        any
    }

    /// The functions with live mutants, as the image lists them.
    pub(crate) fn functions(&self) -> Vec<LiveFunction> {
        let is_live =
            |function: &&Planned| function.mutants.iter().any(|id| self.body(*id).is_some());
        let number = |function: &Planned| {
            self.functions.iter().position(|other| std::ptr::eq(other, function))
        };
        self.functions
            .iter()
            .filter(is_live)
            .filter_map(|function| {
                Some(LiveFunction {
                    number: number(function)? as u32,
                    package: function.package.clone(),
                    name: function.name.clone(),
                    file: function.file.clone(),
                    tier: if function.way == Way::Slot { Tier::Slot } else { Tier::Selector },
                    digest: function.digest,
                })
            })
            .collect()
    }

    /// All mutants with what became of them.
    pub(crate) fn mutants(&self) -> Vec<ImageMutant> {
        let mut of: BTreeMap<MutantId, (u32, Way)> = BTreeMap::new();
        for (number, function) in self.functions.iter().enumerate() {
            of.extend(function.mutants.iter().map(|id| (*id, (number as u32, function.way))));
        }
        let image = |(mutant, standing): (&Mutant, &Standing)| {
            let mut of_image = ImageMutant {
                mutant: mutant.clone(),
                tier: None,
                function: None,
                rejected: None,
                left_out: None,
            };
            match standing {
                Standing::Live => {
                    let (number, way) = of.get(&mutant.id).copied().unzip();
                    of_image.function = number;
                    of_image.tier =
                        Some(if way == Some(Way::Slot) { Tier::Slot } else { Tier::Selector });
                }
                Standing::Rebuild(reason) => {
                    of_image.tier = Some(Tier::Rebuild);
                    of_image.left_out = Some(format!("it needs a build of its own: {reason}"));
                }
                Standing::Rejected(error) => of_image.rejected = Some(error.clone()),
            }
            of_image
        };
        self.mutants.iter().zip(&self.standing).map(image).collect()
    }

    /// The numbers of all functions that have live mutants, for a search by halves.
    pub(crate) fn live_numbers(&self) -> Vec<u32> {
        self.functions().iter().map(|function| function.number).collect()
    }
}

/// The function that a mutant is in, by index, what it makes of its whole body, and of as little of it as has to be changed.
fn site_of(file: &File, mutant: &Mutant) -> Result<(usize, String, Changed), Standing> {
    let rebuild = |reason: &str| Standing::Rebuild(reason.to_owned());
    let function = mutant.function.as_ref().ok_or_else(|| rebuild("it is in no function"))?;
    let site = file.sites.iter().position(|site| site.body == function.body);
    let site = site.ok_or_else(|| rebuild("its function was not found in the syntax"))?;
    let inside = |outer: &Range<usize>, inner: &Range<usize>| {
        outer.start <= inner.start && inner.end <= outer.end
    };
    if !inside(&function.body, &mutant.bytes) {
        return Err(rebuild("it is not in its function's body"));
    }
    let get = |range: Range<usize>| file.text.get(range).unwrap_or_default();
    let changed = [
        get(function.body.start..mutant.bytes.start),
        " ",
        &mutant.replacement,
        " ",
        get(mutant.bytes.end..function.body.end),
    ]
    .concat();
    let rejected = |error: &str| Standing::Rejected(format!("it cannot be read as Rust: {error}"));
    let line = one_line(&changed).map_err(|error| rejected(&error))?;
    if let Err(error) = syn::parse_str::<syn::Expr>(&line) {
        return Err(rejected(&error.to_string()));
    }
    let the_site = &file.sites[site];
    if !the_site.is_single || mutant.operator == Operator::FnValue && !the_site.has_opaque_result {
        return Ok((site, line.clone(), Changed::Whole(line)));
    }
    let change = switch::change(&file.text, &the_site.roots, &mutant.bytes, &mutant.replacement);
    match change.filter(|_| mutant.operator != Operator::FnValue) {
        Some(change) => Ok((site, line, Changed::Expression(change))),
        None if the_site.is_iterator && the_site.generics.is_some() => {
            Ok((site, line.clone(), Changed::Whole(line)))
        }
        None => Err(rebuild("its function can have one body only, and this changes all of it")),
    }
}
