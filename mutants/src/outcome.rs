//! What came of a mutant.
//!
//! Phase: run makes them, report writes them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::MutantId;

/// How a mutant is chosen at run time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tier {
    /// One pointer is stored: functions and inherent methods without generics.
    Slot,
    /// A switch inside of the body: generics, trait methods, `impl Trait`, async.
    Selector,
    /// An incremental build of its own: what is evaluated at compile time.
    Rebuild,
}

/// The verdict on a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Verdict {
    /// A test failed: the mutant was noticed.
    Caught,
    /// Every test that reaches it passed.
    Missed,
    /// No test reaches it: missed as well, and this is why.
    NotReached,
    /// A test took longer than its limit.
    Timeout,
    /// The compiler rejects it.
    Unviable,
    /// Its code is compiled out in this configuration: no mutant.
    NotCompiled,
    /// It could not be judged; [`Outcome::detail`] says why.
    NotJudged,
}

/// A mutant's verdict, and what shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Which mutant.
    pub mutant: MutantId,
    /// How it was chosen.
    pub tier: Option<Tier>,
    /// The verdict.
    pub verdict: Verdict,
    /// The tests that reach it, `binary::test`, in the order in which they were run.
    pub reached_by: Vec<String>,
    /// The test that failed or took too long.
    pub noticed_by: Option<String>,
    /// How many tests were run.
    pub tests_run: usize,
    /// What each of them took by the clock, in microseconds: from asking for it until its end was told, with the start of a
    /// process where one was needed.
    #[serde(default)]
    pub took: Vec<u64>,
    /// From the first fork to the last end, in all.
    pub duration: Duration,
    /// More to say: how the child ended (`exit status 101`, `signal 6`, `memory limit`), the end of its output, why it was not judged.
    pub detail: String,
    /// Whether it was taken from an earlier run, since neither its function nor its tests changed.
    pub remembered: bool,
}
