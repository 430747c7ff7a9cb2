//! The run: an [`Image`] in, verdicts out.
//!
//! Phase: after build, before report. In this order, a file each: `list` (which tests there are), `baseline` (each
//! test alone and unmutated, twice: what it enters and what it takes), `choose` (which tests judge which mutant,
//! and in which order), `again` (whether the tests are built once more, optimised), `prefix` (what tests do before their first call is run once), `judge` (one mutant), `workers` (several at a time), `builds` (those that [`Alone`] is to build). Below them: `process`, the runner's
//! end of a server, and [`server`], the part that stands inside of every test binary and forks.
//!
//! **A verdict does not depend on how busy the machine is**: the limits are on processor time, on time spent
//! waiting and on calls; the order of tests is that of their unmutated calls.

mod again;
mod alone;
mod baseline;
mod builds;
mod choose;
mod hits;
mod judge;
mod list;
mod live;
mod options;
mod output;
mod prefix;
mod process;
pub(crate) mod protocol;
mod quiet;
mod ready;
mod remember;
mod scratch;
pub mod server;
mod workers;

use std::path::Path;
use std::time::Instant;

pub use again::{Again, BuiltAgain};
pub use alone::{Alone, BuiltAlone, ExamplesAlone, Known};
pub(crate) use list::is_example;
pub use options::{Baseline, LeftOut, Prefix, RunEvent, RunOptions};
pub(crate) use remember::compiler;

use crate::{Error, ErrorKind, Image, ImageMutant, Outcome, TestBinary};
use baseline::BaselineResult;
use choose::Plan;
use workers::Worker;

/// Whether a live file can be opened by the server that this names.
///
/// # Errors
///
/// [`ErrorKind::Baseline`] with what the compiler says, where it cannot.
pub(crate) fn opens(server: &TestBinary, root: &Path) -> Result<(), Error> {
    process::Server::start(server, root).map(drop)
}

/// Judges the mutants of an image: outcomes in the order of mutants. `on_event` hears of each as it comes.
///
/// When [`RunOptions::stop`] is set, what was judged until then is returned, and no process is left.
///
/// # Errors
/// A test fails or hangs before any mutant is chosen ([`ErrorKind::Baseline`], unless that is to be skipped), or
/// the machine lacks something.
pub fn run(
    image: &Image,
    options: &RunOptions,
    on_event: &mut dyn FnMut(RunEvent<'_>),
) -> Result<Vec<Outcome>, Error> {
    options.check()?;
    let began = Instant::now();
    let Some(mut measured) = measure(image, options, began, on_event)? else {
        return Ok(Vec::new());
    };
    if let Some(built) = again::build(image, &measured, options, on_event)? {
        let optimised = RunOptions { alone: built.alone, again: None, ..options.clone() };
        let faster = again::measured(&built.image, &optimised, &measured)?;
        if options.is_stopped() {
            return Ok(Vec::new());
        }
        on_event(RunEvent::BuiltAgain { is_used: faster.is_some(), took: began.elapsed() });
        if let Some(mut faster) = faster {
            // The other servers end before.
            drop(measured);
            return faster.judge(&built.image, on_event);
        }
    }
    measured.judge(image, on_event)
}

/// What a run knows when mutants can be judged.
struct Measured<'a> {
    workers: Vec<Worker<'a>>,
    baseline: BaselineResult,
    plan: Plan,
}

impl Measured<'_> {
    fn judge(
        &mut self,
        image: &Image,
        on_event: &mut dyn FnMut(RunEvent<'_>),
    ) -> Result<Vec<Outcome>, Error> {
        workers::judge_all(&mut self.workers, image, &self.baseline, &self.plan, on_event)
    }
}

/// Runs each test without a mutant, and says which judge which; `None` when the run is to stop.
fn measure<'a>(
    image: &'a Image,
    options: &'a RunOptions,
    began: Instant,
    on_event: &mut dyn FnMut(RunEvent<'_>),
) -> Result<Option<Measured<'a>>, Error> {
    let jobs = options.jobs.max(1);
    let mut workers: Vec<Worker<'_>> = (0..jobs).map(|_| Worker::new(image, options)).collect();
    let listed = list::list(&mut workers, on_event)?;
    let is_judged = |it: &ImageMutant| it.function.is_some() || it.is_alone();
    if listed.tests.is_empty() && image.mutants.iter().any(is_judged) {
        let message = "there are no tests that could notice a mutant: write one, or name the packages that have them with --test-package";
        return Err(Error::new(ErrorKind::Baseline, message));
    }
    on_event(RunEvent::BaselineBegins { tests: listed.tests.len(), ignored: listed.ignored });
    let baseline = baseline::baseline(&mut workers, listed, on_event)?;
    if options.is_stopped() {
        return Ok(None);
    }
    on_event(RunEvent::BaselineEnds { tests: baseline.tests.len(), took: began.elapsed() });
    let alone = options.alone.as_ref().map(|it| alone::lock(it));
    let plan = choose::choose(image, &baseline, alone.as_deref());
    drop(alone);
    Ok(Some(Measured { workers, baseline, plan }))
}
