//! `segue mutants`: mutation testing of cargo packages and of live files, with cargo-mutants' options and exit codes
//! where the meaning is the same.

mod c;
mod live;
mod options;
mod progress;
mod saying;
mod show;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use segue_mutants::report::{self, Ending, Folder, Results, Theirs, list_files};
use segue_mutants::run::RunOptions;
use segue_mutants::session::{self, Progress};
use segue_mutants::{
    Config, Discovery, ErrorKind, Image, Mutant, Selection, Shard, Workspace, archive,
};

use super::failure::{Exit, Failure};
use super::screen::{DIM, NOTE, Screen};
pub(crate) use options::Mutants;
use options::{Judging, Listing};
use options::{Merge, Run, Subcommand};
use saying::Saying;

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
    for warning in config.warnings.iter().chain(&discovery.warnings) {
        screen.warn(warning);
    }
    if arguments.listing.list || arguments.listing.list_files {
        return list(&arguments.listing, workspace.root(), &discovery, screen);
    }
    if let Some(file) = &arguments.packing.archive {
        archive::must_be_writable(file)?;
    }
    let outset = Outset::new(&arguments.judging, &selection, workspace.root())?;
    let mut run = arguments.judging.run_options(&config, catch_interrupts())?;
    let output = arguments.output(workspace.root(), &config);
    let count = discovery.mutants.len();
    if count == 0 && arguments.packing.archive.is_none() {
        return no_mutants(&output, outset, screen);
    }
    let remembers = !arguments.judging.fresh;
    run.remembered =
        remembers.then(|| workspace.target_directory().join("segue-mutants/remembered.json"));
    let build = arguments.build_options(&workspace, &config, &selection);
    run.told = build.told(&workspace);
    let mut tell = progress::Line::new(screen, count);
    let _lock = session::lock(&workspace, &run, &mut |progress| tell.hear(&progress))?;
    if let Some(file) = &arguments.packing.archive {
        let told = &mut |progress: Progress<'_>| tell.hear(&progress);
        let image = match count {
            0 => Image::empty(workspace.root()),
            _ => session::build_image(&workspace, discovery.mutants, build, &run, told)?.0,
        };
        return pack(&image, file, screen);
    }
    let out = Folder::create(&output)?;
    let judged = build_and_judge(&workspace, discovery.mutants, build, &run, &out, &mut tell);
    finish(judged, out, outset, screen)
}

/// Packs what was built for other machines.
fn pack(image: &Image, file: &Path, screen: &mut Screen) -> Result<ExitCode, Failure> {
    archive::pack(image, file)?;
    screen.always(&format!("packed {} mutants into {}", image.mutants.len(), file.display()));
    Ok(ExitCode::SUCCESS)
}

/// The file of verdicts from run to run when there is no target folder.
const REMEMBERED: &str = "remembered.json";

/// Where verdicts are kept from run to run when there is no target folder: in the folder of the report, from one to the next.
fn remembered(judging: &Judging, out: &Folder) -> Option<PathBuf> {
    let path = out.carried(REMEMBERED);
    (!judging.fresh).then_some(path)
}

/// Nothing to judge is a result as well: one that other shards are joined with, and from which `--iterate` goes on.
fn no_mutants(output: &Path, outset: Outset<'_>, screen: &mut Screen) -> Result<ExitCode, Failure> {
    let why = "no mutants: the options leave none, or there is no code that could be changed";
    screen.always(&format!("{NOTE}note{NOTE:#}: {why}"));
    let out = Folder::create(output)?;
    // What a run of all of them would want.
    let _ = out.carried(REMEMBERED);
    let results = outset.named(Results::empty(outset.workspace));
    let written = outset.write(&results, &out);
    let Err(failure) = written else { return Ok(ExitCode::SUCCESS) };
    out.abandon();
    Err(failure)
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
    let session::Built { image, took, alone } =
        session::build(workspace, mutants, build.clone(), run, tell)?;
    let again = session::again(workspace, build, run, took)?;
    let run = RunOptions { alone, again, ..run.clone() };
    session::judge(&image, workspace.root(), &run, took, out, tell)
}

