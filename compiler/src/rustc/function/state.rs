//! What the compiler of functions keeps from one edit to the next, and shares with its background work.

use std::collections::HashSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::cut::{Cut, Id};
use super::opaque::{Opaque, Provider};
use super::part::Part;
use super::quick::Last;
use super::text::Derived;
use crate::Compiled;
use crate::shim::{Exclusions, KeepLine};
use crate::source::{Cancel, Support};

#[derive(Default)]
pub(super) struct Shared {
    pub(super) state: Mutex<State>,
    /// The background work has come to an end, or is to begin or end at once.
    pub(super) rested: Condvar,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) base: Option<Arc<Base>>,
    pub(super) opaque: Option<Arc<Opaque>>,
    pub(super) known: Option<Known>,
    /// Functions that were compiled alone since, newest last.
    pub(super) units: Vec<Arc<Provider>>,
    pub(super) job: Option<Job>,
    /// The number of the last job.
    pub(super) jobs: u64,
    /// Compiles in the foreground, and when the last one began or ended.
    pub(super) compiling: usize,
    pub(super) touched: Option<Instant>,
    /// Somebody waits for the background work.
    pub(super) is_awaited: bool,
    pub(super) said: HashSet<String>,
    /// What was compiled last, alone or as a whole.
    pub(super) last: Option<Arc<Last>>,
}

/// The last compile of the whole file.
pub(super) struct Base {
    pub(super) cut: Cut,
    pub(super) derived: Vec<Derived>,
    pub(super) support: Vec<Support>,
    pub(super) excluded: Exclusions,
    pub(super) keep: Vec<Vec<(KeepLine, Option<Id>)>>,
    pub(super) compiled: Compiled,
}

/// A base's object, in which the functions that an opaque whole names are known by name.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) base: Arc<Base>,
    pub(super) opaque: Arc<Opaque>,
    pub(super) part: Arc<Part>,
}

impl Known {
    pub(super) fn new(base: &Arc<Base>, opaque: &Arc<Opaque>) -> Result<Known, String> {
        let is_known = |name: &str| opaque.by_symbol.contains_key(name);
        let part = Part::with_names(base.compiled.object.clone(), &is_known)?;
        Ok(Known { base: base.clone(), opaque: opaque.clone(), part: Arc::new(part) })
    }

    pub(super) fn is_of(&self, base: &Arc<Base>, opaque: &Arc<Opaque>) -> bool {
        Arc::ptr_eq(&self.base, base) && Arc::ptr_eq(&self.opaque, opaque)
    }
}

/// The opaque whole being compiled.
pub(super) struct Job {
    pub(super) number: u64,
    pub(super) cut: Cut,
    pub(super) cancel: Cancel,
    pub(super) thread: Option<JoinHandle<()>>,
}

/// How long no edit comes before the background work begins: it takes the core that the next edit needs.
const QUIET: Duration = Duration::from_millis(200);

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A compile in the foreground, until the result is dropped.
    pub(super) fn compiling(&self) -> Compiling<'_> {
        let mut state = self.lock();
        state.compiling += 1;
        state.touched = Some(Instant::now());
        Compiling(self)
    }

    /// Waits until no edit came for a while, or somebody waits for the background work or gives it up.
    pub(super) fn wait_for_quiet(&self, cancel: &Cancel) {
        let mut state = self.lock();
        while !state.is_awaited && !cancel.is_cancelled() {
            let passed = state.touched.map_or(QUIET, |touched| touched.elapsed());
            if state.compiling == 0 && passed >= QUIET {
                return;
            }
            let rest = QUIET.saturating_sub(passed).max(QUIET / 8);
            let waited = self.rested.wait_timeout(state, rest);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// See [`Shared::compiling`].
pub(super) struct Compiling<'a>(&'a Shared);

impl Drop for Compiling<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.compiling -= 1;
        state.touched = Some(Instant::now());
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shared")
    }
}
