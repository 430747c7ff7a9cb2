//! Mutants that need builds of their own, in a row: first rustc is asked of all of them at once, and only those of which it does
//! not say enough are built. One of the threads that judge does it first, while the others judge: so it is one of the jobs.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::alone::{Alone, Known, judge_alone, lock};
use super::baseline::BaselineResult;
use super::choose::Plan;
use super::hits::Entered;
use super::judge::{begin, titles};
use super::options::RunOptions;
use crate::{Error, Image, ImageMutant, MutantId, Outcome, TestBinary, Verdict};

/// What happens while mutants are judged.
#[derive(Debug)]
pub(crate) enum Step {
    /// One is built: so many have been, with this one.
    Builds { done: usize, total: usize },
    /// One has a verdict, by its place in the image. What its tests entered is there for those who remember it.
    Judged { at: usize, outcome: Outcome, entered: Option<Entered> },
}

/// Judges the mutants at these places of the image, until the run is to stop or `say` gives back that nobody listens any more.
pub(crate) fn judge_by_builds(
    image: &Image,
    options: &RunOptions,
    mutants: &[usize],
    baseline: &BaselineResult,
    plan: &Plan,
    remembers: bool,
    say: &mut dyn FnMut(Step) -> bool,
) -> Result<(), Error> {
    let Some(alone) = &options.alone else { return Ok(()) };
    let mut alone = lock(alone);
    if is_of_one_package(image) {
        alone.needs(&needed(image, mutants, baseline, plan));
    }
    let known = survey(image, mutants, &mut *alone);
    let is_built = |at: &&usize| !known.contains_key(&image.mutants[**at].id());
    let (to_build, others): (Vec<&usize>, Vec<&usize>) = mutants.iter().partition(is_built);
    let mut judged: BTreeMap<MutantId, (Outcome, Option<Entered>)> = BTreeMap::new();
    for (done, at) in to_build.iter().enumerate() {
        let step = Step::Builds { done: done + 1, total: to_build.len() };
        if options.is_stopped() || !say(step) {
            break;
        }
        let mutant = &image.mutants[**at];
        let mut entered = remembers.then(Entered::default);
        let outcome =
            judge_alone(image, options, &mut *alone, mutant, baseline, plan, &mut entered)?;
        let Some(outcome) = outcome else { break };
        say(Step::Judged { at: **at, outcome: outcome.clone(), entered: entered.clone() });
        judged.insert(mutant.id(), (outcome, entered));
    }
    for at in others {
        let mutant = &image.mutants[*at];
        let nothing = remembers.then(Entered::default);
        let (outcome, entered) = match known.get(&mutant.id()) {
            Some(Known::Same(other)) => match judged.get(other) {
                Some((outcome, entered)) => (same(mutant, outcome), entered.clone()),
                // The run was stopped before.
                None => continue,
            },
            Some(Known::Rejected(why)) => (rejected(mutant, why), nothing),
            Some(Known::Unchanged) | None => (unchanged(mutant, baseline, plan), nothing),
        };
        say(Step::Judged { at: *at, outcome, entered });
    }
    alone.finish()
}

/// Whether what is built for a binary of the image has the code of every mutant in it: of several packages, one may be in no
/// binary that is needed, and rustc would not be asked about it.
fn is_of_one_package(image: &Image) -> bool {
    let mutants = image.mutants.iter().map(|it| it.mutant.package.as_str());
    let binaries = image.binaries.iter().map(|it| it.package.as_str());
    mutants.chain(binaries).collect::<BTreeSet<_>>().len() == 1
}

/// The binaries whose tests judge these mutants.
fn needed<'i>(
    image: &'i Image,
    mutants: &[usize],
    baseline: &BaselineResult,
    plan: &Plan,
) -> Vec<&'i TestBinary> {
    let tests = mutants.iter().flat_map(|at| plan.tests(&image.mutants[*at]));
    let binaries: BTreeSet<usize> = tests.map(|at| baseline.tests[*at].test.binary).collect();
    binaries.into_iter().map(|at| &image.binaries[at]).collect()
}

/// What is known of mutants before they are built. If that cannot be asked, each build says what is the matter.
fn survey(image: &Image, mutants: &[usize], alone: &mut dyn Alone) -> BTreeMap<MutantId, Known> {
    let mutants: Vec<_> = mutants.iter().map(|at| &image.mutants[*at].mutant).collect();
    alone.survey(&mutants).unwrap_or_default()
}

fn rejected(mutant: &ImageMutant, why: &str) -> Outcome {
    Outcome { verdict: Verdict::Unviable, detail: why.to_owned(), ..begin(mutant) }
}

/// No test can notice a mutant that changes nothing.
fn unchanged(mutant: &ImageMutant, baseline: &BaselineResult, plan: &Plan) -> Outcome {
    let tests = plan.tests(mutant);
    Outcome {
        verdict: if tests.is_empty() { Verdict::NotReached } else { Verdict::Missed },
        reached_by: titles(tests, baseline),
        detail: "the constant has the value that it had".to_owned(),
        ..begin(mutant)
    }
}

/// The outcome of a mutant whose constant has the same value as with another.
fn same(mutant: &ImageMutant, other: &Outcome) -> Outcome {
    Outcome {
        mutant: mutant.id(),
        tests_run: 0,
        took: Vec::new(),
        duration: Duration::ZERO,
        ..other.clone()
    }
}
