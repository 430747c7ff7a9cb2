//! The baseline: every test alone and unmutated, twice. It shows which functions the test enters and what it
//! takes; a test that fails or hangs is an error, one that does so now and then is left out and named.

use std::sync::OnceLock;
use std::time::Duration;

use super::hits::Hits;
use super::list::{Listed, Test};
use super::options::{Baseline, LeftOut, RunEvent};
use super::process::{Cut, Ended, Limits, Request};
use super::workers::{self, Worker};
use crate::{Error, ErrorKind};

/// How much output of a failing test is shown.
const ROOM: usize = 16 << 10;
/// The whole binary's output, which names each test.
const WHOLE_ROOM: usize = 16 << 20;
const RUNS: usize = 2;

/// A test that judges.
#[derive(Debug)]
pub(crate) struct Judge {
    pub(crate) test: Test,
    /// What it enters: the larger count of its two runs.
    pub(crate) hits: Hits,
    pub(crate) processor: Duration,
    pub(crate) wall: Duration,
    /// The most memory that it has at a time, in bytes.
    pub(crate) peak: u64,
    /// Whether it needs more memory than tests may take.
    pub(crate) is_large: bool,
    /// Whether it may enter functions that nobody has counted.
    pub(crate) is_partial: bool,
    /// What it takes before it enters a function with mutants, where that is run once for all of them (`prefix`).
    pub(crate) prefix: OnceLock<Duration>,
}

/// What the baseline shows.
#[derive(Debug, Default)]
pub(crate) struct BaselineResult {
    /// Tests that judge, in the order of their list.
    pub(crate) tests: Vec<Judge>,
    /// Mutants that stand in a binary, as function and mutant.
    pub(crate) present: std::collections::BTreeSet<(u32, u32)>,
}

/// What came of one test.
enum Tried {
    Judges { judge: Judge, is_steady: bool },
    Flaky(String),
    Fails(String),
    Hangs,
    Stopped,
}

