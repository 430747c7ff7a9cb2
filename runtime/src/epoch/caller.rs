//! The thread that registers a participant, by the kernel's number, for as long as it lives.

use crate::sync::{Arc, AtomicUsize, Ordering};

/// A thread of this process.
#[derive(Debug)]
pub(crate) struct Caller {
    number: u32,
    /// Not 0 once the thread ends: another one may get its number then.
    ended: AtomicUsize,
}

impl Caller {
    /// Whether this is the thread with that number, and still is when this returns.
    pub(super) fn is(&self, number: u32) -> bool {
        // Acquire: pairs with the release store in `Ending::drop`.
        self.number == number && self.ended.load(Ordering::Acquire) == 0
    }

    /// The calling thread, where the kernel tells its number.
    #[cfg(not(loom))]
    pub(super) fn here() -> Option<Arc<Caller>> {
        // A thread that is ending registers as nobody.
        HERE.try_with(|here| here.0.clone()).ok().flatten()
    }

    /// The models have no kernel.
    #[cfg(loom)]
    pub(super) fn here() -> Option<Arc<Caller>> {
        None
    }
}

/// The number of the calling thread as `/proc/self/task` names it.
#[cfg(not(loom))]
pub(super) fn number() -> Option<u32> {
    let link = std::fs::read_link("/proc/thread-self").ok()?;
    link.file_name()?.to_str()?.parse().ok()
}

#[cfg(not(loom))]
struct Ending(Option<Arc<Caller>>);

#[cfg(not(loom))]
impl Drop for Ending {
    fn drop(&mut self) {
        if let Some(caller) = &self.0 {
            // Release: pairs with the acquire load in `Caller::is`: whoever finds the number in use by
            // another thread finds this as well.
            caller.ended.store(1, Ordering::Release);
        }
    }
}

#[cfg(not(loom))]
thread_local! {
    static HERE: Ending = Ending(
        number().map(|number| Arc::new(Caller { number, ended: AtomicUsize::new(0) })),
    );
}
