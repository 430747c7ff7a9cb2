//! Linking both ways and comparing, over many objects with two threads.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::compare::Comparison;
use crate::ours::{Layout, Live, Ours};
use crate::report::Counts;
use crate::subject::Subject;
use crate::theirs::{Refused, Theirs};
use crate::threads::{self, Host};
use crate::unwind;

/// What came out of one or many comparisons.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) counts: Counts,
    /// Links compared, up to two an object.
    pub(crate) links: u64,
    /// Differences: object, section, offset, what.
    pub(crate) problems: Vec<String>,
    /// Objects that one side would not link, and why.
    pub(crate) refused: Vec<String>,
}

impl Outcome {
    fn merge(&mut self, other: Outcome) {
        self.counts.merge(&other.counts);
        self.links += other.links;
        self.problems.extend(other.problems);
        self.refused.extend(other.refused);
    }

    /// Fails with the first differences there are.
    pub(crate) fn assert_equal(&self) {
        let shown: Vec<&str> = self.problems.iter().take(40).map(String::as_str).collect();
        let count = self.problems.len();
        assert!(count == 0, "{count} differences from ld:\n{}\n", shown.join("\n"));
    }
}

/// Links `subject` both ways and compares.
pub(crate) fn compare(subject: &Subject, live: Live, layout: Layout, folder: &Path) -> Outcome {
    let mut outcome = Outcome::default();
    let host = threads::concern(subject).then(|| Host::make(subject, folder));
    let ours = match Ours::link(subject, live, layout, host.as_ref()) {
        Ok(ours) => ours,
        Err(error) => {
            outcome.refused.push(format!("Segue, {live:?}: {error}"));
            return outcome;
        }
    };
    let theirs = match Theirs::link(subject, &ours, host.as_ref(), folder) {
        Ok(theirs) => theirs,
        Err(Refused(why)) => {
            outcome.refused.push(format!("ld, {live:?}: {}: {why}", subject.name));
            return outcome;
        }
    };
    let (counts, problems) = differences(subject, &ours, &theirs);
    outcome.links = 1;
    outcome.counts = counts;
    let name = &subject.name;
    outcome.problems.extend(problems.into_iter().map(|it| format!("{name}, {live:?}: {it}")));
    outcome
}

/// Everything that is not the same in both.
pub(crate) fn differences(
    subject: &Subject,
    ours: &Ours,
    theirs: &Theirs,
) -> (Counts, Vec<String>) {
    let mut comparison = Comparison::new(subject, ours, theirs);
    comparison.run();
    let (frames, problems) = unwind::compare(subject, ours, theirs);
    comparison.counts.frames += frames;
    comparison.problems.extend(problems);
    (comparison.counts, comparison.problems)
}

/// Compares `count` objects, each with all functions live and with as few as reach everything.
pub(crate) fn compare_all(
    count: usize,
    subject: &(dyn Fn(usize) -> (Subject, Layout) + Sync),
) -> Outcome {
    let next = AtomicUsize::new(0);
    let sum = Mutex::new(Outcome::default());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let folder = tempfile::tempdir().unwrap();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        break;
                    }
                    let (subject, layout) = subject(index);
                    for live in [Live::All, Live::Few] {
                        let outcome = compare(&subject, live, layout, folder.path());
                        sum.lock().unwrap().merge(outcome);
                    }
                }
            });
        }
    });
    let mut sum = sum.into_inner().unwrap();
    sum.problems.sort();
    sum.refused.sort();
    sum
}
