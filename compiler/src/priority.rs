//! Compilers run at low priority: on a small machine they are the main cause of missed audio blocks.

use std::cell::Cell;

thread_local! {
    /// Whether compiles that this thread asks for keep its priority.
    static KEEPS: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; what it has compiled is compiled at the priority of this thread. For the first compile of a
/// program, while nothing plays: nobody is disturbed, and somebody waits.
pub fn keep_priority<R>(work: impl FnOnce() -> R) -> R {
    struct Before(bool);
    impl Drop for Before {
        fn drop(&mut self) {
            KEEPS.set(self.0);
        }
    }
    let _before = Before(KEEPS.replace(true));
    work()
}

/// Whether what this thread asks for is compiled at its priority.
#[cfg(feature = "jit")]
pub(crate) fn is_kept() -> bool {
    KEEPS.get()
}

/// What the thread of a compile does first; made on the thread that asks for the compile.
#[cfg(feature = "rustc")]
pub(crate) fn of_compile() -> impl FnOnce() + Send {
    let keeps = KEEPS.get();
    move || {
        if !keeps {
            lower_priority_of_this_thread();
        }
    }
}

/// A niceness from 0 to 19 instead of the lowest: where nothing has to keep a pace, and other work
/// keeps the processor busy, edits would wait for it.
const NICENESS: &str = "SEGUE_NICE";

/// Gives the calling thread the lowest ordinary priority (nice 19, `SCHED_BATCH`), or the niceness that
/// the environment variable `SEGUE_NICE` names.
///
/// Processes it starts inherit it, which is how rustc comes to run at low priority. An ordinary
/// user cannot raise the priority again, so **it is called on a thread that does nothing but compile**:
/// whoever hands texts to a compiler and takes objects from it keeps the priority it has.
/// `SCHED_IDLE` is not used: beside another build it would starve an edit for seconds.
/// A system that refuses is not an error: the compile is then merely less polite.
pub fn lower_priority_of_this_thread() {
    let niceness = niceness(std::env::var(NICENESS).ok().as_deref());
    // SAFETY: both calls only read their arguments; 0 names the calling thread (on Linux the nice
    // value and the policy belong to the thread), and `parameters` outlives the call.
    unsafe {
        libc::setpriority(libc::PRIO_PROCESS, 0, niceness);
        let parameters = libc::sched_param { sched_priority: 0 };
        libc::sched_setscheduler(0, libc::SCHED_BATCH, &raw const parameters);
    }
}

/// What this text asks for, the lowest priority where it asks for none.
pub(crate) fn niceness(named: Option<&str>) -> i32 {
    let named = named.and_then(|text| text.trim().parse().ok());
    named.filter(|niceness| (0..=19).contains(niceness)).unwrap_or(19)
}
