//! Whether tests are built once more, optimised: where what they compute takes many times what a build does.
//!
//! Tests are built without optimisation as a rule, since that is quick, and most tests take as long to begin as to end. Where they
//! do not, the baseline shows it. Which way it is changes no verdict: limits are relative to what a test takes without a mutant,
//! and that is measured again.

use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::alone::{self, Alone};
use super::baseline::BaselineResult;
use super::choose::Plan;
use super::options::{RunEvent, RunOptions};
use super::remember::Memory;
use super::{Measured, measure};
use crate::{Error, ErrorKind, Image};

/// A test that takes less is begun and ended for the most part, which is no faster with optimisation.
const LONG: Duration = Duration::from_millis(100);

/// Builds an image again, optimised.
pub trait Again: Debug + Send {
    /// Whether it is worth it where so much is computed by each job, if no mutant is noticed before its last test.
    fn is_worth(&self, each: Duration) -> bool;

    /// Builds it; `None` where it does not compile so.
    ///
    /// # Errors
    ///
    /// A file cannot be read or written, cargo cannot be run or was ended.
    fn build(&mut self, image: &Image) -> Result<Option<BuiltAgain>, Error>;
}

/// What was built again.
#[derive(Debug)]
pub struct BuiltAgain {
    /// The same mutants in other binaries.
    pub image: Image,
    /// Who builds mutants that need a build of their own, in the same way.
    pub alone: Option<Arc<Mutex<dyn Alone>>>,
}

/// Builds an image again where that is worth it. `None` where it is not.
pub(super) fn build(
    image: &Image,
    measured: &Measured<'_>,
    options: &RunOptions,
    on_event: &mut dyn FnMut(RunEvent<'_>),
) -> Result<Option<BuiltAgain>, Error> {
    let Some(again) = &options.again else { return Ok(None) };
    let mut again = again.lock().unwrap_or_else(PoisonError::into_inner);
    let tests = computed(image, &measured.baseline, &measured.plan, options);
    let each = tests / u32::try_from(options.jobs.max(1)).unwrap_or(u32::MAX);
    if !again.is_worth(each) {
        return Ok(None);
    }
    on_event(RunEvent::BuildsAgain { tests });
    if let Some(alone) = &options.alone {
        // What it has begun is not what will be judged.
        alone::lock(alone).finish()?;
    }
    again.build(image)
}

/// The tests in their new binaries, where the same pass as before; `None` where they do not.
pub(super) fn measured<'a>(
    image: &'a Image,
    options: &'a RunOptions,
    before: &Measured<'_>,
) -> Result<Option<Measured<'a>>, Error> {
    let measured = match measure(image, options, Instant::now(), &mut |_| {}) {
        Err(error) if error.kind() == ErrorKind::Baseline => return Ok(None),
        measured => measured?,
    };
    let titles = |of: &Measured<'_>| -> Vec<String> {
        of.baseline.tests.iter().map(|it| it.test.title.clone()).collect()
    };
    Ok(measured.filter(|it| titles(it) == titles(before)))
}

/// What the long tests take for all mutants that are to be judged, if none is noticed before.
fn computed(
    image: &Image,
    baseline: &BaselineResult,
    plan: &Plan,
    options: &RunOptions,
) -> Duration {
    let takes = |at: &usize| baseline.tests[*at].processor;
    let is_long = |at: &&usize| takes(at) >= LONG;
    // Without a long test there is nothing to ask of each.
    if !baseline.tests.iter().any(|it| it.processor >= LONG) {
        return Duration::ZERO;
    }
    let mut memory = Memory::read(image, options, baseline, plan);
    let is_wanted = |id| options.only.as_ref().is_none_or(|only| only.contains(&id));
    image
        .mutants
        .iter()
        .filter(|it| it.function.is_some() && is_wanted(it.id()) && memory.recall(it).is_none())
        .flat_map(|it| plan.tests(it).iter().filter(is_long).map(takes))
        .fold(Duration::ZERO, Duration::saturating_add)
}
