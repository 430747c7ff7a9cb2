//! One mutant: its tests, one after the other, until one notices it.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::baseline::{BaselineResult, Judge, said};
use super::choose::Plan;
use super::hits::Entered;
use super::list::{Passes, is_example};
use super::live::{self, Chosen};
use super::process::{Calls, Cut, Ended, Limits, Request};
use super::protocol::Refusal;
use super::workers::Worker;
use crate::{Error, Image, ImageMutant, Outcome, Tier, Verdict};

/// How much of the end of a test's output is kept, of each stream.
const ROOM: usize = 4 << 10;
/// A function may be entered this many times as often as unmutated, and so many times more.
const CALLS_FACTOR: u64 = 100;
const CALLS_MORE: u64 = 10_000_000;
/// Where nobody says how long every test may take, it is this long. One that takes little unmutated needs less: so many times
/// that, as with calls, and so much more, as telling of a failure may take longer than the test.
const LEAST: Duration = Duration::from_millis(500);
const LEAST_FACTOR: u32 = 100;
const LEAST_MORE: Duration = Duration::from_millis(250);
/// A test that was ended by its time while it grew by so much, or by as much of this as its time is of `LEAST`, is run again, and may
/// take so long: its memory is to end it, on a slow machine as on a quick one. Half of that is the least: a buffer is no growth.
const GROWTH: u64 = 64 << 20;
const GROWING: Duration = Duration::from_secs(20);

/// Judges a mutant; `None` when the run was stopped before there was a verdict. Where somebody wants to know,
/// `entered` gets what its tests entered.
pub(crate) fn judge(
    worker: &mut Worker<'_>,
    mutant: &ImageMutant,
    baseline: &BaselineResult,
    plan: &Plan,
    entered: &mut Option<Entered>,
) -> Result<Option<Outcome>, Error> {
    let began = Instant::now();
    let mut outcome = begin(mutant);
    let mut settled = settled(mutant, baseline, plan);
    let is_open = settled.as_ref().is_none_or(|(verdict, _)| *verdict == Verdict::NotReached);
    if is_open && live::is_live(worker) {
        match live::choose(worker, mutant)? {
            Chosen::Viable => {}
            Chosen::Settled(verdict, why) => settled = Some((verdict, why)),
            Chosen::Stopped => return Ok(None),
        }
    }
    if let Some((verdict, detail)) = settled {
        outcome.verdict = verdict;
        outcome.detail = detail;
        return Ok(Some(outcome));
    }
    let tests = plan.tests(mutant);
    outcome.reached_by = titles(tests, baseline);
    let tests = tests.iter().map(|at| &baseline.tests[*at]);
    if !run_tests(worker, Some(mutant.id().0), tests, entered, &mut outcome)? {
        return Ok(None);
    }
    outcome.duration = began.elapsed();
    Ok(Some(outcome))
}

/// The outcome of a mutant that nothing has noticed yet.
pub(crate) fn begin(mutant: &ImageMutant) -> Outcome {
    Outcome {
        mutant: mutant.id(),
        tier: mutant.tier,
        verdict: Verdict::Missed,
        reached_by: Vec::new(),
        noticed_by: None,
        tests_run: 0,
        took: Vec::new(),
        duration: Duration::ZERO,
        detail: String::new(),
        remembered: false,
    }
}

/// The names of some tests.
pub(crate) fn titles(tests: &[usize], baseline: &BaselineResult) -> Vec<String> {
    tests.iter().map(|at| baseline.tests[*at].test.title.clone()).collect()
}

