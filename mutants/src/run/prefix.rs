//! What tests do before they enter a function with mutants, which is the same for every mutant: it is run once, in a
//! process that stops there, and each mutant's run is a fork of that (`server/inside/prefix.rs`).
//!
//! It is found out here for which tests, after it is known which mutants are to be judged. A test is first tried: whatever
//! could make a fork of the stopped process another run than one from the beginning ends that try, and the test is run
//! as a whole. What is left is run once without a mutant, and must pass and enter the same functions.

use std::time::Duration;

use super::baseline::{BaselineResult, Judge};
use super::choose::Plan;
use super::judge::limits;
use super::options::{Prefix, RunEvent};
use super::process::Request;
use super::protocol::HELD;
use super::workers::{self, Worker};
use crate::{Error, Image, TestKind};

/// To stop a test costs three runs of it; fewer mutants than this do not gain them back.
const MUTANTS: usize = 4;
/// A prefix that takes less is not worth a process.
const LONG: Duration = Duration::from_millis(2);
/// What a test prints here is not shown.
const ROOM: usize = 4 << 10;

/// Finds the prefixes that are to be run once for these mutants, and keeps them with their tests.
pub(crate) fn find(
    workers: &mut [Worker<'_>],
    image: &Image,
    baseline: &BaselineResult,
    plan: &Plan,
    mutants: &[usize],
    on_event: &mut dyn FnMut(RunEvent<'_>),
) -> Result<(), Error> {
    let Some(options) = workers.first().map(|it| it.options) else { return Ok(()) };
    let (mutants_at_least, least) = match options.prefix {
        Prefix::Never => return Ok(()),
        Prefix::Always => (1, Duration::ZERO),
        Prefix::WhenLong => (MUTANTS, LONG),
    };
    let mut judged_by = vec![0; baseline.tests.len()];
    for mutant in mutants.iter().map(|at| &image.mutants[*at]).filter(|it| it.function.is_some()) {
        plan.tests(mutant).iter().for_each(|test| judged_by[*test] += 1);
    }
    let can_stop = |judge: &Judge| {
        let kind = image.binaries[judge.test.binary].kind;
        let has_harness = matches!(kind, TestKind::Unit | TestKind::Integration);
        has_harness && !judge.is_partial && !judge.hits.is_empty() && judge.processor >= least
    };
    let is_worth =
        |at: &usize| judged_by[*at] >= mutants_at_least && can_stop(&baseline.tests[*at]);
    let tests: Vec<&Judge> =
        (0..baseline.tests.len()).filter(is_worth).map(|at| &baseline.tests[at]).collect();
    let work = |worker: &mut Worker<'_>, at: usize| attempt(worker, tests[at]);
    workers::each(workers, tests.len(), &work, &mut |at, found| {
        if let Some(prefix) = found?.filter(|it| *it >= least) {
            let prefix = *tests[at].prefix.get_or_init(|| prefix);
            on_event(RunEvent::PrefixOnce { test: &tests[at].test.title, prefix });
        }
        Ok(())
    })
}

/// Tries one test: what its prefix takes, if it can be stopped there.
fn attempt(worker: &mut Worker<'_>, judge: &Judge) -> Result<Option<Duration>, Error> {
    let limits = limits(worker, judge);
    let words = judge.test.words();
    let request = Request { mutant: None, words: &words, limits: &limits, room: ROOM };
    let stop = &worker.options.stop;
    let tried = worker.server(judge.test.binary)?.try_in(&request, stop)?;
    if tried.status.code() != Some(HELD) {
        return Ok(None);
    }
    let Some((ended, entered)) = worker.run_stopped(judge, &request)? else { return Ok(None) };
    let is_same = entered.hits.keys().eq(judge.hits.keys());
    Ok((judge.test.has_passed(&ended) && is_same).then_some(tried.reply.processor))
}
