//! Mutants that are built for themselves: a second copy has the user's text with one of them written into it, as a person
//! would, and is built again for each; cargo compiles what the change reaches.
//!
//! What is asked of all of them, and the first of those that are built, can be had before anybody needs it (`ahead`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::blame::is_rejection;
use super::cargo::{self, Cargo};
use super::copy::Copy;
use super::rounds::{first_line, reasons, refuse_killed};
use super::{BuildOptions, binaries, documented, packages, survey};
use crate::run::{Alone, BuiltAlone, ExamplesAlone, Known, is_example};
use crate::{
    Error, ErrorKind, Image, ImageMutant, Mutant, MutantId, TestBinary, TestKind, Workspace,
};

/// Builds one mutant at a time.
#[derive(Debug)]
pub struct AloneBuilder {
    workspace: Workspace,
    copy: Copy,
    cargo: Cargo,
    /// For documentation examples, where there may be any.
    documented: Option<Cargo>,
    has_profile: bool,
    host: String,
    /// The file with a mutant in it, and its text without.
    changed: Option<(PathBuf, String)>,
    /// The test binaries, which stay where they are from build to build.
    binaries: Option<Vec<TestBinary>>,
    /// Whether the text was seen to be built without any mutant.
    is_sound: bool,
    /// What was found out of these mutants before it was asked for.
    surveyed: Option<(BTreeSet<MutantId>, BTreeMap<MutantId, Known>)>,
    /// What was built before it was asked for.
    built: Option<(MutantId, BuiltAlone)>,
}

impl AloneBuilder {
    /// Makes the second copy; nothing is built yet. `None` where no mutant of the image needs it.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written, or there is no rustc.
    pub fn new(
        workspace: &Workspace,
        image: &Image,
        options: &BuildOptions,
    ) -> Result<Option<AloneBuilder>, Error> {
        AloneBuilder::of(workspace, &image.mutants, options)
    }

    /// As [`AloneBuilder::new`], for an image with these mutants.
    pub(super) fn of(
        workspace: &Workspace,
        mutants: &[ImageMutant],
        options: &BuildOptions,
    ) -> Result<Option<AloneBuilder>, Error> {
        if !mutants.iter().any(ImageMutant::is_alone) {
            return Ok(None);
        }
        let copy = Copy::alone(workspace);
        copy.renew(workspace, &std::collections::BTreeMap::new())?;
        copy.lock_as(&Copy::of(workspace))?;
        let packages = packages(workspace, mutants.iter().map(|it| &it.mutant), options);
        Ok(Some(AloneBuilder {
            workspace: workspace.clone(),
            cargo: Cargo::new(&copy, workspace, &packages, options)?,
            documented: documented(&copy, workspace, &packages, options)?,
            has_profile: options.profile.is_some(),
            host: cargo::host()?,
            changed: None,
            binaries: None,
            is_sound: false,
            surveyed: None,
            built: None,
            copy,
        }))
    }

    /// Finds out of these mutants what it will be asked for first. What fails is found out again when it is asked for.
    pub(super) fn begin(&mut self, mutants: &[Mutant]) {
        let all: Vec<&Mutant> = mutants.iter().collect();
        let Ok(known) = self.survey(&all) else { return };
        let first = mutants.iter().find(|it| !known.contains_key(&it.id));
        self.surveyed = Some((mutants.iter().map(|it| it.id).collect(), known));
        if let Some(first) = first
            && let Ok(built) = self.build(first)
        {
            self.built = Some((first.id, built));
        }
    }

    /// Has another flag end it from now on.
    pub(super) fn stop_by(&mut self, stop: &Arc<AtomicBool>) {
        self.cargo.stop_by(stop);
        self.documented.iter_mut().for_each(|it| it.stop_by(stop));
    }

    /// Writes the mutant into its file.
    fn change(&mut self, mutant: &Mutant) -> Result<(), Error> {
        self.finish()?;
        let path = self.copy.tree.join(&mutant.file);
        let text = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        let parts = (text.get(..mutant.bytes.start), text.get(mutant.bytes.end..));
        let (Some(before), Some(after)) = parts else {
            let message = format!("{} was edited meanwhile", mutant.file.display());
            return Err(Error::new(ErrorKind::File, message));
        };
        // What stands below keeps its lines: documentation examples are called after theirs.
        let lines = |text: &str| text.matches('\n').count();
        let removed = text.get(mutant.bytes.clone()).map_or(0, lines);
        let padding = "\n".repeat(removed.saturating_sub(lines(&mutant.replacement)));
        let changed = [before, &mutant.replacement, &padding, after].concat();
        self.copy.write(&mutant.file, changed.as_bytes())?;
        self.changed = Some((mutant.file.clone(), text));
        Ok(())
    }

