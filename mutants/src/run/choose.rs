//! Which tests judge which mutant: those that enter its function, fastest first as far as magnitudes go.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::alone::Alone;
use super::baseline::BaselineResult;
use super::list::is_example;
use crate::{Image, ImageMutant};

/// Tests by function, as places in [`BaselineResult::tests`], in the order in which they are run.
#[derive(Debug)]
pub(crate) struct Plan {
    by_function: BTreeMap<u32, Vec<usize>>,
    /// Tests of binaries that the code of a package stands in, by package; documentation examples last.
    by_package: BTreeMap<String, Vec<usize>>,
    /// Tests that may enter any function.
    anywhere: Vec<usize>,
    /// Functions that a test was seen to enter.
    entered: BTreeSet<u32>,
}

impl Plan {
    /// The tests that judge a mutant: those that enter its function; where it needs a build of its own, nobody can tell
    /// which do, so it is all that its package's code is linked into.
    pub(crate) fn tests(&self, mutant: &ImageMutant) -> &[usize] {
        match mutant.function {
            Some(function) => self.by_function.get(&function).unwrap_or(&self.anywhere),
            None if mutant.is_alone() => {
                self.by_package.get(&mutant.mutant.package).map_or(&[], Vec::as_slice)
            }
            None => &[],
        }
    }

    /// Whether a test entered the function, so that it must stand in some binary.
    pub(crate) fn is_entered(&self, function: u32) -> bool {
        self.entered.contains(&function)
    }
}

/// Chooses for every function.
pub(crate) fn choose(image: &Image, baseline: &BaselineResult, alone: Option<&dyn Alone>) -> Plan {
    let mut order: Vec<usize> = (0..baseline.tests.len()).collect();
    order.sort_by_cached_key(|at| {
        let judge = &baseline.tests[*at];
        let calls = judge.hits.values().fold(0u64, |sum, it| sum.saturating_add(*it));
        key(judge.wall, calls, *at)
    });
    let anywhere = order.iter().copied().filter(|at| baseline.tests[*at].is_partial).collect();
    let entered = baseline.tests.iter().flat_map(|it| it.hits.keys().copied()).collect();
    let by_package = alone.map_or_else(BTreeMap::new, |it| by_package(image, baseline, &order, it));
    let mut plan = Plan { by_function: BTreeMap::new(), by_package, anywhere, entered };
    for function in &image.functions {
        let enters = |at: &usize| {
            let test = &baseline.tests[*at];
            test.is_partial || test.hits.contains_key(&function.number)
        };
        let tests: Vec<usize> = order.iter().copied().filter(enters).collect();
        plan.by_function.insert(function.number, tests);
    }
    plan
}

/// The tests for each package that has mutants with builds of their own.
fn by_package(
    image: &Image,
    baseline: &BaselineResult,
    order: &[usize],
    alone: &dyn Alone,
) -> BTreeMap<String, Vec<usize>> {
    let mut by_package = BTreeMap::new();
    for mutant in image.mutants.iter().filter(|it| it.is_alone()) {
        let package = &mutant.mutant.package;
        by_package.entry(package.clone()).or_insert_with(|| {
            let reached = alone.reached(package);
            let binary = |at: &usize| &image.binaries[baseline.tests[*at].test.binary];
            let mut tests: Vec<usize> = order.to_vec();
            tests.retain(|at| reached.contains(&binary(at).package));
            // They are built when nothing else has noticed the mutant.
            tests.sort_by_key(|at| is_example(binary(at).kind));
            tests
        });
    }
    by_package
}

/// Calls say how long a test takes without saying how busy the machine was: the order, and with it the verdict of
/// a mutant that one test notices and another never ends with, is the same in every run. So the clock is asked only of tests with
/// few calls: of those that wait, or call nothing of ours. Those with about as many calls, in as many digits, are run as
/// cargo has them.
fn key(wall: Duration, calls: u64, at: usize) -> (usize, u32, usize) {
    const CLASSES: [Duration; 3] =
        [Duration::from_millis(100), Duration::from_secs(1), Duration::from_secs(10)];
    let digits = calls.checked_ilog10().map_or(0, |it| it + 1);
    let class = match digits {
        0..=6 => CLASSES.iter().filter(|limit| wall > **limit).count(),
        7 => 0,
        8 | 9 => 1,
        _ => 2,
    };
    (class, digits, at)
}

/// The order in which mutants are begun: those whose first test is slow first, so that none is alone at the end.
pub(crate) fn begin_with(image: &Image, baseline: &BaselineResult, plan: &Plan) -> Vec<usize> {
    let mut order: Vec<usize> = (0..image.mutants.len()).collect();
    order.sort_by_cached_key(|at| {
        let tests = plan.tests(&image.mutants[*at]);
        let first = tests.first().map_or(Duration::ZERO, |it| baseline.tests[*it].wall);
        // Equal to the nearest tenth of a second: then the order of mutants stays.
        (Reverse(first.as_millis() / 100), *at)
    });
    order
}

#[cfg(test)]
mod tests;
