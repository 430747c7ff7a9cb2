//! The phases in a row: build, then run.
//!
//! This is what the command does once it knows the mutants. The folder of the report is there from the beginning, so that
//! one that cannot be written to is known before anything is built, and people can look while mutants are run.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::archive::{self, Unpacked};
use crate::build::{self, Ahead, Begin, BuildEvent, BuildOptions};
use crate::report::{Ending, Folder, Results, Times};
use crate::run::{self, Again, Alone, LeftOut, RunEvent, RunOptions};
use crate::{
    AgainBuilder, AloneBuilder, Error, ErrorKind, Image, Lock, Mutant, MutantId, Workspace, c,
};

/// What a session tells while it goes on.
#[derive(Debug)]
#[non_exhaustive]
pub enum Progress<'a> {
    /// Another run works in this workspace, and this one waits for it to end.
    Waiting {
        /// The number of its process, where it is known.
        holder: Option<u32>,
    },
    /// Building begins.
    BuildBegins,
    /// Something of the build is done.
    Build(&'a BuildEvent),
    /// The image is there.
    Built {
        /// The image.
        image: &'a Image,
        /// How long that took.
        took: Duration,
    },
    /// Something of the run.
    Run(&'a RunEvent<'a>),
}

/// Has the workspace for this run alone, as long as the lock is held; waits where another run has it.
///
/// # Errors
///
/// cargo's target folder cannot be written to; [`ErrorKind::Interrupted`] when the run options' `stop` was set meanwhile.
pub fn lock(
    workspace: &Workspace,
    run: &RunOptions,
    tell: &mut dyn FnMut(Progress<'_>),
) -> Result<Lock, Error> {
    let folder = workspace.target_directory().join("segue-mutants");
    Lock::take(&folder, &run.stop, &mut |holder| tell(Progress::Waiting { holder }))
}

/// Builds an image with these mutants in it, and the fork server.
///
/// # Errors
///
/// As [`build::build`]; [`ErrorKind::Interrupted`] when the run options' `stop` was set meanwhile.
pub fn build_image(
    workspace: &Workspace,
    mutants: Vec<Mutant>,
    options: BuildOptions,
    run: &RunOptions,
    tell: &mut dyn FnMut(Progress<'_>),
) -> Result<(Image, Duration), Error> {
    let (image, took, _) = begun(workspace, mutants, options, Begin::Asked, run, tell)?;
    Ok((image, took))
}

/// What is built for a run on this machine.
#[derive(Debug)]
pub struct Built {
    /// The image.
    pub image: Image,
    /// How long that took.
    pub took: Duration,
    /// Who builds the mutants that need a build of their own; `None` where there are none.
    pub alone: Option<Arc<Mutex<dyn Alone>>>,
}

/// As [`build_image`] and [`alone`]. Where several things may be done at a time, and none is remembered, the builder begins while the
/// rest of the image is built.
///
/// # Errors
///
/// As theirs.
pub fn build(
    workspace: &Workspace,
    mutants: Vec<Mutant>,
    options: BuildOptions,
    run: &RunOptions,
    tell: &mut dyn FnMut(Progress<'_>),
) -> Result<Built, Error> {
    // What is remembered is not built.
    let is_remembered = run.remembered.as_ref().is_some_and(|it| it.is_file());
    let is_ahead = run.jobs > 1 && options.jobs != Some(1) && !is_remembered;
    let when = if is_ahead { Begin::Ahead } else { Begin::Asked };
    let (image, took, ahead) = begun(workspace, mutants, options.clone(), when, run, tell)?;
    let alone = match ahead {
        Some(ahead) => Some(shared(ahead)),
        None => alone(workspace, &image, options, run)?,
    };
    Ok(Built { image, took, alone })
}

fn shared(alone: impl Alone + 'static) -> Arc<Mutex<dyn Alone>> {
    Arc::new(Mutex::new(alone))
}

fn begun(
    workspace: &Workspace,
    mutants: Vec<Mutant>,
    mut options: BuildOptions,
    when: Begin,
    run: &RunOptions,
    tell: &mut dyn FnMut(Progress<'_>),
) -> Result<(Image, Duration, Option<Ahead>), Error> {
    tell(Progress::BuildBegins);
    let began = Instant::now();
    options.stop = Arc::clone(&run.stop);
    options.leaves_out_failing = run.baseline == run::Baseline::Skip;
    // Ctrl-C in a terminal ends a compiler as well, which then fails.
    let server = run::server::object(&workspace.target_directory().join("segue-mutants"));
    let built = server.and_then(|server| {
        options.objects.push(server);
        let event = &mut |event: BuildEvent| tell(Progress::Build(&event));
        build::build_and_begin(workspace, mutants, &options, when, event)
    });
    if is_stopped(run) {
        return Err(Error::new(ErrorKind::Interrupted, "interrupted before a mutant was run"));
    }
    let (image, ahead) = built?;
    let took = began.elapsed();
    tell(Progress::Built { image: &image, took });
    Ok((image, took, ahead))
}

/// Builds the tests of a program of C with these mutants in them, in a folder that is removed when the last value is dropped.
///
/// # Errors
///
/// As [`c::build`]; [`ErrorKind::Interrupted`] when the run options' `stop` was set meanwhile.
pub fn build_program(
    read: &c::Read,
    mutants: &[Mutant],
    run: &RunOptions,
    tell: &mut dyn FnMut(Progress<'_>),
) -> Result<(Image, Duration, tempfile::TempDir), Error> {
    tell(Progress::BuildBegins);
    let began = Instant::now();
    let temporary = std::env::temp_dir();
    let folder = tempfile::Builder::new().prefix("segue-c-").tempdir();
    let folder = folder.map_err(Error::file("make a folder in", &temporary))?;
    let server = run::server::built_in(folder.path())?;
    let built = c::build(read, mutants, folder.path(), &server, run.jobs, &mut |event| {
        tell(Progress::Build(&event));
    });
    if is_stopped(run) {
        return Err(Error::new(ErrorKind::Interrupted, "interrupted before a mutant was run"));
    }
    let image = built?;
    let took = began.elapsed();
    tell(Progress::Built { image: &image, took });
    Ok((image, took, folder))
}

/// Who builds the mutants of an image that need a build of their own; `None` where there are none.
///
/// # Errors
///
/// As [`AloneBuilder::new`].
pub fn alone(
    workspace: &Workspace,
    image: &Image,
    mut options: BuildOptions,
    run: &RunOptions,
) -> Result<Option<Arc<Mutex<dyn Alone>>>, Error> {
    options.objects.push(run::server::object(&workspace.target_directory().join("segue-mutants"))?);
    options.stop = Arc::clone(&run.stop);
    let builder = AloneBuilder::new(workspace, image, &options)?;
    Ok(builder.map(shared))
}

/// Who builds the tests of an image again, optimised, where they take long; `None` where it was said how they are to be built.
///
/// # Errors
///
/// The fork server cannot be compiled, or settings of cargo cannot be read.
pub fn again(
    workspace: &Workspace,
    mut options: BuildOptions,
    run: &RunOptions,
    took: Duration,
) -> Result<Option<Arc<Mutex<dyn Again>>>, Error> {
    options.objects.push(run::server::object(&workspace.target_directory().join("segue-mutants"))?);
    options.stop = Arc::clone(&run.stop);
    let builder = AgainBuilder::new(workspace, &options, took);
    Ok(builder.map(|it| -> Arc<Mutex<dyn Again>> { Arc::new(Mutex::new(it)) }))
}

/// Runs an image; mutants are listed in the folder as they are judged. `sources` is the folder that their files are below.
///
/// # Errors
///
/// As [`run::run`], or a file with mutants cannot be read.
pub fn judge(
    image: &Image,
    sources: &Path,
    options: &RunOptions,
    build: Duration,
    out: &Folder,
    tell: &mut dyn FnMut(Progress<'_>),
) -> Result<Results, Error> {
    let started = jiff::Timestamp::now();
    let began = Instant::now();
    let mut heard = Heard::default();
    let outcomes = run::run(image, options, &mut |event| {
        heard.hear(&event);
        if let RunEvent::Judged { outcome, .. } = &event {
            let mutant = image.mutants.iter().find(|it| it.mutant.id == outcome.mutant);
            // What cannot be written now cannot be written at the end either, and is said there, below the verdicts.
            let _ = mutant.map_or(Ok(()), |it| out.note(&it.mutant, outcome.verdict));
        }
        tell(Progress::Run(&event));
    })?;
    let mut results = Results::new(&chosen(image, options.only.as_deref()), outcomes, sources)?;
    results.started = started.to_string();
    let baseline = heard.baseline;
    results.times = Times { build, baseline, run: began.elapsed().saturating_sub(baseline) };
    results.notes = heard.notes;
    if is_stopped(options) {
        results.ending = Ending::Interrupted;
    }
    Ok(results)
}

/// Unpacks an archive into a folder of its own, which is removed when the second value is dropped.
///
/// # Errors
///
/// As [`archive::unpack`], or there is no room for temporary files.
pub fn open_archive(file: &Path) -> Result<(Unpacked, tempfile::TempDir), Error> {
    let temporary = std::env::temp_dir();
    let folder = tempfile::Builder::new().prefix("segue-archive-").tempdir();
    let folder = folder.map_err(Error::file("make a folder in", &temporary))?;
    let into: PathBuf = folder.path().canonicalize().map_err(Error::file("find", folder.path()))?;
    Ok((archive::unpack(file, &into)?, folder))
}

fn is_stopped(options: &RunOptions) -> bool {
    // Pairs with nothing: the flag carries no data, whoever sets it does it before the child's end is seen.
    options.stop.load(std::sync::atomic::Ordering::Relaxed)
}

/// The image with the mutants that are to be judged; the others are another shard's.
fn chosen(image: &Image, only: Option<&[MutantId]>) -> Image {
    let mut image = image.clone();
    if let Some(only) = only {
        image.mutants.retain(|it| only.contains(&it.mutant.id));
    }
    image
}

/// What is kept of a run's events.
#[derive(Default)]
struct Heard {
    baseline: Duration,
    notes: Vec<String>,
}

impl Heard {
    fn hear(&mut self, event: &RunEvent<'_>) {
        match event {
            RunEvent::BaselineBegins { ignored, .. } if *ignored > 0 => {
                self.notes.push(format!("{ignored} tests are marked #[ignore] and judge nothing"));
            }
            RunEvent::LeftOut { test, why, .. } => {
                let why = match why {
                    LeftOut::Flaky => "passed once and failed once without a mutant",
                    LeftOut::OrderDependent => "fails alone and passes after other tests",
                    LeftOut::Failing => "fails without a mutant",
                };
                self.notes.push(format!("{test} {why}: it judges nothing"));
            }
            RunEvent::Unsteady { test } => {
                self.notes.push(format!("{test} goes another way when it is run again"));
            }
            RunEvent::BaselineEnds { took, .. } | RunEvent::BuiltAgain { took, .. } => {
                self.baseline = *took;
            }
            _ => {}
        }
    }
}
