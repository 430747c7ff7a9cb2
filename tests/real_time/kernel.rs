//! System calls, noticed by the kernel itself: syscall user dispatch (prctl(2), Linux 5.11) turns each
//! one of a marked thread into a signal instead of executing it.
//!
//! A byte of the thread's own says whether that is so, so marking and unmarking are plain stores.

use std::{
    cell::Cell,
    io, ptr,
    sync::{
        Once,
        atomic::{AtomicU8, Ordering},
    },
};

/// `PR_SET_SYSCALL_USER_DISPATCH` and its values, from linux/prctl.h.
const SET_DISPATCH: libc::c_int = 59;
const DISPATCH_OFF: libc::c_ulong = 0;
const DISPATCH_ON: libc::c_ulong = 1;
const ALLOW: u8 = 0;
const BLOCK: u8 = 1;
/// Bytes of the instruction `syscall`.
const SYSCALL_SIZE: i64 = 2;

thread_local! {
    /// Read by the kernel at every system call of this thread.
    static SELECTOR: AtomicU8 = const { AtomicU8::new(ALLOW) };
    static FIRST: Cell<Option<i64>> = const { Cell::new(None) };
}

/// The number of the first system call that `work` makes on this thread, if it makes any. It is
/// executed, as are all after it.
pub(crate) fn system_calls(work: impl FnOnce()) -> Option<i64> {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| on_signal(libc::SIGSYS, note));
    FIRST.set(None);
    SELECTOR.with(|selector| {
        dispatch(DISPATCH_ON, selector.as_ptr());
        // Relaxed: this thread, the kernel on its behalf, and its signal handler are all who look.
        selector.store(BLOCK, Ordering::Relaxed);
        work();
        selector.store(ALLOW, Ordering::Relaxed);
    });
    dispatch(DISPATCH_OFF, ptr::null_mut());
    FIRST.take()
}

fn dispatch(mode: libc::c_ulong, selector: *mut u8) {
    let none: libc::c_ulong = 0;
    // SAFETY: the selector is a thread-local that outlives the marked stretch; off takes no pointer.
    let result = unsafe { libc::prctl(SET_DISPATCH, mode, none, none, selector) };
    assert_eq!(result, 0, "syscall user dispatch (Linux 5.11): {}", io::Error::last_os_error());
}

/// Notes the system call that was about to be made, and lets it and all later ones pass.
extern "C" fn note(_: libc::c_int, _: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // Relaxed: as above. Before anything else, since returning from a handler is a system call too.
    SELECTOR.with(|selector| selector.store(ALLOW, Ordering::Relaxed));
    // SAFETY: the kernel hands a handler with SA_SIGINFO this thread's context.
    let registers = unsafe { &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs };
    FIRST.set(Some(registers[libc::REG_RAX as usize]));
    registers[libc::REG_RIP as usize] -= SYSCALL_SIZE;
}

/// A signal's handler as the kernel calls it with `SA_SIGINFO`.
pub(crate) type Handler = extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);

/// Has `signal` handled by `handler`.
pub(crate) fn on_signal(signal: libc::c_int, handler: Handler) {
    // SAFETY: an action of all zeroes has an empty mask; the handlers of this binary store to
    // atomics and thread-locals without destructors only, which may be done at any moment.
    let result = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO;
        libc::sigaction(signal, &action, ptr::null_mut())
    };
    assert_eq!(result, 0, "sigaction: {}", io::Error::last_os_error());
}

#[test]
fn a_system_call_would_be_noticed() {
    // SAFETY: reads a number.
    let parent = || assert!(unsafe { libc::getppid() } > 0);
    assert_eq!(system_calls(parent), Some(libc::SYS_getppid));
    assert_eq!(system_calls(std::thread::yield_now), Some(libc::SYS_sched_yield));
    let add = || assert!(std::hint::black_box(1) + 1 == 2);
    assert_eq!(system_calls(add), None);
}
