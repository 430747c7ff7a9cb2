//! What a run is asked for, and what it tells while it goes on.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::again::Again;
use super::alone::Alone;
use crate::{Error, ErrorKind, MutantId, Outcome};

/// How a run goes about it.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// How many children at a time.
    pub jobs: usize,
    /// A test may take this many times what it takes unmutated: of processor time, and of time spent waiting.
    pub timeout_multiplier: f64,
    /// Processor time that every test may take; `None` for half a second, and less for those that take less than
    /// 2.5 ms unmutated.
    pub minimum_timeout: Option<Duration>,
    /// Time spent waiting (no thread wants a processor) that every test may take.
    pub minimum_waiting: Duration,
    /// What an unmutated test may take by the clock, before it counts as hanging.
    pub baseline_timeout: Duration,
    /// Address space of a test, in bytes; `None` sets no limit. A test that needs more unmutated has none.
    pub memory: Option<u64>,
    /// Whether a test that fails unmutated is an error.
    pub baseline: Baseline,
    /// Whether what a test does before it enters a function with mutants is run once for all of them.
    pub prefix: Prefix,
    /// Judge these only; `None` for all.
    pub only: Option<Vec<MutantId>>,
    /// Where verdicts are kept from run to run: those that an edit does not concern are taken from there. `None`
    /// judges every mutant and keeps nothing.
    pub remembered: Option<PathBuf>,
    /// What verdicts depend on besides the image and its workspace: what was found with another text here is not remembered.
    pub told: String,
    /// Who builds mutants that need a build of their own; without, they are not judged.
    pub alone: Option<Arc<Mutex<dyn Alone>>>,
    /// Who builds the tests again, optimised, where they take long; without, they stay as they are.
    pub again: Option<Arc<Mutex<dyn Again>>>,
    /// Set it to end the run early.
    pub stop: Arc<AtomicBool>,
}

/// What becomes of tests that fail before any mutant is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline {
    /// They are an error.
    MustPass,
    /// They are left out, and named.
    Skip,
}

/// When the prefix of a test, up to its first call of a function with mutants, is run once for all mutants. It changes no
/// verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    /// Where it takes so long, and so many mutants need it, that this gains time.
    WhenLong,
    /// Wherever it can be.
    Always,
    /// Nowhere.
    Never,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            jobs: std::thread::available_parallelism().map_or(1, |it| it.get()),
            timeout_multiplier: 5.0,
            minimum_timeout: None,
            minimum_waiting: Duration::from_secs(2),
            baseline_timeout: Duration::from_secs(300),
            memory: Some(4 << 30),
            baseline: Baseline::MustPass,
            prefix: Prefix::WhenLong,
            only: None,
            remembered: None,
            told: String::new(),
            alone: None,
            again: None,
            stop: Arc::default(),
        }
    }
}

impl RunOptions {
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether all is within its bounds.
    ///
    /// # Errors
    ///
    /// It says what is not, and the bounds.
    pub fn check(&self) -> Result<(), Error> {
        if self.timeout_multiplier.is_finite() && (1.0..=1e6).contains(&self.timeout_multiplier) {
            return Ok(());
        }
        let given = self.timeout_multiplier;
        let message = format!("the timeout multiplier is {given}: give a number from 1 to 1000000");
        Err(Error::new(ErrorKind::Usage, message))
    }
}

/// Why a test judges no mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LeftOut {
    /// It passed once and failed once, unmutated.
    Flaky,
    /// It fails alone and passes after the others of its binary.
    OrderDependent,
    /// It fails, and the baseline is skipped.
    Failing,
}

/// What a run tells.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunEvent<'a> {
    /// The tests are known; each is run alone, without a mutant.
    BaselineBegins {
        /// How many.
        tests: usize,
        /// How many are marked `#[ignore]`, and so are not run.
        ignored: usize,
    },
    /// A test is left out.
    LeftOut {
        /// Which, `binary::test`.
        test: &'a str,
        /// Why.
        why: LeftOut,
        /// The end of its output.
        output: &'a str,
    },
    /// A test entered other functions when it was run again: chance or time plays a part in it. It judges.
    Unsteady {
        /// Which, `binary::test`.
        test: &'a str,
    },
    /// The baseline is done.
    BaselineEnds {
        /// How many tests judge.
        tests: usize,
        /// From the beginning of the run.
        took: Duration,
    },
    /// The tests take long, and are built again, optimised.
    BuildsAgain {
        /// What they take for all mutants as they are, in processor time and at most.
        tests: Duration,
    },
    /// The tests are built again, and were run without a mutant.
    BuiltAgain {
        /// Whether they pass so; otherwise they stay as they were.
        is_used: bool,
        /// From the beginning of the run.
        took: Duration,
    },
    /// What a test does before its first call of a function with mutants is run once.
    PrefixOnce {
        /// Which, `binary::test`.
        test: &'a str,
        /// What that takes, in processor time.
        prefix: Duration,
    },
    /// A mutant is built alone.
    BuildsAlone {
        /// How many have been, with this one.
        done: usize,
        /// Of how many.
        total: usize,
    },
    /// A mutant was judged.
    Judged {
        /// Its outcome.
        outcome: &'a Outcome,
        /// How many have been, with this one.
        done: usize,
        /// Of how many.
        total: usize,
    },
}
