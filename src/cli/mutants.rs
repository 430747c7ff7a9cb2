//! `segue mutants`: mutation testing of cargo packages and of live files, with cargo-mutants' options and exit codes
//! where the meaning is the same.

mod c;
mod live;
mod options;
mod progress;
mod show;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use segue_mutants::report::{self, Ending, Folder, Results, list_files};
use segue_mutants::run::RunOptions;
use segue_mutants::session::{self, Progress};
use segue_mutants::{Config, Discovery, ErrorKind, Image, Mutant, Workspace, archive};

use super::failure::{Exit, Failure};
use super::screen::{DIM, NOTE, Screen};
pub(crate) use options::Mutants;
use options::{Judging, Listing};
use options::{Merge, Run, Subcommand};

#[cfg(test)]
mod tests;

/// What the exit code says of the tests.
const MISSED: u8 = 2;
/// The same.
const TIMEOUT: u8 = 3;
/// What a shell says of a command that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

/// Runs `segue mutants`.
pub(crate) fn run(arguments: &Mutants, screen: &mut Screen) -> Result<ExitCode, Failure> {
    match &arguments.command {
        Some(Subcommand::Merge(merge)) => run_merge(merge, screen),
        Some(Subcommand::Run(run)) => run_archive(run, screen),
        Some(Subcommand::C(arguments)) => c::run(arguments, screen),
        Some(Subcommand::ServeLive) => live::serve(),
        None => match &arguments.live.file {
            Some(file) => live::run(arguments, file, screen),
            None => run_workspace(arguments, screen),
        },
    }
}

fn run_workspace(arguments: &Mutants, screen: &mut Screen) -> Result<ExitCode, Failure> {
    let workspace = Workspace::open(&arguments.place())?;
    let config = arguments.config(Some(&workspace))?;
    let selection = arguments.selection(&workspace, &config)?;
    let discovery = segue_mutants::discover_all(&workspace, &selection)?;
    for warning in &discovery.warnings {
        screen.warn(warning);
    }
    if arguments.listing.list || arguments.listing.list_files {
        return list(&arguments.listing, workspace.root(), &discovery, screen);
    }
    if discovery.mutants.is_empty() {
        return Ok(no_mutants(screen));
    }
    let mut run = arguments.judging.run_options(&config, catch_interrupts())?;
    let remembers = !arguments.judging.fresh;
    run.remembered =
        remembers.then(|| workspace.target_directory().join("segue-mutants/remembered.json"));
    let build = arguments.build_options(&workspace, &config, &selection);
    run.told = build.told(&workspace);
    let count = discovery.mutants.len();
    let mut tell = progress::Line::new(screen, count);
    let _lock = session::lock(&workspace, &run, &mut |progress| tell.hear(&progress))?;
    if let Some(file) = &arguments.archive {
        let told = &mut |progress: Progress<'_>| tell.hear(&progress);
        let (image, _) = session::build_image(&workspace, discovery.mutants, build, &run, told)?;
        archive::pack(&image, file)?;
        screen.always(&format!("packed {count} mutants into {}", file.display()));
        return Ok(ExitCode::SUCCESS);
    }
    let out = Folder::create(&arguments.output(workspace.root(), &config))?;
    let judged = build_and_judge(&workspace, discovery.mutants, build, &run, &out, &mut tell);
    finish(judged, out, &arguments.judging, screen)
}

/// Where verdicts are kept from run to run when there is no target folder: in the folder of the report, from one to the next.
fn remembered(judging: &Judging, out: &Folder) -> Option<PathBuf> {
    let path = out.carried("remembered.json");
    (!judging.fresh).then_some(path)
}

fn no_mutants(screen: &mut Screen) -> ExitCode {
    let why = "no mutants: the options leave none, or there is no code that could be changed";
    screen.always(&format!("{NOTE}note{NOTE:#}: {why}"));
    ExitCode::SUCCESS
}

fn build_and_judge(
    workspace: &Workspace,
    mutants: Vec<Mutant>,
    build: segue_mutants::BuildOptions,
    run: &RunOptions,
    out: &Folder,
    line: &mut progress::Line<'_>,
) -> Result<Results, segue_mutants::Error> {
    let tell = &mut |progress: Progress<'_>| line.hear(&progress);
    let (image, took) = session::build_image(workspace, mutants, build.clone(), run, tell)?;
    let alone = session::alone(workspace, &image, build.clone(), run)?;
    let again = session::again(workspace, build, run, took)?;
    let run = RunOptions { alone, again, ..run.clone() };
    session::judge(&image, workspace.root(), &run, took, out, tell)
}

