//! A thread that stands by for faults: it sleeps until a calling thread wakes it, and then brings
//! what that thread left to the program's books, without waiting for the program's own thread to look.
//!
//! It also makes what the next fault will use up.
//!
//! Waking is a swap of a word and, if the thread sleeps, one system call: it neither locks nor
//! allocates, and happens after a fault only.

use std::{
    io,
    sync::Arc,
    thread::{self, JoinHandle, Thread},
};

use crate::{
    core::Core,
    fault,
    sync::{AtomicUsize, Ordering},
};

/// The thread, until drop.
pub(crate) struct Standby {
    ended: Arc<AtomicUsize>,
    thread: Option<JoinHandle<()>>,
}

impl Standby {
    /// Starts it for `core`.
    pub(crate) fn start(core: &Arc<Core>) -> io::Result<Standby> {
        let ended = Arc::new(AtomicUsize::new(0));
        let (core, end) = (core.clone(), ended.clone());
        let run = move || {
            // Acquire: pairs with the release store in `drop`.
            while end.load(Ordering::Acquire) == 0 {
                thread::park();
                core.tick();
                fault::make_ready();
            }
        };
        let thread = thread::Builder::new().name("segue-standby".into()).spawn(run)?;
        Ok(Standby { ended, thread: Some(thread) })
    }

    /// The thread, to be woken by `unpark`.
    pub(crate) fn thread(&self) -> Option<&Thread> {
        self.thread.as_ref().map(JoinHandle::thread)
    }
}

impl Drop for Standby {
    fn drop(&mut self) {
        // Release: pairs with the acquire load in `start`.
        self.ended.store(1, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A panic of the thread was reported when it happened.
            let _ = thread.join();
        }
    }
}
