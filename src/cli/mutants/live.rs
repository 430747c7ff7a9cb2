//! `segue mutants song.rs`: a live file's tests judge its mutants, each an edit that is taken back.
//!
//! The run is that of packages. What it talks to is this program again, started as a server ([`serve`]), which has the
//! file open as any live file: it says here how a text becomes live and how a test is called.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use segue_mutants::live::{self, HITS, Host, Manner, Plan, Refused, TEST};
use segue_mutants::report::Folder;
use segue_mutants::run::RunOptions;
use segue_mutants::session::{self, Progress};
use segue_mutants::{Error, ErrorKind, LiveFile, discover_live};
use segue_runtime::compiler::Rustc;
use segue_runtime::{Live, Participant, Program};

use super::options::Mutants;
use super::{Outset, catch_interrupts, finish, list, no_mutants, progress, remembered};
use crate::cli::failure::{Exit, Failure};
use crate::cli::screen::Screen;

/// A text of which most is edited once: what optimising it costs is more than what its tests gain.
const OPT_LEVEL: u8 = 0;

/// A live file in place of a package.
#[derive(Debug, Args)]
pub(crate) struct LiveOptions {
    /// A live file: its own tests judge its mutants [default: the cargo package of this folder]
    #[arg(id = "live_file", value_name = "SONG.rs", conflicts_with_all = [
        "dir", "manifest_path", "package", "workspace", "file", "exclude", "features", "all_features",
        "no_default_features", "profile", "test_package", "test_workspace", "doctests", "opt_level", "cargo_arg",
    ])]
    pub(super) file: Option<PathBuf>,

    /// Of a live file: run each test in a process of its own
    #[arg(long, requires = "live_file")]
    fork: bool,

    /// Of a live file: the folder or file of its `prelude` [default: beside it, else built in]
    #[arg(long, value_name = "DIR", requires = "live_file")]
    prelude: Option<PathBuf>,
}

/// Judges the mutants of a live file.
pub(super) fn run(
    arguments: &Mutants,
    file: &Path,
    screen: &mut Screen,
) -> Result<ExitCode, Failure> {
    if arguments.packing.archive.is_some() {
        let message = "--archive: a live file's mutants are compiled while they are judged, so nothing is built that could be packed; take \
                       the file to each machine, and give it a part with --shard";
        return Err(Error::new(ErrorKind::Usage, message).into());
    }
    let (root, name) = place(file)?;
    let config = arguments.config(None)?;
    let output = arguments.output(&root, &config);
    let selection = arguments.wanted(&output)?.with(&config);
    let found = discover_live(&root, &name, &selection)?;
    for warning in config.warnings.iter().chain(&found.discovery.warnings) {
        screen.warn(warning);
    }
    if arguments.listing.list || arguments.listing.list_files {
        return list(&arguments.listing, &root, &found.discovery, screen);
    }
    let outset = Outset::new(&arguments.judging, &selection, &root)?;
    if found.discovery.mutants.is_empty() {
        return no_mutants(&output, outset, screen);
    }
    must_have_tests(&found, file)?;
    let prelude = prelude(&found, file, arguments.live.prelude.as_deref())?;
    let run = arguments.judging.run_options(&config, catch_interrupts())?;
    let manner = if arguments.live.fork { Manner::Forked } else { Manner::InProcess };
    let here = std::env::current_exe().map_err(|error| {
        Error::new(ErrorKind::Machine, format!("cannot find this program itself: {error}"))
    })?;
    let live = live::Live::new(found, &root, prelude, manner, &here)?;
    let out = Folder::create(&output)?;
    let remembered = remembered(&arguments.judging, &out);
    let run = RunOptions { alone: live.first_values(), remembered, ..run };
    let mut line = progress::Line::new(screen, live.image.mutants.len());
    let tell = &mut |progress: Progress<'_>| line.hear(&progress);
    let mut judged = session::judge(&live.image, &root, &run, Duration::ZERO, &out, tell);
    if let Ok(results) = &mut judged
        && manner == Manner::InProcess
        && results.notes.iter().any(|it| it.contains("without a mutant"))
    {
        results
            .notes
            .push("tests share a process: --fork gives each call one of its own".to_owned());
    }
    finish(judged, out, outset, screen)
}

