//! How much the front end does for one text, counted in the questions that its queries ask of each other. Types that
//! double, constants that ask for ever larger ones and macros that expand to two of themselves have no end that anybody
//! sees; so there are limits, of numbers and not of time: a text is accepted on every machine or on none.
//!
//! Each question is also where a compile ends that was cancelled. Below [`STRIDE`] questions that is left to who asks
//! ([`Cancel::is_cancelled`] stands between its steps): an ordinary edit asks fewer, and what is known of its text stays.
//!
//! salsa reports each question before it looks whether it is to end here, on the thread that asks.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use salsa::{CancellationToken, Cancelled, Event, EventKind};

use super::database::Database;
use crate::source::Cancel;

/// How many questions are asked between two looks at what they are for.
pub(crate) const STRIDE: u64 = 1 << 12;

/// How many a text may take in all (the most that a program of `tests/cases` takes are 1.5 million), beside [`BYTE`] for each of its bytes.
const WHOLE: u64 = 1 << 25;

/// How many each byte of the text adds to that, and to what finding its items may take.
const BYTE: u64 = 1 << 7;

/// How much of the stack may be in use when a question is asked. Who compiles has 64 MiB: a constant that asks for ever
/// larger ones was the end of the process.
const DEEP: usize = 48 << 20;

/// How many are left, beyond the limit, to say what it was that went beyond it.
const LEFT: u64 = 1 << 20;

/// A part of a text, which has a limit of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Finding the items of the text, and what its macros expand to.
    Items,
    /// Checking one body, or lowering one function.
    Body,
}

impl Part {
    /// How many questions it may take, in a text of so many bytes.
    fn limit(self, bytes: u64) -> u64 {
        match self {
            // The most that the programs with crates take are 53,829.
            Part::Items => (1 << 20) + BYTE * bytes,
            // 729,914, in one that has `fixed`.
            Part::Body => 1 << 24,
        }
    }
}

/// See the module. The counters are read and written by the thread that asks, and by one at a time.
#[derive(Clone, Debug)]
pub(crate) struct Effort(Arc<Counts>);

#[derive(Debug)]
struct Counts {
    /// Questions asked for this text.
    asked: AtomicU64,
    /// After how many to look next.
    look: AtomicU64,
    /// Where the stack may not be lower.
    lowest: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Ends what the database is asked. There is one from the moment that there is a database.
    token: CancellationToken,
    /// Ends what this text is compiled for.
    cancel: Cancel,
    /// After how many questions the part began.
    began: u64,
    /// How many it may take.
    limit: u64,
    /// After how many the text is to end, whatever part it is in.
    end: u64,
    /// How long the text is.
    bytes: u64,
    /// Whether a limit was met.
    is_beyond: bool,
    /// The limit of each part, where a test has a lower one.
    #[cfg(test)]
    lower: Option<u64>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endless {
    /// More was asked than is allowed.
    Questions,
    /// Types are larger than anybody can walk.
    Types,
}

impl Default for Effort {
    fn default() -> Effort {
        let state = State {
            token: CancellationToken::default(),
            cancel: Cancel::default(),
            began: 0,
            limit: WHOLE,
            end: WHOLE,
            bytes: 0,
            is_beyond: false,
            #[cfg(test)]
            lower: None,
        };
        let (asked, look) = (AtomicU64::new(0), AtomicU64::new(STRIDE));
        let lowest = AtomicUsize::new(0);
        Effort(Arc::new(Counts { asked, look, lowest, state: Mutex::new(state) }))
    }
}

impl Effort {
    /// What salsa calls for each question.
    pub(super) fn counter(&self) -> Box<dyn Fn(Event) + Send + Sync> {
        let counts = Arc::clone(&self.0);
        Box::new(move |event| {
            if !matches!(event.kind, EventKind::WillCheckCancellation) {
                return;
            }
            let asked = counts.asked.load(Ordering::Relaxed) + 1;
            counts.asked.store(asked, Ordering::Relaxed);
            // Stacks grow downwards.
            let here = std::ptr::from_ref(&asked).addr();
            let is_deep = here < counts.lowest.load(Ordering::Relaxed);
            if is_deep || asked >= counts.look.load(Ordering::Relaxed) {
                counts.look_at(asked, is_deep);
            }
        })
    }

    /// What the counter belongs to has this token.
    pub(super) fn belongs_to(&self, token: CancellationToken) {
        self.0.state().token = token;
    }

