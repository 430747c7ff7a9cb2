//! Compilers run at low priority: on a small machine they are the main cause of missed audio blocks.

use std::cell::Cell;

thread_local! {
    static LOWERED: Cell<bool> = const { Cell::new(false) };
}

/// Gives the calling thread the lowest ordinary priority (nice 19, `SCHED_BATCH`), once.
///
/// Processes it starts inherit it, which is how rustc comes to run at low priority. An ordinary
/// user cannot raise the priority again, so **the caller dedicates a thread to compiling**.
/// `SCHED_IDLE` is not used: beside another build it would starve an edit for seconds.
/// A system that refuses is not an error: the compile is then merely less polite.
pub fn lower_priority_of_this_thread() {
    if LOWERED.replace(true) {
        return;
    }
    // SAFETY: both calls only read their arguments; 0 names the calling thread (on Linux the nice
    // value and the policy belong to the thread), and `parameters` outlives the call.
    unsafe {
        libc::setpriority(libc::PRIO_PROCESS, 0, 19);
        let parameters = libc::sched_param { sched_priority: 0 };
        libc::sched_setscheduler(0, libc::SCHED_BATCH, &raw const parameters);
    }
}