/// `segue mutants run`: an archive's image, or a shard of it.
fn run_archive(arguments: &Run, screen: &mut Screen) -> Result<ExitCode, Failure> {
    let mut run = arguments.judging.run_options(&Config::default(), catch_interrupts())?;
    let (unpacked, _folder) = session::open_archive(&arguments.archive)?;
    let mut image: Image = unpacked.image;
    if let Some(shard) = arguments.judging.shard()? {
        let how = arguments.judging.sharding()?.unwrap_or_default();
        let ids: Vec<_> = image.mutants.iter().map(segue_mutants::ImageMutant::id).collect();
        let mine = shard.take(ids, how);
        image.mutants.retain(|it| mine.contains(&it.id()));
        run.only = Some(mine);
    }
    if image.mutants.is_empty() {
        screen.always(&format!("{NOTE}note{NOTE:#}: no mutants in this shard"));
        return Ok(ExitCode::SUCCESS);
    }
    let parent = arguments.judging.output.clone().unwrap_or_else(|| PathBuf::from("."));
    let out = Folder::create(&parent)?;
    let mut line = progress::Line::new(screen, image.mutants.len());
    let tell = &mut |progress: Progress<'_>| line.hear(&progress);
    let judged = session::judge(&image, &unpacked.sources, &run, Duration::ZERO, &out, tell);
    finish(judged, out, &arguments.judging, screen)
}

/// `segue mutants merge`: shards joined.
fn run_merge(arguments: &Merge, screen: &mut Screen) -> Result<ExitCode, Failure> {
    let parts: Result<Vec<_>, _> = arguments.folders.iter().map(|it| Results::read(it)).collect();
    let results = segue_mutants::merge(parts?)?;
    let parent = arguments.judging.output.clone().unwrap_or_else(|| PathBuf::from("."));
    let out = Folder::create(&parent)?;
    finish(Ok(results), out, &arguments.judging, screen)
}

/// What is said and written at the end, and the exit code. A run that could not be judged or written leaves no folder
/// behind; what is known is said all the same.
fn finish(
    judged: Result<Results, segue_mutants::Error>,
    out: Folder,
    judging: &Judging,
    screen: &mut Screen,
) -> Result<ExitCode, Failure> {
    let shown = judged.map_err(Failure::from).and_then(|results| {
        show::results(&results, judging, screen)?;
        if let Some(folder) = &judging.compare {
            show::comparison(&report::compare(&results, folder)?, screen);
        }
        out.write(&results)?;
        Ok(results)
    });
    match shown {
        Ok(results) => {
            screen.line(&format!("{DIM}{}{DIM:#}", out.path().join("mutation.html").display()));
            Ok(ExitCode::from(code(&results)))
        }
        Err(failure) => {
            out.abandon();
            Err(failure)
        }
    }
}

/// The exit code of a run, as cargo-mutants gives it.
fn code(results: &Results) -> u8 {
    let counts = results.counts();
    match results.ending {
        Ending::Interrupted => INTERRUPTED,
        Ending::Whole if counts.timeout > 0 => TIMEOUT,
        Ending::Whole if counts.missed > 0 => MISSED,
        Ending::Whole => 0,
    }
}

fn list(
    listing: &Listing,
    root: &Path,
    discovery: &Discovery,
    screen: &mut Screen,
) -> Result<ExitCode, Failure> {
    let text = if listing.list_files {
        list_files(&discovery.files, listing.json)
    } else if listing.json {
        let read = |mutant: &Mutant| text_of(root, discovery, mutant);
        segue_mutants::report::list_json(&discovery.mutants, read)?
    } else {
        segue_mutants::report::list_text(&discovery.mutants)
    };
    if !text.is_empty() {
        screen.always(text.trim_end_matches('\n'));
    }
    Ok(ExitCode::SUCCESS)
}

/// A mutant's file, as it was when mutants were looked for.
fn text_of(root: &Path, discovery: &Discovery, mutant: &Mutant) -> String {
    let known = discovery.files.iter().find(|it| it.path == mutant.file);
    let text = known.map(|it| it.text.clone());
    text.or_else(|| std::fs::read_to_string(root.join(&mutant.file)).ok()).unwrap_or_default()
}

/// A flag that Ctrl-C, SIGTERM and SIGHUP set; the second one ends the process on the spot.
fn catch_interrupts() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let installed = ctrlc::set_handler(move || {
        // The flag carries no data.
        if flag.swap(true, Ordering::Relaxed) {
            segue_mutants::end_build();
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
    // Without a handler Ctrl-C ends the process as ever, only without a report.
    let _ = installed;
    stop
}

impl From<segue_mutants::Error> for Failure {
    fn from(error: segue_mutants::Error) -> Self {
        let code = match error.kind() {
            ErrorKind::Baseline => 4,
            ErrorKind::DiffMismatch => 5,
            ErrorKind::DiffInvalid => 6,
            ErrorKind::Interrupted => INTERRUPTED,
            ErrorKind::Internal => 70,
            _ => 1,
        };
        Failure::new(Exit::Mutants(code), error.to_string())
    }
}