    /// The text without mutants is built: otherwise nothing can be said of any.
    fn check_sound(&mut self) -> Result<(), Error> {
        if self.is_sound {
            return Ok(());
        }
        self.finish()?;
        let said = self.cargo.build(self.has_profile)?;
        refuse_killed(&said)?;
        if !said.success {
            let message = format!("the copy does not build without it: {}", reasons(&said));
            return Err(Error::new(ErrorKind::Internal, message));
        }
        self.is_sound = true;
        Ok(())
    }
}

impl Alone for AloneBuilder {
    fn reached(&self, package: &str) -> BTreeSet<String> {
        reached(&self.workspace, package)
    }

    fn needs(&mut self, binaries: &[&TestBinary]) {
        if let Some(tests) = integration_tests(binaries) {
            self.cargo.only(&tests);
        }
    }

    fn survey(&mut self, mutants: &[&Mutant]) -> Result<BTreeMap<MutantId, Known>, Error> {
        let asked: BTreeSet<MutantId> = mutants.iter().map(|it| it.id).collect();
        if let Some((of, known)) = self.surveyed.take()
            && of == asked
        {
            return Ok(known);
        }
        self.finish()?;
        let mut by_package: BTreeMap<&str, Vec<&Mutant>> = BTreeMap::new();
        for mutant in mutants {
            by_package.entry(&mutant.package).or_default().push(mutant);
        }
        let mut known = BTreeMap::new();
        // What is put into one package hides what rustc would say of those that depend on it. One mutant alone is built sooner.
        for mutants in by_package.values().filter(|it| it.len() > 1) {
            known.extend(survey::survey(mutants, &self.copy, &self.cargo, self.has_profile)?);
        }
        Ok(known)
    }

    fn build(&mut self, mutant: &Mutant) -> Result<BuiltAlone, Error> {
        if let Some((of, built)) = self.built.take()
            && of == mutant.id
        {
            return Ok(built);
        }
        self.change(mutant)?;
        let (said, built) = match &self.binaries {
            Some(known) => (self.cargo.build(self.has_profile)?, known.clone()),
            // cargo is asked where they are while it builds them.
            None => {
                let (cargo, copy) = (&self.cargo, &self.copy);
                binaries::build_and_collect(cargo, copy, &self.workspace, &self.host)?
            }
        };
        let rejection = said.diagnostics.iter().find(|it| is_rejection(it)).map(first_line);
        if let Some(why) = rejection {
            self.check_sound()?;
            return Ok(BuiltAlone::Rejected(why));
        }
        refuse_killed(&said)?;
        if !said.success {
            let message = format!("cargo does not build it: {}", reasons(&said));
            return Err(Error::new(ErrorKind::Machine, message));
        }
        self.is_sound = true;
        self.binaries = Some(built.clone());
        Ok(BuiltAlone::Binaries(built))
    }

    fn examples(&mut self) -> Result<ExamplesAlone, Error> {
        let Some(cargo) = &self.documented else { return Ok(ExamplesAlone::default()) };
        let examples = binaries::doctests(cargo, &self.copy, &self.workspace, &self.host)?;
        let refused = examples.refused.into_iter().map(|it| it.name).collect();
        Ok(ExamplesAlone { binaries: examples.binaries, refused })
    }

    fn finish(&mut self) -> Result<(), Error> {
        if let Some((file, text)) = self.changed.take() {
            self.copy.write(&file, text.as_bytes())?;
        }
        Ok(())
    }
}

/// The packages whose binaries have a package's code in them.
pub(super) fn reached(workspace: &Workspace, package: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::from([package.to_owned()]);
    loop {
        let depends = |it: &&crate::Package| {
            !reached.contains(&it.name)
                && it.dependencies.iter().any(|of| reached.contains(&of.name))
        };
        let more = workspace.packages().iter().filter(depends);
        let more: Vec<String> = more.map(|it| it.name.clone()).collect();
        if more.is_empty() {
            return reached;
        }
        reached.extend(more);
    }
}

/// The names of these binaries where all are integration tests, so that cargo can be told of them: a library without tests need not be
/// built as one of them. Otherwise there is no such choice. Examples of the documentation are built in another way.
fn integration_tests<'b>(binaries: &[&'b TestBinary]) -> Option<BTreeSet<&'b str>> {
    let tests = binaries.iter().filter(|it| !is_example(it.kind));
    let name =
        |it: &&'b TestBinary| (it.kind == TestKind::Integration).then_some(it.target.as_str());
    let names: BTreeSet<_> = tests.map(name).collect::<Option<_>>()?;
    (!names.is_empty()).then_some(names)
}

#[cfg(test)]
mod tests;