/// `segue mutants run`: an archive's image, or a shard of it.
fn run_archive(arguments: &Run, screen: &mut Screen) -> Result<ExitCode, Failure> {
    if arguments.judging.fresh {
        let message = "--fresh: of an archive nothing is remembered, so leave it out";
        return Err(segue_mutants::Error::new(ErrorKind::Usage, message).into());
    }
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
    let outset = Outset::new(&arguments.judging, &Selection::default(), &image.workspace)?;
    let parent = arguments.judging.saying.output_or(Path::new("."));
    if image.mutants.is_empty() {
        return no_mutants(&parent, outset, screen);
    }
    let out = Folder::create(&parent)?;
    let mut line = progress::Line::new(screen, image.mutants.len());
    let tell = &mut |progress: Progress<'_>| line.hear(&progress);
    let judged = session::judge(&image, &unpacked.sources, &run, Duration::ZERO, &out, tell);
    finish(judged, out, outset, screen)
}

/// `segue mutants merge`: shards joined.
fn run_merge(arguments: &Merge, screen: &mut Screen) -> Result<ExitCode, Failure> {
    let parts: Result<Vec<_>, _> = arguments.folders.iter().map(|it| Results::read(it)).collect();
    let results = segue_mutants::merge(parts?)?;
    let workspace = results.workspace.clone();
    let outset = Outset {
        saying: &arguments.saying,
        theirs: arguments.saying.theirs()?,
        shard: None,
        already_caught: None,
        workspace: &workspace,
    };
    let out = Folder::create(&arguments.saying.output_or(Path::new(".")))?;
    finish(Ok(results), out, outset, screen)
}

/// What is known of the end before anything is run.
struct Outset<'a> {
    saying: &'a Saying,
    /// Read first: the folder may be the one that is about to be moved, or a wrong one, which would be a pity at the end.
    theirs: Option<Theirs>,
    shard: Option<Shard>,
    /// With `--iterate`: what is left out.
    already_caught: Option<Vec<String>>,
    workspace: &'a Path,
}

impl<'a> Outset<'a> {
    fn new(
        judging: &'a Judging,
        selection: &Selection,
        workspace: &'a Path,
    ) -> Result<Self, Failure> {
        let caught = &selection.already_caught;
        Ok(Self {
            saying: &judging.saying,
            theirs: judging.saying.theirs()?,
            shard: judging.shard()?,
            already_caught: (!caught.is_empty()).then(|| caught.clone()),
            workspace,
        })
    }

    /// The results as what they are of.
    fn named(&self, mut results: Results) -> Results {
        results.shard = self.shard;
        results
    }

    fn write(&self, results: &Results, out: &Folder) -> Result<(), Failure> {
        if let Some(names) = &self.already_caught {
            out.note_already_caught(names)?;
        }
        Ok(out.write(results)?)
    }
}

/// What is said and written at the end, and the exit code. A run that could not be judged or written leaves no folder
/// behind; what is known is said all the same.
fn finish(
    judged: Result<Results, segue_mutants::Error>,
    out: Folder,
    mut outset: Outset<'_>,
    screen: &mut Screen,
) -> Result<ExitCode, Failure> {
    let shown = judged.map_err(Failure::from).and_then(|results| {
        let results = outset.named(results);
        show::results(&results, outset.saying, screen)?;
        if let Some(theirs) = outset.theirs.take() {
            show::comparison(&report::compare(&results, theirs), screen);
        }
        outset.write(&results, &out)?;
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
        screen.whole(text.trim_end_matches('\n')).map_err(|error| {
            let message = format!("cannot write the list: {error}");
            segue_mutants::Error::new(ErrorKind::File, message)
        })?;
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