/// Runs tests until one of them notices the mutant that is chosen, or the one that the binaries were built with. False
/// when the run is to stop.
///
/// One that fails says more than one that does not end. So when one does not, those of the others are asked that stand in binaries
/// before its own, in the order in which `cargo test` runs these: it ends with the first binary in which one fails, if all end there.
pub(crate) fn run_tests<'t>(
    worker: &mut Worker<'_>,
    id: Option<u32>,
    tests: impl Iterator<Item = &'t Judge>,
    entered: &mut Option<Entered>,
    outcome: &mut Outcome,
) -> Result<bool, Error> {
    let image = worker.image;
    let mut left: VecDeque<&Judge> = tests.collect();
    let mut run: Vec<&str> = Vec::new();
    // What is said of the first that did not end, and the binary in which one failed after that.
    let (mut endless, mut failed) = (None, None);
    while let Some(judge) = left.pop_front() {
        if failed.is_some_and(|it| it != place(image, judge)) {
            break;
        }
        let mut limits = limits(worker, judge);
        outcome.tests_run += 1;
        run.push(&judge.test.title);
        let began = Instant::now();
        let ended = run_test(worker, id, judge, &mut limits)?;
        outcome.took.push(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX));
        let ended = match ended {
            Ok(ended) => ended,
            Err(error) => {
                // The mutant may have killed the server: the next one gets a new one.
                worker.drop_servers(&judge.test);
                if endless.is_none() {
                    outcome.verdict = Verdict::NotJudged;
                    outcome.detail = format!("{}: {error}", judge.test.title);
                }
                break;
            }
        };
        if ended.cut == Some(Cut::Stopped) {
            return Ok(false);
        }
        if let Some(entered) = entered {
            entered.join(worker.server_for(id, judge)?.entered()?);
        }
        if judge.test.has_passed(&ended) || ended.cut.is_none() && failed.is_some() {
            continue;
        }
        let detail = describe(&ended, &limits, judge.test.passes);
        outcome.verdict = if ended.cut.is_some() { Verdict::Timeout } else { Verdict::Caught };
        outcome.noticed_by = Some(judge.test.title.clone());
        outcome.detail = match &endless {
            Some(endless) if ended.cut.is_none() => format!("{detail}\n{endless}"),
            _ => detail,
        };
        match (ended.cut.is_some(), &endless) {
            (true, None) => {
                let why = outcome.detail.lines().next().unwrap_or_default();
                endless = Some(format!("{}, run before it, {why}", judge.test.title));
                left.retain(|it| place(image, it) < place(image, judge));
                left.make_contiguous().sort_by_key(|it| place(image, it));
            }
            (false, Some(_)) => failed = Some(place(image, judge)),
            // One more that does not end is enough: each takes as long as its limit allows.
            _ => break,
        }
    }
    if endless.is_some() {
        let place = |title: &String| run.iter().position(|it| it == title).unwrap_or(run.len());
        outcome.reached_by.sort_by_key(place);
    }
    Ok(true)
}

/// Where a test's binary stands among those that cargo runs. It runs examples of the documentation last, all of a package as one.
fn place<'i>(image: &'i Image, judge: &Judge) -> (bool, &'i str, usize) {
    let binary = &image.binaries[judge.test.binary];
    if is_example(binary.kind) {
        (true, &binary.package, 0)
    } else {
        (false, "", judge.test.binary)
    }
}

/// One test with the mutant; a second time, with the limits that are given back, when it needs them. The inner
/// error is the mutant's own: it may have killed the server.
fn run_test(
    worker: &mut Worker<'_>,
    id: Option<u32>,
    judge: &Judge,
    limits: &mut Limits,
) -> Result<Result<Ended, Error>, Error> {
    let words = judge.test.words();
    let stop = &worker.options.stop;
    let request = Request { mutant: id, words: &words, limits, room: ROOM };
    let mut ended = worker.server_for(id, judge)?.run(&request, stop);
    if ended.as_ref().is_ok_and(|it| it.refusal == Some(Refusal::Spoilt)) {
        // An earlier mutant left something behind: a new process says whether it is this one.
        ended = worker.server_for(id, judge)?.run(&request, stop);
    }
    let memory = limits.memory.filter(|_| limits.processor < Some(GROWING));
    let (Some(memory), Ok(Ended { cut: Some(Cut::Processor), reply, .. })) = (memory, &ended)
    else {
        return Ok(ended);
    };
    let growth = reply.peak.saturating_sub(judge.peak);
    if growth < growth_within(limits.processor.unwrap_or(LEAST)) {
        return Ok(ended);
    }
    let used_calls = worker.server_for(id, judge)?.used_calls(limits)?;
    if ends_by_calls(growth, used_calls, memory) {
        return Ok(ended);
    }
    limits.processor = Some(GROWING);
    limits.wall = Some(wall(GROWING, limits.waiting.unwrap_or_default()));
    let request = Request { mutant: id, words: &words, limits, room: ROOM };
    Ok(worker.server_for(id, judge)?.run(&request, stop))
}

