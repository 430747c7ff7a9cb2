//! Whether a closure is the one caller of its program, while it exchanges entries.
//!
//! A turn with entries is for the one caller: it changes several slots one after the other, which only
//! somebody who is inside no function may do. The closure does so when it takes the turn, and again
//! when it goes back on it, at a moment of its own. Before a second caller may begin, both must be
//! over, and the second must not happen any more.
//!
//! - *Going back*: the closure claims the word, exchanges entries, and gives the word back. It finds
//!   out if the word is not its own to claim; then the program goes back, as for several callers.
//! - *The program*, before a second caller is let in, takes the word for good. It waits for a claim to
//!   end, which is as long as the entries take.
//! - *Taking* needs no claim, since whoever takes a turn says so afterwards (its ticket): what could not
//!   be recalled is waited for.

use crate::sync::{AtomicUsize, Ordering, yield_now};

const ALONE: usize = 0;
const GOING_BACK: usize = 1;
const NOT_ALONE: usize = 2;

/// See the module.
#[derive(Debug)]
pub(crate) struct Alone(AtomicUsize);

impl Alone {
    pub(crate) fn new() -> Alone {
        Alone(AtomicUsize::new(ALONE))
    }

    /// The closure's side: while the claim lives no other caller is let in. `None` when one was.
    pub(crate) fn claim(&self) -> Option<Claim<'_>> {
        // Acquire: pairs with the release store in `Claim::drop`, of this thread's own earlier claim.
        // Relaxed, where there is none: nothing is done then.
        self.0.compare_exchange(ALONE, GOING_BACK, Ordering::Acquire, Ordering::Relaxed).ok()?;
        Some(Claim(self))
    }

    /// The program's side: from now on another caller may be inside at any moment.
    pub(crate) fn end(&self) {
        loop {
            // Acquire: pairs with the release store in `Claim::drop`. The failed one only looks again.
            let ended =
                self.0.compare_exchange(ALONE, NOT_ALONE, Ordering::Acquire, Ordering::Relaxed);
            if ended != Err(GOING_BACK) {
                return;
            }
            yield_now();
        }
    }
}

/// No other caller is let in while this lives.
pub(crate) struct Claim<'a>(&'a Alone);

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        // Release: pairs with the acquire half in `end`: who ends it sees the entries exchanged.
        self.0.0.store(ALONE, Ordering::Release);
    }
}

#[cfg(all(test, loom))]
mod tests;
