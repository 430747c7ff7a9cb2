//! The asymmetric barrier: nothing for the caller, `membarrier` for the reclaimer.
//!
//! `light` stands between announcing an epoch and loading a slot; `heavy` between storing a slot
//! and reading the announcements. Together they order the two sides as a pair of full fences would
//! (the protocol is told in `epoch`).

/// The caller's half: keeps the compiler from moving a load of a slot before the announcement.
#[inline(always)]
pub(super) fn light() {
    // SeqCst: pairs with `heavy`, which makes a full fence of it where it matters.
    #[cfg(not(loom))]
    std::sync::atomic::compiler_fence(std::sync::atomic::Ordering::SeqCst);
    // SeqCst: pairs with the fence in `heavy`; loom has no membarrier, so the model pays on both sides.
    #[cfg(loom)]
    loom::sync::atomic::fence(loom::sync::atomic::Ordering::SeqCst);
}

/// The reclaimer's half: every running thread of the process passes a full fence during this call.
#[cfg(not(loom))]
pub(super) fn heavy() {
    let result = membarrier(libc::MEMBARRIER_CMD_PRIVATE_EXPEDITED);
    // `Program::open` has registered the process, after which the command has no way to fail
    // (membarrier(2)). Were it to fail all the same, going on would free code in use.
    assert_eq!(result, 0, "membarrier failed after it was registered");
}

/// The reclaimer's half, as loom knows it.
#[cfg(loom)]
pub(super) fn heavy() {
    // SeqCst: pairs with the fence in `light`.
    loom::sync::atomic::fence(loom::sync::atomic::Ordering::SeqCst);
}

/// Registers the process for the expedited barrier, and says whether the kernel has it.
///
/// Linux since 4.14; containers may forbid the call.
pub fn membarrier_available() -> bool {
    membarrier(libc::MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0
}

fn membarrier(command: libc::c_int) -> libc::c_long {
    // SAFETY: membarrier(2) takes a command, flags and a core number, and touches no memory of ours.
    unsafe { libc::syscall(libc::SYS_membarrier, command, 0, 0) }
}
