//! An edit of one body, where that is all that the next text needs: nothing else is read, checked or lowered again.
//!
//! What is known of the last text is true of the next one if the body defines nothing, and if nothing stands in
//! another line: places are part of the code. Everything else is compiled as a whole, and so is whatever turns
//! out not to be so simple. What is wrong with the body is said here: nothing else can be wrong.
//!
//! The front end reads files as a whole, so it is given blanks in place of the bodies that the edit needs nothing of:
//! what it knows of the functions is outside of these. Where it turns out that one is needed after all, or where
//! something is refused, it is given the whole text and asked again. Where the body differs in numbers alone from the one
//! that it was given, it is not given another one: who lowers it is told of them (`front::numbers`).

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ra_ap_hir_def::FunctionId;

use super::super::codegen;
use super::super::frame::Frame;
use super::super::front::complaints::{Complaint, of_bodies};
use super::super::front::database::Database;
use super::super::front::overlay::Place;
use super::super::front::slices::Cut;
use super::super::lower::Checks;
use super::super::mir::{Differing, Module};
use super::super::outline::{Edited, Outline};
use super::super::program::{self, Kept, Stop};
use super::super::report::Verdict;
use super::{Known, Objects, judge};
use crate::error::{Error, ErrorKind};
use crate::shim::Exclusions;
use crate::source::{Cancel, Source, Support, unmarked};
use crate::symbol::{crate_name, is_live};
use crate::{Compiled, Interface};

/// What is known of the last text that was compiled, beside what the database knows.
pub(super) struct Last {
    path: PathBuf,
    support: Vec<Support>,
    pub(super) whole: Whole,
    /// Which functions have a body, by its file and its number there.
    functions: HashMap<(usize, usize), Vec<FunctionId>>,
    /// Which of these bodies others can do without; nothing before the first edit.
    can_be_blank: Option<HashSet<(usize, usize)>>,
    /// Bodies that were edited, and not accepted since.
    unaccepted: HashSet<(usize, usize)>,
    /// What the front end was given, bodies that were left blank aside.
    given: Outline,
    /// Bodies that are not left blank: who edits one edits it again, and the numbers in it.
    needed: HashSet<(usize, usize)>,
    /// How many edits came since the whole.
    #[cfg(test)]
    pub(super) edits: usize,
    /// Of how many of them the front end was not told.
    #[cfg(test)]
    pub(super) edits_of_numbers: usize,
    /// Of how many it was given a slice.
    #[cfg(test)]
    pub(super) edits_of_slices: usize,
}

/// More bodies that were edited are not kept from being blank.
const MOST_NEEDED: usize = 32;

/// What a whole compile gave, and a quick one changes.
pub(super) struct Whole {
    pub(super) frame: Frame,
    pub(super) interface: Interface,
    pub(super) files: Vec<PathBuf>,
    /// Every file that was read or looked for.
    pub(super) paths: Vec<PathBuf>,
    pub(super) kept: Kept,
    pub(super) base: Base,
    /// Where the names of functions stand: file and offset.
    pub(super) names: Vec<(FunctionId, String, usize)>,
}

/// The last object of the whole.
pub(super) struct Base {
    /// How the program differs from it; nothing where that is not known any more.
    pub(super) program: Option<Differing>,
    pub(super) object: Arc<[u8]>,
}

/// The program of a module that becomes the last whole object.
pub(super) fn differing(module: &Module, name: &str) -> Differing {
    let name = name.to_owned();
    Differing::of(module, move |symbol| is_live(symbol, &name))
}

impl Whole {
    /// What differs from the last whole object; where too much does, or it is not known what, the whole.
    fn make(
        &mut self,
        db: &Database,
        path: &Path,
        checks: Checks,
        cancel: &Cancel,
    ) -> Result<Module, Stop> {
        let name = crate_name(path);
        if let Some(mut program) = self.base.program.take().filter(|_| self.kept.can_stay()) {
            let change = match program::edit(db, &name, checks, cancel, &mut self.kept) {
                Ok(change) => change,
                Err(stop) => {
                    self.base.program = Some(program);
                    return Err(stop);
                }
            };
            let part = program.take(&change).then(|| program.part(&change.files)).flatten();
            if let Some(part) = part {
                self.base.program = Some(program);
                return Ok(part);
            }
        }
        program::again(db, &name, checks, cancel, &mut self.kept)
    }

    /// What is compiled, as who links it takes it.
    fn objects(
        &mut self,
        module: Module,
        code: &mut codegen::Known,
        source: &Source,
    ) -> Result<Objects, Error> {
        let is_part = module.outside.is_some();
        if is_part && module.functions.is_empty() {
            return Ok((self.base.object.clone(), None));
        }
        if is_part {
            let object = super::generate(module, code, source)?;
            return Ok((object, Some(self.base.object.clone())));
        }
        let program = differing(&module, &crate_name(&source.path));
        let object = super::generate(module, code, source)?;
        self.base = Base { program: Some(program), object: object.clone() };
        Ok((object, None))
    }
}