/// What a test grows by in this time, for one whose memory is to end it.
fn growth_within(time: Duration) -> u64 {
    (GROWTH as f64 * time.div_duration_f64(LEAST).clamp(0.5, 1.0)) as u64
}

/// Whether a test that grows so much in so large a part of its calls will have no calls left long before it has no
/// memory left.
fn ends_by_calls(growth: u64, used_calls: f64, memory: u64) -> bool {
    // What doubles its size when it is full has more than it uses, and copies it.
    growth as f64 * 4.0 < memory as f64 * used_calls
}

/// The verdict on a mutant that no test has to be run for.
fn settled(
    mutant: &ImageMutant,
    baseline: &BaselineResult,
    plan: &Plan,
) -> Option<(Verdict, String)> {
    if let Some(why) = &mutant.rejected {
        return Some((Verdict::Unviable, why.clone()));
    }
    if let Some(why) = &mutant.left_out {
        return Some((Verdict::NotJudged, why.clone()));
    }
    let Some(function) = mutant.function else {
        let why = match mutant.tier {
            Some(Tier::Rebuild) => "its own build is not in the image",
            _ => "it is not in the image",
        };
        return Some((Verdict::NotJudged, why.to_owned()));
    };
    if !plan.is_entered(function) && !baseline.present.contains(&(function, mutant.id().0)) {
        return Some((Verdict::NotCompiled, "no test binary contains its function".to_owned()));
    }
    plan.tests(mutant).is_empty().then(|| (Verdict::NotReached, String::new()))
}

pub(crate) fn limits(worker: &Worker<'_>, judge: &Judge) -> Limits {
    let options = worker.options;
    let times = |it: Duration| it.mul_f64(options.timeout_multiplier);
    let waits = judge.wall.saturating_sub(judge.processor);
    let least = options.minimum_timeout.unwrap_or_else(|| match live::is_live(worker) {
        // What an earlier test in its process had done for it, it may have to do itself in another one.
        true => LEAST,
        false => least(judge.processor),
    });
    let processor = times(judge.processor).max(least);
    let waiting = times(waits).max(options.minimum_waiting);
    let more = |count: u64| count.saturating_mul(CALLS_FACTOR).saturating_add(CALLS_MORE);
    let of = judge.hits.iter().map(|(function, count)| (*function, more(*count))).collect();
    Limits {
        processor: Some(processor),
        waiting: Some(waiting),
        wall: Some(wall(processor, waiting)),
        memory: options.memory.filter(|_| !judge.is_large),
        calls: Some(Calls { of, others: CALLS_MORE }),
    }
}

/// What a test may take in any case that takes so much unmutated.
fn least(unmutated: Duration) -> Duration {
    unmutated.saturating_mul(LEAST_FACTOR).saturating_add(LEAST_MORE).min(LEAST)
}

/// A machine may be this much busier than processors and clocks tell.
fn wall(processor: Duration, waiting: Duration) -> Duration {
    (processor + waiting) * 50 + Duration::from_secs(60)
}

fn describe(ended: &Ended, limits: &Limits, passes: Passes) -> String {
    let seconds = |it: Option<Duration>| it.unwrap_or_default().as_secs_f64();
    let limit = match ended.cut {
        Some(Cut::Processor) => {
            format!("took more than {:.1} s of processor time", seconds(limits.processor))
        }
        Some(Cut::Waiting) => format!("waited for more than {:.1} s", seconds(limits.waiting)),
        Some(Cut::Wall) => format!("did not end within {:.0} s", seconds(limits.wall)),
        Some(Cut::Calls) => {
            format!("called a function {CALLS_FACTOR} times as often as unmutated")
        }
        _ if ended.stderr.contains("memory allocation of") => "memory limit".to_owned(),
        _ if passes == Passes::ByFailure => "it should have panicked".to_owned(),
        _ if ended.status.success() => "it left before the harness had its result".to_owned(),
        _ => return said(ended),
    };
    format!("{limit}\n{}", said(ended))
}

#[cfg(test)]
mod tests;
