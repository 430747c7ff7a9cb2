//! The reclaiming thread: one per program, asleep while nothing waits.
//!
//! It depends on nothing that can be held up: not on the core's lock, not on the program's thread,
//! which compiles, links and runs the file's own `Default` and `Drop`. It outlives the program as
//! long as handles, closures or participants do, and ends with the last of them.

use std::{
    sync::{Arc, Weak},
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

use crate::epoch::{Epochs, Witness};

/// How long after something was retired the thread looks again.
const FIRST: Duration = Duration::from_millis(1);
/// And how long at most between two looks: what is free by then is reclaimed within 100 ms even where
/// the machine lets the thread wait. Each look interrupts every running thread of the process once.
const LAST: Duration = Duration::from_millis(20);

/// How long a participant may hold code up before the stacks are looked at.
const PARKED: Duration = Duration::from_millis(60);
/// How long at most between two looks at the stacks, which cost a few system calls for each thread.
const SELDOM: Duration = Duration::from_millis(960);

/// The epochs of a program, with a thread that reclaims. It asks `witness` about what is held up.
///
/// # Errors
///
/// When the machine gives no thread.
pub(crate) fn start(witness: Option<Arc<dyn Witness>>) -> std::io::Result<Arc<Epochs>> {
    let (bell, heard) = bounded(1);
    let epochs = Epochs::new(Some(bell));
    let reclaimer = Reclaimer { epochs: Arc::downgrade(&epochs), bell: heard, witness };
    thread::Builder::new().name("segue-reclaim".into()).spawn(move || reclaimer.run())?;
    Ok(epochs)
}

struct Reclaimer {
    /// Between two looks nobody is kept alive by this thread.
    epochs: Weak<Epochs>,
    bell: Receiver<()>,
    witness: Option<Arc<dyn Witness>>,
}

impl Reclaimer {
    fn run(&self) {
        while self.bell.recv().is_ok() && self.empty().is_some() {}
    }

    /// Looks, ever more seldom, until nothing waits any more. `None` when the epochs are gone.
    fn empty(&self) -> Option<()> {
        let (mut pause, mut parked) = (FIRST, PARKED);
        let (mut next, mut next_stacks) = (Instant::now(), Instant::now() + PARKED);
        loop {
            let now = Instant::now();
            let witness = self.witness.as_deref().filter(|_| now >= next_stacks);
            if self.epochs.upgrade()?.reclaim(witness) == 0 {
                return Some(());
            }
            if witness.is_some() {
                parked = (parked * 2).min(SELDOM);
                next_stacks = Instant::now() + parked;
            }
            next = next.max(now) + pause;
            pause = (pause * 2).min(LAST);
            if self.pause_until(next)? {
                // What was retired just now is likely to be free soon.
                (pause, parked) = (FIRST, PARKED);
                next_stacks = next_stacks.min(Instant::now() + PARKED);
            }
        }
    }

    /// Whether the bell rang meanwhile, which does not end the pause.
    fn pause_until(&self, next: Instant) -> Option<bool> {
        let mut rang = false;
        while let Some(left) = next.checked_duration_since(Instant::now()) {
            match self.bell.recv_timeout(left) {
                Ok(()) => rang = true,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        Some(rang)
    }
}