impl Last {
    pub(super) fn new(source: &Source, outline: &Outline, mut whole: Whole) -> Last {
        let names = std::mem::take(&mut whole.names);
        let mut at: HashMap<(&str, usize), Vec<FunctionId>> = HashMap::new();
        for (function, path, offset) in &names {
            at.entry((path.as_str(), *offset)).or_default().push(*function);
        }
        let mut functions = HashMap::new();
        for (path, file, bodies) in outline.bodies() {
            for (number, body) in bodies.iter().enumerate() {
                let name = path.to_str().map(|path| (path, body.name.start));
                if let Some(found) = name.and_then(|name| at.get(&name)) {
                    functions.insert((file, number), found.clone());
                }
            }
        }
        let (path, support) = (source.path.clone(), source.support.clone());
        Last {
            path,
            support,
            whole,
            functions,
            can_be_blank: None,
            unaccepted: HashSet::new(),
            given: outline.clone(),
            needed: HashSet::new(),
            #[cfg(test)]
            edits: 0,
            #[cfg(test)]
            edits_of_numbers: 0,
            #[cfg(test)]
            edits_of_slices: 0,
        }
    }

    /// What of the last text differs, if that is all.
    fn edited(&self, source: &Source, outline: &Outline) -> Option<Edited> {
        if source.path != self.path || source.support != self.support {
            return None;
        }
        let mut texts = vec![unmarked(Arc::clone(&source.text))];
        for path in outline.paths().skip(1) {
            texts.push(unmarked(std::fs::read_to_string(path).ok()?.into()));
        }
        outline.edited(&texts)
    }

    /// Takes over the edit; whether the rest of what is known allows for it.
    fn take(&mut self, edited: &Edited) -> bool {
        let body = (edited.file, edited.body);
        let Some(functions) = self.functions.get(&body) else { return false };
        let path = edited.path();
        let (before, after) = &edited.names;
        if !self.whole.interface.mentions.are(path, before) {
            return false;
        }
        let mentions = std::mem::take(&mut self.whole.interface.mentions);
        let Some(mentions) = mentions.with(path, before, after.as_ref().clone()) else {
            return false;
        };
        self.whole.interface.mentions = mentions;
        self.whole.frame.files[edited.file].set_own(edited.outline.text(edited.file));
        self.whole.kept.forget(&functions.iter().copied().collect());
        // A blank has as many bytes as what it stands for, and columns count characters.
        if !edited.outline.block(edited.file, edited.body).is_ascii()
            && let Some(can_be_blank) = &mut self.can_be_blank
        {
            can_be_blank.remove(&body);
        }
        true
    }

    /// The texts for the front end: all of them, or what the edits need.
    fn texts(&mut self, outline: &Outline, bodies: Bodies) -> Vec<(String, String)> {
        self.whole.kept.given_another_text();
        self.given.clone_from(outline);
        let mut texts = self.whole.frame.texts();
        if bodies == Bodies::All {
            return texts;
        }
        let functions = &self.functions;
        let all = functions.keys().copied();
        let can_be_blank = self.can_be_blank.get_or_insert_with(|| {
            all.filter(|(file, body)| outline.can_be_blank(*file, *body)).collect()
        });
        let needed = self.whole.kept.needed();
        let is_needed = |at: &(usize, usize)| {
            self.unaccepted.contains(at) || functions[at].iter().any(|it| needed.contains(it))
        };
        if self.needed.len() > MOST_NEEDED {
            self.needed.clear();
        }
        self.needed.extend(can_be_blank.iter().filter(|at| is_needed(at)));
        let blank: HashSet<_> = can_be_blank.difference(&self.needed).collect();
        for (_, file, _) in outline.bodies() {
            let own = outline.with_blanks(file, |body| blank.contains(&(file, body)));
            texts[file].1 = self.whole.frame.files[file].with_own(&own);
        }
        self.whole.kept.blank = blank.iter().flat_map(|at| &functions[*at]).copied().collect();
        texts
    }

    /// What is wrong with the edits. Nothing else can be.
    fn complaints(&self, db: &Database, outline: &Outline) -> Vec<Complaint> {
        let functions = self.unaccepted.iter().filter_map(|body| self.functions.get(body));
        let blocks = self.unaccepted.iter().map(|(file, body)| outline.block(*file, *body));
        of_bodies(db, functions.flatten().copied(), blocks)
    }

    /// The module to be compiled, where the front end need not be told of the edit of this body.
    fn make_of_numbers(
        &mut self,
        db: &Database,
        outline: &Outline,
        (file, body): (usize, usize),
        checks: Checks,
        source: &Source,
        cancel: &Cancel,
    ) -> Option<Result<Module, ErrorKind>> {
        let mut overlay = std::mem::take(&mut self.whole.kept.overlay);
        let is_taken = self.given(db, (file, body)).is_some_and(|(place, functions)| {
            let block = outline.block(file, body);
            Arc::make_mut(&mut overlay).take(db, functions, place, block)
        });
        self.whole.kept.overlay = overlay;
        if !is_taken {
            return None;
        }
        let made = self.whole.make(db, &source.path, checks, cancel);
        #[cfg(test)]
        {
            self.edits_of_numbers += usize::from(made.is_ok());
        }
        made_of(made)
    }

