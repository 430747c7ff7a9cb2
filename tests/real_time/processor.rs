//! Every instruction that a stretch of work executes, by the processor's single-step flag.

use std::{
    arch::asm,
    sync::{
        Mutex, Once, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::kernel::on_signal;

/// More instructions than any stretch here has.
const ROOM: usize = 1 << 16;

static ADDRESSES: [AtomicUsize; ROOM] = [const { AtomicUsize::new(0) }; ROOM];
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// The addresses of the instructions that `work` executes on this thread, in order, with the few that
/// begin and end the stretch.
pub(crate) fn executed(work: impl FnOnce()) -> Vec<usize> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    static HANDLER: Once = Once::new();
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    HANDLER.call_once(|| on_signal(libc::SIGTRAP, note));
    // Relaxed, here and below: the signal is handled on this thread.
    COUNT.store(0, Ordering::Relaxed);
    // SAFETY: sets the trap flag; the handler is in place.
    unsafe { asm!("pushfq", "or qword ptr [rsp], 0x100", "popfq") };
    work();
    // SAFETY: clears the trap flag.
    unsafe { asm!("pushfq", "and qword ptr [rsp], -0x101", "popfq") };
    let count = COUNT.load(Ordering::Relaxed);
    assert!(count < ROOM, "more than {ROOM} instructions: make the stretch shorter");
    ADDRESSES[..count].iter().map(|address| address.load(Ordering::Relaxed)).collect()
}

/// Notes the instruction that comes next. The kernel clears the flag for the handler and sets it
/// again after it.
extern "C" fn note(_: libc::c_int, _: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: the kernel hands a handler with SA_SIGINFO this thread's context.
    let registers = unsafe { &(*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs };
    let index = COUNT.fetch_add(1, Ordering::Relaxed);
    if let Some(address) = ADDRESSES.get(index) {
        address.store(registers[libc::REG_RIP as usize] as usize, Ordering::Relaxed);
    }
}