    /// Another text: nothing was asked for it yet.
    pub(crate) fn begin(&self, cancel: &Cancel) {
        let lowest = std::ptr::from_ref(&cancel).addr().saturating_sub(DEEP);
        self.0.lowest.store(lowest, Ordering::Relaxed);
        let mut state = self.0.state();
        state.cancel = cancel.clone();
        state.begin();
        self.0.asked.store(0, Ordering::Relaxed);
        self.0.look.store(STRIDE, Ordering::Relaxed);
    }

    /// The text has so many bytes.
    pub(super) fn of_length(&self, bytes: usize) {
        let mut state = self.0.state();
        state.bytes = u64::try_from(bytes).unwrap_or(u64::MAX >> 8);
        if !state.is_beyond {
            state.end = WHOLE + BYTE * state.bytes;
        }
    }

    /// What is asked from now on is another part of the text, or none in particular.
    fn part(&self, part: Option<Part>) {
        let asked = self.0.asked.load(Ordering::Relaxed);
        let mut state = self.0.state();
        state.began = asked;
        state.limit = part.map_or(state.end, |part| part.limit(state.bytes));
        #[cfg(test)]
        if let Some(lower) = state.lower {
            state.limit = lower;
        }
    }

    /// Whether this panic is the end of something that has none.
    pub(crate) fn endless(&self, panic: &(dyn Any + Send)) -> Option<Endless> {
        match panic.is::<TooLarge>() {
            true => Some(Endless::Types),
            false => (is_cancelled(panic) && self.is_beyond()).then_some(Endless::Questions),
        }
    }

    /// Whether more was asked for this text than is allowed.
    pub(crate) fn is_beyond(&self) -> bool {
        self.0.state().is_beyond
    }
}

#[cfg(test)]
impl Effort {
    /// Each part may take so many.
    pub(crate) fn limit(&self, part: u64) {
        self.0.state().lower = Some(part);
    }

    /// How many were asked for this text.
    pub(crate) fn asked(&self) -> u64 {
        self.0.asked.load(Ordering::Relaxed)
    }
}

impl State {
    /// Nothing was asked yet.
    fn begin(&mut self) {
        (self.began, self.is_beyond) = (0, false);
        self.end = WHOLE + BYTE * self.bytes;
        self.limit = self.end;
    }
}

impl Counts {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look_at(&self, asked: u64, is_deep: bool) {
        self.look.store(asked + STRIDE, Ordering::Relaxed);
        let mut state = self.state();
        let is_beyond = is_deep || asked - state.began > state.limit || asked > state.end;
        if is_beyond || state.cancel.is_cancelled() {
            state.is_beyond |= is_beyond;
            state.token.cancel();
            // Where salsa repeats a query it ends nothing, and forgets the wish afterwards: it is made again.
            self.look.store(asked, Ordering::Relaxed);
        }
    }
}

impl Database {
    /// Asks as one part of a text, which has a limit of its own. Where the limit is met, what was asked ends, and it is
    /// still possible to ask a little: for what it was, and where it stands.
    pub(crate) fn within_limits<R>(
        &self,
        part: Part,
        ask: impl FnOnce() -> R,
    ) -> Result<R, Endless> {
        self.effort().part(Some(part));
        let answer = catch_unwind(AssertUnwindSafe(ask));
        self.effort().part(None);
        answer.map_err(|panic| {
            let Some(endless) = self.effort().endless(panic.as_ref()) else { resume_unwind(panic) };
            if endless == Endless::Questions {
                self.allow_a_little();
            }
            endless
        })
    }

    fn allow_a_little(&self) {
        let counts = &self.effort().0;
        let asked = counts.asked.load(Ordering::Relaxed);
        counts.state().end = asked + LEFT;
        // salsa takes the wish to end back when it has attached a database.
        salsa::Database::attach(self, |_| ());
    }
}

/// What ends a part of a text whose types are too large.
struct TooLarge;

/// Ends what is asked here, as salsa does where it is to end: it is no defect, so nobody is told of a panic.
pub(crate) fn types_too_large() -> ! {
    resume_unwind(Box::new(TooLarge))
}

/// Whether this is salsa's way of ending what was asked.
pub(crate) fn is_cancelled(panic: &(dyn Any + Send)) -> bool {
    matches!(panic.downcast_ref(), Some(Cancelled::Local))
}

/// What is said of a part of a text, or of all of it, that went beyond a limit.
pub(crate) fn endless(what: &str) -> String {
    format!(
        "{what} asks for more than the jit's front end is allowed to do: a type, a constant or a macro in it grows with each step"
    )
}