/// The folder that names are relative to, and the file below it: this folder, if it is around the file.
fn place(file: &Path) -> Result<(PathBuf, PathBuf), Failure> {
    let refuse = |why: String| Failure::new(Exit::Mutants(1), format!("{}: {why}", file.display()));
    if file.extension().is_none_or(|it| it != "rs") {
        let why = "no live file (`.rs`); for a package name its folder with --dir";
        return Err(refuse(why.to_owned()));
    }
    let advice = "name a live file, or none to judge the cargo package of this folder";
    let whole = file.canonicalize().map_err(Error::named("open", file, advice))?;
    if !whole.is_file() {
        return Err(refuse("is not a file".to_owned()));
    }
    let here = std::env::current_dir().and_then(|it| it.canonicalize());
    let around = here.ok().filter(|here| whole.starts_with(here));
    let root = around.as_deref().or(whole.parent()).unwrap_or(Path::new("/")).to_owned();
    let name = whole.strip_prefix(&root).unwrap_or(&whole).to_owned();
    Ok((root, name))
}

fn must_have_tests(found: &LiveFile, file: &Path) -> Result<(), Failure> {
    if found.tests.iter().any(|it| !it.is_ignored) {
        return Ok(());
    }
    let which = if found.tests.is_empty() { "no tests" } else { "only tests that are ignored" };
    let message = format!("{}: it has {which}, so nothing could notice a mutant", file.display());
    Err(Error::new(ErrorKind::Baseline, message).into())
}

/// The prelude, for a text that may use it: it would be compiled with every mutant.
fn prelude(
    found: &LiveFile,
    file: &Path,
    given: Option<&Path>,
) -> Result<Option<PathBuf>, Failure> {
    if given.is_none() && !found.text.contains("prelude") {
        return Ok(None);
    }
    let prelude = segue_audio_demo::prelude::locate(file, given);
    let refuse = |error: segue_audio_demo::Error| Failure::new(Exit::Mutants(1), error.to_string());
    prelude.map(Some).map_err(refuse)
}

/// `segue mutants serve-live`: opens the file that the runner means, and does what the runner asks for.
pub(super) fn serve() -> Result<ExitCode, Failure> {
    Ok(live::serve(|plan| Opened::new(plan).map_err(|error| error.to_string()))?)
}

/// The live file with its tests.
struct Opened {
    program: Program,
    caller: Participant,
    test: Live<fn(usize) -> bool>,
    hits: Live<fn(*mut u64)>,
}

impl Opened {
    fn new(plan: &Plan) -> Result<Opened, segue_runtime::Error> {
        let rustc = Rustc::find().map_err(segue_runtime::Error::from)?.with_opt_level(OPT_LEVEL);
        let builder = Program::builder(&plan.path).text(&plan.text).compiler(rustc);
        let builder = match &plan.extra {
            Some(prelude) => builder.support("prelude", prelude),
            None => builder,
        };
        // Nothing is gone back to but the text without a mutant.
        let program = builder.watch(false).history(1).open()?;
        let (test, hits) = (program.bind(TEST)?, program.bind(HITS)?);
        Ok(Opened { caller: program.participant(), program, test, hits })
    }
}

impl Host for Opened {
    fn count_at(&self, hits: *mut u64) {
        self.hits.pin(&self.caller).call(hits);
    }

    fn call(&self, test: usize) -> bool {
        self.test.pin(&self.caller).call(test)
    }

    fn edit(&self, text: &str, work: &mut dyn FnMut()) -> Result<(), Refused> {
        let edited = self.program.mutate(text, |_| work());
        edited.map_err(|error| match error.kind() {
            segue_runtime::ErrorKind::Rejected => {
                let first = error.diagnostics().iter().find(|it| it.is_error());
                Refused::Rejected(first.map_or_else(|| error.to_string(), ToString::to_string))
            }
            _ => Refused::Failed(error.to_string()),
        })
    }
}