/// Runs the tests, several at a time.
pub(crate) fn baseline(
    workers: &mut [Worker<'_>],
    listed: Listed,
    on_event: &mut dyn FnMut(RunEvent<'_>),
) -> Result<BaselineResult, Error> {
    let tests = listed.tests;
    let mut tried: Vec<Option<Tried>> = Vec::new();
    tried.resize_with(tests.len(), || None);
    workers::each(
        workers,
        tests.len(),
        &|worker, at| attempt(worker, &tests[at]),
        &mut |at, it| {
            tried[at] = Some(it?);
            Ok(())
        },
    )?;
    let mut result = BaselineResult::default();
    let mut failing = Vec::new();
    for (test, tried) in tests.into_iter().zip(tried) {
        match tried {
            Some(Tried::Judges { judge, is_steady }) => {
                if !is_steady {
                    on_event(RunEvent::Unsteady { test: &test.title });
                }
                result.tests.push(judge);
            }
            Some(Tried::Flaky(output)) => {
                on_event(RunEvent::LeftOut {
                    test: &test.title,
                    why: LeftOut::Flaky,
                    output: &output,
                });
            }
            Some(Tried::Fails(output)) => failing.push((test, output)),
            Some(Tried::Hangs) => return Err(hangs(&test, workers)),
            Some(Tried::Stopped) | None => {}
        }
    }
    explain(workers, &failing, on_event)?;
    for worker in workers {
        result.present.append(&mut worker.present);
    }
    Ok(result)
}

/// Tests that fail alone: those that pass after others are left out, the first of the rest is the error.
fn explain(
    workers: &mut [Worker<'_>],
    failing: &[(Test, String)],
    on_event: &mut dyn FnMut(RunEvent<'_>),
) -> Result<(), Error> {
    let Some(worker) = workers.first_mut() else { return Ok(()) };
    let mut known: Option<(usize, String)> = None;
    for (test, output) in failing {
        if worker.options.is_stopped() {
            return Ok(());
        }
        if known.as_ref().is_none_or(|(binary, _)| *binary != test.binary) {
            known = Some((test.binary, run_whole(worker, test)?));
        }
        let line = test.name.as_ref().map(|name| format!("test {name} ... ok"));
        let passes = |said: &str| line.is_some_and(|line| said.lines().any(|it| it == line));
        let why = if known.as_ref().is_some_and(|(_, said)| passes(said)) {
            LeftOut::OrderDependent
        } else if worker.options.baseline == Baseline::Skip {
            LeftOut::Failing
        } else {
            let message = format!(
                "the test {} fails before any mutant is chosen:\n{}",
                test.title,
                output.trim_end()
            );
            return Err(Error::new(ErrorKind::Baseline, message));
        };
        on_event(RunEvent::LeftOut { test: &test.title, why, output });
    }
    Ok(())
}

/// What the harness says when it runs all tests of the binary in one process.
fn run_whole(worker: &mut Worker<'_>, test: &Test) -> Result<String, Error> {
    if test.name.is_none() {
        return Ok(String::new());
    }
    let limits = limits(worker, None);
    let words = ["--color=never", "--format=pretty", "--test-threads=1"];
    let request = Request { mutant: None, words: &words, limits: &limits, room: WHOLE_ROOM };
    let stop = &worker.options.stop;
    Ok(worker.server(test.binary)?.run(&request, stop)?.stdout)
}

/// One test, twice.
fn attempt(worker: &mut Worker<'_>, test: &Test) -> Result<Tried, Error> {
    let mut memory = worker.options.memory;
    let mut runs = Vec::new();
    let mut failures = Vec::new();
    while runs.len() + failures.len() < RUNS {
        let limits = limits(worker, memory);
        let words = test.words();
        let request = Request { mutant: None, words: &words, limits: &limits, room: ROOM };
        let stop = &worker.options.stop;
        let server = worker.server(test.binary)?;
        let ended = server.run(&request, stop)?;
        match ended.cut {
            Some(Cut::Stopped) => return Ok(Tried::Stopped),
            Some(_) => return Ok(Tried::Hangs),
            None if test.has_passed(&ended) => runs.push((ended, server.entered()?)),
            // It may be that it needs more memory than others: it gets a third run.
            None if memory.is_some() && runs.is_empty() && failures.len() + 1 == RUNS => {
                memory = None;
                failures.clear();
            }
            None => failures.push(said(&ended)),
        }
    }
    let Some(failure) = failures.pop() else {
        return Ok(measured(test, runs, memory.is_none() && worker.options.memory.is_some()));
    };
    Ok(if runs.is_empty() { Tried::Fails(failure) } else { Tried::Flaky(failure) })
}

fn measured(test: &Test, runs: Vec<(Ended, super::hits::Entered)>, is_large: bool) -> Tried {
    let mut judge = Judge {
        test: test.clone(),
        hits: Hits::new(),
        processor: Duration::ZERO,
        wall: Duration::ZERO,
        peak: 0,
        is_large,
        is_partial: false,
        prefix: OnceLock::new(),
    };
    let mut is_steady = true;
    let mut last: Option<Vec<u32>> = None;
    for (ended, entered) in runs {
        let functions: Vec<u32> = entered.hits.keys().copied().collect();
        is_steady &= last.as_ref().is_none_or(|last| *last == functions);
        last = Some(functions);
        for (function, count) in entered.hits {
            let most = judge.hits.entry(function).or_default();
            *most = count.max(*most);
        }
        judge.processor = judge.processor.max(ended.reply.processor);
        judge.wall = judge.wall.max(ended.reply.wall);
        judge.peak = judge.peak.max(ended.reply.peak);
        judge.is_partial |= entered.is_partial;
    }
    Tried::Judges { judge, is_steady }
}

fn limits(worker: &Worker<'_>, memory: Option<u64>) -> Limits {
    Limits { wall: Some(worker.options.baseline_timeout), memory, ..Limits::default() }
}

/// How it ended and the end of what it printed.
pub(crate) fn said(ended: &Ended) -> String {
    let mut text = ended.status.to_string();
    for part in [&ended.stdout, &ended.stderr] {
        if !part.trim().is_empty() {
            text.push('\n');
            text.push_str(part.trim());
        }
    }
    text
}

fn hangs(test: &Test, workers: &[Worker<'_>]) -> Error {
    let limit = workers.first().map_or(Duration::ZERO, |it| it.options.baseline_timeout);
    let message = format!(
        "the test {} does not end within {limit:?} before any mutant is chosen: mark it #[ignore] to leave it out",
        test.title
    );
    Error::new(ErrorKind::Baseline, message)
}
