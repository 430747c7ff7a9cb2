//! Mutants that need a build of their own: what is evaluated at compile time. They come last, one after the other: each is
//! built, and then judged as any other, by the same tests under the same limits, with nothing chosen in its binaries.
//!
//! Who builds is not this phase's affair: it asks somebody who can.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::baseline::BaselineResult;
use super::choose::Plan;
use super::hits::Entered;
use super::judge::{begin, run_tests, titles};
use super::list::is_example;
use super::options::RunOptions;
use super::workers::Worker;
use crate::{Error, ErrorKind, Image, ImageMutant, Mutant, MutantId, Outcome, TestBinary, Verdict};

/// Builds one mutant at a time.
pub trait Alone: Debug + Send {
    /// The packages whose binaries have a package's code in them.
    fn reached(&self, package: &str) -> BTreeSet<String>;

    /// Tests of no other test binaries judge the mutants that are to be built: the others need not be.
    fn needs(&mut self, binaries: &[&TestBinary]);

    /// What can be known of these mutants before any of them is built. Those of which nothing is known are not in it.
    ///
    /// # Errors
    ///
    /// As [`Alone::build`].
    fn survey(&mut self, mutants: &[&Mutant]) -> Result<BTreeMap<MutantId, Known>, Error>;

    /// Builds the text with this mutant.
    ///
    /// # Errors
    ///
    /// It cannot be built for a reason that is not the mutant's; [`ErrorKind::Interrupted`] when the run is to stop.
    fn build(&mut self, mutant: &Mutant) -> Result<BuiltAlone, Error>;

    /// Builds the documentation examples with the mutant that was built last.
    ///
    /// # Errors
    ///
    /// As [`Alone::build`].
    fn examples(&mut self) -> Result<ExamplesAlone, Error>;

    /// Makes the text the one without mutants again.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    fn finish(&mut self) -> Result<(), Error>;
}

/// What is known of a mutant without a build of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// rustc rejects it, for this reason.
    Rejected(String),
    /// It changes nothing: the constant has the value that it had.
    Unchanged,
    /// The constant has the value that it has with this mutant.
    Same(MutantId),
}

/// What came of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuiltAlone {
    /// rustc rejects the mutant, for this reason.
    Rejected(String),
    /// The binaries, with paths below the image's root.
    Binaries(Vec<TestBinary>),
}

/// Documentation examples with a mutant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExamplesAlone {
    /// Those that can be run.
    pub binaries: Vec<TestBinary>,
    /// The names of those that do not compile.
    pub refused: Vec<String>,
}

/// Who builds, for one caller at a time.
pub(crate) fn lock<'a>(
    alone: &'a Mutex<dyn Alone + 'static>,
) -> MutexGuard<'a, dyn Alone + 'static> {
    // A panic leaves it as it is: every build writes all that it needs.
    alone.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Builds and judges a mutant; `None` when the run is to stop.
pub(crate) fn judge_alone(
    image: &Image,
    options: &RunOptions,
    alone: &mut dyn Alone,
    mutant: &ImageMutant,
    baseline: &BaselineResult,
    plan: &Plan,
    entered: &mut Option<Entered>,
) -> Result<Option<Outcome>, Error> {
    let began = Instant::now();
    let mut outcome = begin(mutant);
    let tests = plan.tests(mutant);
    outcome.reached_by = titles(tests, baseline);
    let kind = |at: &usize| image.binaries[baseline.tests[*at].test.binary].kind;
    let (examples, others): (Vec<usize>, Vec<usize>) =
        tests.iter().partition(|at| is_example(kind(at)));
    let judged = match alone.build(&mutant.mutant) {
        Ok(BuiltAlone::Rejected(why)) => {
            outcome.reached_by.clear();
            outcome.verdict = Verdict::Unviable;
            outcome.detail = why;
            Ok(true)
        }
        Ok(BuiltAlone::Binaries(built)) => {
            let mut run = |tests: &[usize], built: &[TestBinary], outcome: &mut Outcome| {
                judge_built(image, options, tests, built, baseline, entered, outcome)
            };
            match run(&others, &built, &mut outcome) {
                Ok(true) if outcome.verdict == Verdict::Missed && !examples.is_empty() => {
                    alone.examples().and_then(|built| {
                        if is_refused(&examples, &built, baseline, &mut outcome) {
                            return Ok(true);
                        }
                        run(&examples, &built.binaries, &mut outcome)
                    })
                }
                judged => judged,
            }
        }
        Err(error) => Err(error),
    };
    match judged {
        Ok(true) => {}
        Ok(false) => return Ok(None),
        Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(None),
        // What is the matter with one need not be with the next, and those before it have their verdicts.
        Err(error) => {
            outcome.verdict = Verdict::NotJudged;
            outcome.detail = format!("it was to be built alone: {error}");
        }
    }
    if outcome.verdict == Verdict::Missed && tests.is_empty() {
        outcome.verdict = Verdict::NotReached;
    }
    outcome.duration = began.elapsed();
    Ok(Some(outcome))
}

/// Whether an example does not compile with the mutant, which is noticed by that.
fn is_refused(
    examples: &[usize],
    built: &ExamplesAlone,
    baseline: &BaselineResult,
    outcome: &mut Outcome,
) -> bool {
    let title = |at: &usize| baseline.tests[*at].test.title.as_str();
    let is_built = |title: &str| built.binaries.iter().any(|it| it.target == title);
    // Those that were compiled together are tried one by one when that fails, and are named then.
    let is_refused = |it: &&str| {
        built.refused.iter().any(|name| name == it)
            || !it.contains(" - ") && !built.refused.is_empty() && !is_built(it)
    };
    let refused = examples.iter().map(title).find(is_refused);
    if let Some(name) = refused {
        outcome.verdict = Verdict::Caught;
        outcome.noticed_by = Some(name.to_owned());
        outcome.detail = "the example does not compile with it".to_owned();
    }
    refused.is_some()
}

/// Runs tests in binaries that were built with a mutant. False when the run is to stop.
fn judge_built(
    image: &Image,
    options: &RunOptions,
    tests: &[usize],
    built: &[TestBinary],
    baseline: &BaselineResult,
    entered: &mut Option<Entered>,
    outcome: &mut Outcome,
) -> Result<bool, Error> {
    let mut image = image.clone();
    let mut missing = None;
    for binary in tests.iter().map(|at| baseline.tests[*at].test.binary) {
        let of = &image.binaries[binary];
        let is_same = |it: &&TestBinary| {
            it.package == of.package && it.target == of.target && it.kind == of.kind
        };
        match built.iter().find(is_same).cloned() {
            Some(built) => image.binaries[binary] = built,
            None => missing = Some(of.target.clone()),
        }
    }
    if let Some(missing) = missing {
        let message = format!("the tests of {missing} are not among what was built");
        return Err(Error::new(ErrorKind::Internal, message));
    }
    let mut worker = Worker::new(&image, options);
    let tests = tests.iter().map(|at| &baseline.tests[*at]);
    run_tests(&mut worker, None, tests, entered, outcome)
}