    /// The same where the front end need be given a slice of the body alone.
    fn make_of_a_slice(
        &mut self,
        db: &mut Database,
        outline: &Outline,
        (file, body): (usize, usize),
        checks: Checks,
        source: &Source,
        cancel: &Cancel,
    ) -> Option<Result<Module, ErrorKind>> {
        let block = outline.block(file, body);
        let cut = db.attach(|db| {
            let (place, functions) = self.given(db, (file, body))?;
            let [function] = functions else { return None };
            Cut::of(db, *function, place, block, &self.whole.kept.overlay)
        })?;
        let (slices, text) = cut.file();
        db.change(slices, text);
        db.attach(|db| {
            let kept = &mut self.whole.kept;
            let function = cut.put(db, Arc::make_mut(&mut kept.overlay))?;
            kept.given_a_slice_of(function);
            let made = self.whole.make(db, &source.path, checks, cancel);
            #[cfg(test)]
            {
                self.edits_of_slices += usize::from(made.is_ok());
            }
            made_of(made)
        })
    }

    /// Where a body stands in the text that the front end was given, and whose it is; nothing where it was not given all
    /// that is to be lowered.
    fn given(&self, db: &Database, (file, body): (usize, usize)) -> Option<(Place, &[FunctionId])> {
        let kept = &self.whole.kept;
        let is_given = kept.blank.is_empty() || kept.needed().is_disjoint(&kept.blank);
        if !is_given || !self.unaccepted.is_empty() {
            return None;
        }
        let place = (db.live_files().nth(file)?, self.given.range(file, body));
        Some((place, self.functions.get(&(file, body))?))
    }

    /// The module to be compiled, or what is wrong; nothing where a whole compile has to tell.
    fn make(
        &mut self,
        db: &Database,
        outline: &Outline,
        checks: Checks,
        source: &Source,
        cancel: &Cancel,
    ) -> Option<Result<Module, ErrorKind>> {
        let found = self.complaints(db, outline);
        if !found.is_empty() {
            return match judge(db, &self.whole.frame, &found, &Exclusions::new()) {
                Verdict::Rejected(told) => Some(Err(ErrorKind::Rejected(told))),
                Verdict::Accepted | Verdict::Lacking(_) | Verdict::Without(_) => None,
            };
        }
        self.unaccepted.clear();
        made_of(self.whole.make(db, &source.path, checks, cancel))
    }
}

/// Nothing, where it is not to be told here what cannot be compiled.
fn made_of(made: Result<Module, Stop>) -> Option<Result<Module, ErrorKind>> {
    match made {
        Ok(module) => Some(Ok(module)),
        Err(Stop::Cancelled) => Some(Err(ErrorKind::Cancelled)),
        Err(Stop::Unsupported(_)) => None,
    }
}

/// Which bodies the front end is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bodies {
    Needed,
    All,
}

/// Compiles `source`, if it is the last text but for one body. Nothing, if that is not so simple: the whole text is
/// then due.
pub(super) fn compile(
    known: &mut Known,
    checks: Checks,
    source: &Source,
    cancel: &Cancel,
) -> Option<Result<Compiled, Error>> {
    let mut last = known.last.take()?;
    let edited = last.edited(source, &known.asked.as_ref()?.outline)?;
    if !last.take(&edited) {
        return None;
    }
    let outline = &mut known.asked.as_mut()?.outline;
    *outline = edited.outline;
    let body = (edited.file, edited.body);
    let of_numbers =
        |db: &Database| last.make_of_numbers(db, outline, body, checks, source, cancel);
    let mut result = known.db.attach(of_numbers);
    if result.is_none() {
        result = last.make_of_a_slice(&mut known.db, outline, body, checks, source, cancel);
    }
    let ways = if result.is_none() { &[Bodies::Needed, Bodies::All][..] } else { &[] };
    last.unaccepted.extend(result.is_none().then_some(body));
    for bodies in ways {
        known.db.apply(last.texts(outline, *bodies));
        result = known.db.attach(|db| last.make(db, outline, checks, source, cancel));
        let is_final = matches!(result, Some(Ok(_) | Err(ErrorKind::Cancelled)));
        if is_final || last.whole.kept.blank.is_empty() {
            break;
        }
    }
    let result = result?;
    let objects = match result {
        Ok(module) => last.whole.objects(module, &mut known.code, source),
        Err(kind) => Err(Error::new(kind)),
    };
    let compiled = objects.map(|objects| {
        let (interface, files) = (last.whole.interface.clone(), last.whole.files.clone());
        super::compiled(objects, interface, files)
    });
    let compiled = compiled.map_err(|error| error.after_reading(last.whole.paths.clone()));
    #[cfg(test)]
    {
        last.edits += 1;
    }
    known.last = Some(last);
    Some(compiled)
}
