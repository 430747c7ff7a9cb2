//! Which tests there are: every binary is asked, as cargo's users would ask it. `#[ignore]`d ones are left out.

use std::sync::atomic::Ordering;

use super::options::RunEvent;
use super::process::{Ended, Limits, Request};
use super::workers::Worker;
use crate::{Error, ErrorKind, TestKind};

/// Room for the names of a binary's tests.
const ROOM: usize = 64 << 20;
/// The end of a test's line.
const MARK: &str = ": test";

/// A test: a function, or a whole binary with a harness of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Test {
    /// Its binary's place in the image.
    pub(crate) binary: usize,
    /// The harness's name for it; none for a whole binary.
    pub(crate) name: Option<String>,
    /// `binary::test`, for people.
    pub(crate) title: String,
    /// How its process ends when it passes.
    pub(crate) passes: Passes,
}

/// How a test's process ends when the test passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passes {
    /// With success; a harness says so as well.
    BySuccess,
    /// By a failure, whatever its kind: an example that should panic.
    ByFailure,
}

/// All tests, in the order of binaries and of what they say.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    pub(crate) tests: Vec<Test>,
    pub(crate) ignored: usize,
}

impl Test {
    /// The arguments that make the harness run it alone.
    pub(crate) fn words(&self) -> Vec<&str> {
        self.name.as_deref().map_or_else(Vec::new, |it| vec!["--exact", it, "--test-threads=1"])
    }

    /// Whether a child that ended so has passed. An exit with 0 is not enough: the harness itself must say so.
    pub(crate) fn has_passed(&self, ended: &Ended) -> bool {
        if self.passes == Passes::ByFailure {
            return ended.cut.is_none() && !ended.status.success();
        }
        let says_so = || ended.stdout.contains("\ntest result: ok. 1 passed; 0 failed;");
        let has_run = ended.cut.is_none() && ended.refusal.is_none();
        has_run && ended.status.success() && (self.name.is_none() || says_so())
    }
}

/// Asks every binary.
pub(crate) fn list(
    workers: &mut [Worker<'_>],
    _on_event: &mut dyn FnMut(RunEvent<'_>),
) -> Result<Listed, Error> {
    let mut listed = Listed::default();
    let Some(worker) = workers.first_mut() else { return Ok(listed) };
    for binary in 0..worker.image.binaries.len() {
        if worker.options.stop.load(Ordering::Relaxed) {
            break;
        }
        let of = &worker.image.binaries[binary];
        if is_whole(of.kind) {
            let passes = match of.kind {
                TestKind::PanickingDoctest => Passes::ByFailure,
                _ => Passes::BySuccess,
            };
            listed.tests.push(Test { binary, name: None, title: of.target.clone(), passes });
            continue;
        }
        let all = names(worker, binary, "--test-threads=1")?;
        let ignored = names(worker, binary, "--ignored")?;
        listed.ignored += ignored.len();
        for name in all.into_iter().filter(|it| !ignored.contains(it)) {
            let title = format!("{}::{name}", worker.image.binaries[binary].target);
            let passes = Passes::BySuccess;
            listed.tests.push(Test { binary, name: Some(name), title, passes });
        }
    }
    Ok(listed)
}

/// Whether a binary is one test: it has a harness of its own, or, as an example from documentation, none.
pub(crate) fn is_whole(kind: TestKind) -> bool {
    matches!(kind, TestKind::Custom | TestKind::Doctest | TestKind::PanickingDoctest)
}

/// Whether a binary is an example from documentation.
pub(crate) fn is_example(kind: TestKind) -> bool {
    matches!(kind, TestKind::Doctest | TestKind::PanickingDoctest)
}

fn names(worker: &mut Worker<'_>, binary: usize, also: &str) -> Result<Vec<String>, Error> {
    let limits = Limits { wall: Some(worker.options.baseline_timeout), ..Limits::default() };
    let words = ["--list", "--format=terse", also];
    let request = Request { mutant: None, words: &words, limits: &limits, room: ROOM };
    let stop = &worker.options.stop;
    let ended = worker.server(binary)?.run(&request, stop)?;
    if ended.status.success() || worker.options.is_stopped() {
        let tests = ended.stdout.lines().filter_map(|line| line.strip_suffix(MARK));
        return Ok(tests.map(str::to_owned).collect());
    }
    let path = worker.image.binaries[binary].path.display();
    let message = format!(
        "{path} does not list its tests ({}): {}; if it has a harness of its own, say `harness = false`",
        ended.status,
        ended.stderr.trim()
    );
    Err(Error::new(ErrorKind::Baseline, message))
}
