//! From the mutants of a program to its tests with all of them in them.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Program;
use super::command::Said;
use super::discover::{Read, Unit};
use super::driver;
use super::made_of;
use super::place::Place;
use super::rounds::Plan;
use super::write::Purpose;
use crate::discover::STACK;
use crate::{BuildEvent, Error, ErrorKind, Image, LiveFunction, Mutant, TestBinary, TestKind};

impl Program {
    /// Compiles a changed text as if it stood where its original stands.
    pub(super) fn compile_changed(
        &self,
        original: &Path,
        text: &Path,
        options: &[&str],
    ) -> Result<Said, Error> {
        let beside = self.folder.join(original);
        let beside = beside.parent().unwrap_or(&self.folder).as_os_str();
        // Nothing of what is put in is worth a warning, and none may be an error.
        let first = options.iter().copied().chain(["-w", "-fdiagnostics-color=never"]);
        let first = first.map(OsStr::new).chain([OsStr::new("-iquote"), beside, text.as_os_str()]);
        self.compile(first)
    }

    /// # Errors
    ///
    /// The compiler's own words, when it does not accept what the user wrote.
    pub(super) fn must(&self, what: &str, arguments: &[&OsStr]) -> Result<(), Error> {
        let said = self.compile(arguments)?;
        if said.success {
            return Ok(());
        }
        let message = format!("{what}:\n{}", said.stderr.trim_end());
        Err(Error::new(ErrorKind::Baseline, message))
    }
}

/// The name of a source's changed text: its number keeps files of one name apart.
pub(super) fn text_name(unit: &Unit) -> String {
    let name = unit.path.file_name().unwrap_or_default().to_string_lossy();
    format!("{}-{name}", unit.first_function)
}

/// Builds the tests of a program with these mutants in them, in a folder of our own.
///
/// # Errors
///
/// The program does not compile as it is, or a file cannot be read or written.
pub fn build(
    read: &Read,
    mutants: &[Mutant],
    folder: &Path,
    server: &Path,
    jobs: usize,
    event: &mut dyn FnMut(BuildEvent),
) -> Result<Image, Error> {
    let program = &read.program;
    let (place, copied) = Place::make(folder, &program.folder)?;
    event(BuildEvent::Copied(copied.len()));
    let plans = at_once(jobs, &read.units, &|unit| {
        let mut plan = Plan::new(unit, mutants);
        plan.settle(program, &place.texts)?;
        Ok(plan)
    })?;
    for round in plans.iter().flat_map(|it| &it.rounds) {
        event(BuildEvent::Round(round.clone()));
    }
    let objects = compile(program, &plans, &place, jobs)?;
    let tests: Vec<(usize, &PathBuf)> = program.tests.iter().enumerate().collect();
    let mut binaries = at_once(jobs, &tests, &|(number, test)| {
        link(program, *number, test, &objects, &place, server)
    })?;
    let package = program.package();
    let functions = plans.iter().flat_map(|plan| {
        let (package, path) = (package.clone(), plan.unit().path.clone());
        plan.functions().into_iter().map(move |(number, site, tier)| LiveFunction {
            number,
            package: package.clone(),
            name: site.name.clone(),
            file: path.clone(),
            tier,
            digest: made_of::digest(plan.unit(), site),
        })
    });
    let mut all: Vec<_> = plans.iter().flat_map(Plan::mutants).collect();
    all.sort_by_key(|it| it.mutant.id);
    driver::program(program, &objects, &place, server.as_os_str())?;
    binaries.extend(driver::commands(program, &all, &place, server.as_os_str())?);
    Ok(Image {
        workspace: program.folder.clone(),
        root: place.root.clone(),
        binaries,
        functions: functions.collect(),
        mutants: all,
        made_of: made_of::made_of(program, copied),
    })
}

/// The objects that every test is linked with, in the order of the sources.
fn compile(
    program: &Program,
    plans: &[Plan<'_>],
    place: &Place,
    jobs: usize,
) -> Result<Vec<PathBuf>, Error> {
    let mut work: Vec<(PathBuf, Option<&Plan<'_>>, PathBuf)> = Vec::new();
    let sources = program.sources.iter().chain(&program.others);
    for (number, path) in sources.enumerate() {
        let plan = plans.iter().find(|it| it.unit().path == *path);
        work.push((path.clone(), plan, place.objects.join(format!("{number}.o"))));
    }
    at_once(jobs, &work, &|(path, plan, object)| {
        let object_argument = object.as_os_str();
        let Some(plan) = plan else {
            let options =
                ["-c".as_ref(), "-w".as_ref(), path.as_os_str(), "-o".as_ref(), object_argument];
            program.must(&format!("{} does not compile", path.display()), &options)?;
            return Ok(object.clone());
        };
        let text = place.texts.join(text_name(plan.unit()));
        std::fs::write(&text, plan.text(Purpose::Build)).map_err(Error::file("write", &text))?;
        let object_argument = object_argument.to_string_lossy();
        let said = program.compile_changed(path, &text, &["-c", "-o", &object_argument])?;
        if !said.success {
            let message =
                format!("{} does not compile:\n{}", path.display(), said.stderr.trim_end());
            return Err(Error::new(ErrorKind::Baseline, message));
        }
        Ok(object.clone())
    })
}

/// One test: its source with everything else, and the server, which comes last.
fn link(
    program: &Program,
    number: usize,
    test: &Path,
    objects: &[PathBuf],
    place: &Place,
    server: &Path,
) -> Result<TestBinary, Error> {
    let binary = place.tests.join(number.to_string());
    let mut arguments: Vec<OsString> = vec!["-w".into(), test.into()];
    arguments.extend(objects.iter().map(OsString::from));
    arguments.extend(program.libraries.iter().map(OsString::from));
    arguments.extend([server.into(), "-o".into(), binary.clone().into()]);
    let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
    program.must(&format!("the test {} cannot be built", test.display()), &arguments)?;
    Ok(TestBinary {
        package: program.package(),
        target: test.with_extension("").display().to_string(),
        kind: TestKind::Custom,
        path: binary.strip_prefix(&place.root).unwrap_or(&binary).to_owned(),
        directory: place.tree.strip_prefix(&place.root).unwrap_or(&place.tree).to_owned(),
        environment: std::collections::BTreeMap::new(),
    })
}

/// Does the same to each, several at a time; results in order, or the first error in order.
fn at_once<'i, T: Sync, R: Send>(
    jobs: usize,
    items: &'i [T],
    work: &(dyn Fn(&'i T) -> Result<R, Error> + Sync),
) -> Result<Vec<R>, Error> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return };
            let result = work(item);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((at, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, items.len().max(1)) {
            // Choices in deep expressions are written by recursion.
            let thread = std::thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, work).map_err(|error| {
                Error::new(ErrorKind::Machine, format!("cannot start a thread: {error}"))
            })?;
        }
        Ok(())
    })?;
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
