//! Faults that the processor reports: stack overflow, and on demand what is invalid otherwise.
//!
//! One handler for the whole process. It takes a signal only when the interrupted thread is inside
//! of a guard and the place is one that may be abandoned; every other signal goes on to whoever
//! handled it before (the standard library, a host), as if this handler were not there.
//!
//! # Which code may be abandoned
//!
//! 1. Live code: yes. What its frames own is leaked, what they have locked stays locked.
//! 2. The C library's functions that only read and write memory (`memcpy` and its like), called by
//!    live code itself: yes. They hold nothing.
//! 3. An address without code, jumped to by live code: yes.
//! 4. All other code of the host: no, since it may hold a lock (the allocator's, standard output's) or
//!    be half-way through what others rely on. A signal there goes on to the previous handler,
//!    which usually ends the process. A stack overflow waits until that code is back in live code:
//!    half of the zone (`thread`) is opened for it, and the return address in front of the innermost live
//!    frame leads to the guard. While a panic is on its way that address stays, since the unwinder
//!    goes by it. Should even that half be full (the host's code calls live code, which overflows
//!    for it), the rest is opened and the processor's single-step flag set: the first
//!    instruction in live code is the last.
//!
//! Host code further out, that called live code in its turn (a sort with a live comparison), is
//! abandoned with it; only the innermost can be asked whether it may be.
//!
//! Everything here is async-signal-safe: cells of the thread, loads of static words, `sigaction`,
//! `mprotect`, and the unwinder, which takes no lock for live code and only the dynamic linker's
//! (which a thread may take twice) for the host's.

use std::{
    ffi::{c_int, c_void},
    mem::MaybeUninit,
    sync::Once,
};

use segue_loader::is_live_code;

use super::{
    Faults,
    guard::{fault_address, leave, overflowed_address},
    thread::{FRAMES, Open, THREAD, Thread, Why},
};
use crate::sync::{AtomicUsize, Ordering};

/// The signals that can be asked for, with what each means.
const SIGNALS: [(c_int, &str, &str); 5] = [
    (libc::SIGSEGV, "SIGSEGV", "memory that is not there"),
    (libc::SIGBUS, "SIGBUS", "memory that is gone"),
    (libc::SIGFPE, "SIGFPE", "arithmetic that has no result"),
    (libc::SIGILL, "SIGILL", "an instruction that does not exist, or was never to be reached"),
    // Not to be asked for: it is how single steps are told.
    (libc::SIGTRAP, "SIGTRAP", "a breakpoint"),
];
/// The flag of the processor that makes each instruction a SIGTRAP.
const SINGLE_STEP: i64 = 1 << 8;

/// The C library's functions of rule 2.
const MEMORY_FUNCTIONS: [&std::ffi::CStr; 8] =
    [c"memcpy", c"memmove", c"memset", c"memcmp", c"bcmp", c"strlen", c"memchr", c"memrchr"];
/// No implementation of one is longer.
const MEMORY_FUNCTION_SIZE: usize = 2048;

const OVERFLOWS: usize = 1;
const OTHERS: usize = 2;
/// What any program of this process asked for.
static WANTED: AtomicUsize = AtomicUsize::new(0);
static MEMORY: [AtomicUsize; MEMORY_FUNCTIONS.len()] =
    [const { AtomicUsize::new(0) }; MEMORY_FUNCTIONS.len()];

/// Who handled each of [`SIGNALS`] before.
struct Previous([std::cell::UnsafeCell<MaybeUninit<libc::sigaction>>; SIGNALS.len()]);
// SAFETY: each is written once, before the handler that reads it is installed.
unsafe impl Sync for Previous {}
static PREVIOUS: Previous =
    Previous([const { std::cell::UnsafeCell::new(MaybeUninit::zeroed()) }; SIGNALS.len()]);

/// Installs the handler for what `faults` asks for, if that was not done before.
pub(super) fn install(faults: Faults) {
    static OVERFLOW: Once = Once::new();
    static REST: Once = Once::new();
    if faults.stack_overflow || faults.signals {
        OVERFLOW.call_once(|| {
            for (name, address) in MEMORY_FUNCTIONS.iter().zip(&MEMORY) {
                // SAFETY: a C string; dlsym resolves it as for any caller.
                let found = unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) };
                // Relaxed: the release below publishes it.
                address.store(found.addr(), Ordering::Relaxed);
            }
            take_over(0);
            take_over(SIGNALS.len() - 1);
        });
    }
    if faults.signals {
        REST.call_once(|| (1..SIGNALS.len() - 1).for_each(take_over));
    }
    let mut wanted = if faults.stack_overflow { OVERFLOWS } else { 0 };
    wanted |= if faults.signals { OTHERS } else { 0 };
    // Release: pairs with the acquire load in `wanted`: who sees the wish sees what is behind it.
    WANTED.fetch_or(wanted, Ordering::Release);
}

fn take_over(index: usize) {
    let signal = SIGNALS[index].0;
    // SAFETY: the previous action is stored before the handler that reads it is installed; the
    // handler has the signature that SA_SIGINFO asks for, and runs on a stack of its own.
    unsafe {
        libc::sigaction(signal, std::ptr::null(), PREVIOUS.0[index].get().cast());
        let mut action: libc::sigaction = std::mem::zeroed();
        let handler: extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void) = on_signal;
        action.sa_sigaction = handler as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(signal, &raw const action, std::ptr::null_mut());
    }
}

fn wanted(what: usize) -> bool {
    // Acquire: pairs with the release in `install`.
    WANTED.load(Ordering::Acquire) & what != 0
}

/// Makes the calling thread ready for what programs of this process asked for.
#[cold]
pub(super) fn prepare(thread: &Thread) {
    if wanted(OVERFLOWS | OTHERS) {
        thread.prepare(wanted(OVERFLOWS));
    }
}

extern "C" fn on_signal(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    // SAFETY: the calling thread's own.
    let errno = unsafe { *libc::__errno_location() };
    // SAFETY: the kernel passes both, for this call.
    let taken = unsafe { take(signal, &*info, &mut *context.cast::<libc::ucontext_t>()) };
    if !taken {
        // SAFETY: as they came.
        unsafe { pass_on(signal, info, context) };
    }
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = errno };
}

/// Whether the interrupted code may go on as `context` now says.
fn take(signal: c_int, info: &libc::siginfo_t, context: &mut libc::ucontext_t) -> bool {
    if info.si_code <= 0 {
        return false; // Sent by a process, not caused by an instruction.
    }
    if signal == libc::SIGTRAP {
        return THREAD.with(|thread| step(thread, context));
    }
    // SAFETY: the other signals that this handler is for have an address.
    let address = unsafe { info.si_addr() }.addr();
    THREAD.with(|thread| {
        let is_overflow = signal == libc::SIGSEGV && thread.is_in_zone(address);
        if thread.guard.get() == 0 {
            // The host needs its own stack, all of it.
            return is_overflow && thread.open(Open::All);
        }
        if !is_overflow && !wanted(OTHERS) {
            return false;
        }
        if is_overflow && !may_abandon(thread, context) {
            return put_off(thread, context);
        }
        if !may_abandon(thread, context) {
            return false;
        }
        thread.why.set(if is_overflow { Why::Overflow } else { Why::Signal(signal, address) });
        walk(thread, context);
        abandon(thread, context);
        true
    })
}

/// Makes the interrupted code go on at the guard.
fn abandon(thread: &Thread, context: &mut libc::ucontext_t) {
    thread.stepping.set(false);
    let registers = &mut context.uc_mcontext.gregs;
    registers[libc::REG_RIP as usize] = fault_address() as i64;
    registers[libc::REG_RSP as usize] = thread.guard.get() as i64;
    registers[libc::REG_EFL as usize] &= !SINGLE_STEP;
}

/// Rules 1 to 3. Where code was called that is none, or that keeps no frame of its own, the
/// context is moved to its caller.
fn may_abandon(thread: &Thread, context: &mut libc::ucontext_t) -> bool {
    let registers = &mut context.uc_mcontext.gregs;
    let at = registers[libc::REG_RIP as usize] as usize;
    if is_live_code(at) {
        return true;
    }
    // Relaxed: published by the release in `install`.
    let starts = MEMORY.iter().map(|start| start.load(Ordering::Relaxed));
    let is_memory_function =
        starts.into_iter().any(|start| start > 0 && at.wrapping_sub(start) < MEMORY_FUNCTION_SIZE);
    let stack = registers[libc::REG_RSP as usize] as usize;
    if !(is_memory_function || is_nowhere(at)) || !thread.is_on_stack(stack) {
        return false;
    }
    // SAFETY: the top word of this thread's stack, which is mapped and aligned.
    let back = unsafe { std::ptr::with_exposed_provenance::<usize>(stack).read() };
    if !is_live_code(back) {
        return false;
    }
    registers[libc::REG_RIP as usize] = back as i64 - 1;
    registers[libc::REG_RSP as usize] = stack as i64 + 8;
    true
}

/// Whether nothing is mapped at `address`, so that no code can have got there but by a jump.
fn is_nowhere(address: usize) -> bool {
    let page = std::ptr::with_exposed_provenance_mut(address & !4095);
    let mut resident = 0_u8;
    // SAFETY: a question about one page; the answer is one byte. It fails where nothing is mapped.
    address < 4096 || unsafe { libc::mincore(page, 1, &raw mut resident) } != 0
}

/// Rule 4, for a stack overflow in the host's code.
fn put_off(thread: &Thread, context: &mut libc::ucontext_t) -> bool {
    if thread.opened() == Open::Half {
        context.uc_mcontext.gregs[libc::REG_EFL as usize] |= SINGLE_STEP;
        thread.stepping.set(true);
        return thread.open(Open::All);
    }
    if !thread.open(Open::Half) {
        return false;
    }
    if !std::thread::panicking() && thread.replaced.get().is_none() {
        thread.why.set(Why::Overflow);
        if let Some(slot) = walk(thread, context) {
            let word = std::ptr::with_exposed_provenance_mut::<usize>(slot);
            // SAFETY: the word that the innermost live frame pushed by its call, as the unwinder
            // found it and `walk` compared it.
            unsafe {
                thread.replaced.set(Some((slot, word.read())));
                word.write(overflowed_address());
            }
        }
    }
    true
}

/// One instruction of host code was executed that is to get back into live code.
fn step(thread: &Thread, context: &mut libc::ucontext_t) -> bool {
    if !thread.stepping.get() {
        return false;
    }
    let registers = &mut context.uc_mcontext.gregs;
    let at = registers[libc::REG_RIP as usize] as usize;
    let stack = registers[libc::REG_RSP as usize] as usize;
    if thread.guard.get() == 0 || stack >= thread.guard.get() {
        // A panic took it past the live code, to the guard.
        thread.stepping.set(false);
        registers[libc::REG_EFL as usize] &= !SINGLE_STEP;
    } else if is_live_code(at) || at == overflowed_address() {
        thread.why.set(Why::Overflow);
        walk(thread, context);
        abandon(thread, context);
    }
    true
}

/// Gives a replaced return address back: a panic is about to unwind by it.
pub(super) fn put_back(thread: &Thread) {
    if let Some((slot, address)) = thread.replaced.take() {
        // SAFETY: the frame below the word is still running: it is the caller of whoever panics.
        unsafe { std::ptr::with_exposed_provenance_mut::<usize>(slot).write(address) };
    }
}

/// Where host code returns to after the stack overflowed in it.
pub(super) extern "C" fn overflowed() -> ! {
    // SAFETY: the replaced return address was that into the innermost live frame, in this guard.
    THREAD.with(|thread| unsafe {
        thread.replaced.set(None);
        leave(thread.guard.get())
    })
}

struct Walk<'a> {
    thread: &'a Thread,
    from: usize,
    began: bool,
    visited: usize,
    /// The word through which host code returns into the innermost live frame.
    back: Option<usize>,
}

/// Notes the innermost frames from `context` on. Returns where the return address into the innermost live
/// frame is kept, if that frame has called something.
fn walk(thread: &Thread, context: &libc::ucontext_t) -> Option<usize> {
    let from = context.uc_mcontext.gregs[libc::REG_RIP as usize] as usize;
    thread.count.set(0);
    let mut walk = Walk { thread, from, began: false, visited: 0, back: None };
    // SAFETY: `visit` matches the callback type and gets the walk, which outlives the call.
    unsafe { _Unwind_Backtrace(visit, (&raw mut walk).cast()) };
    if thread.count.get() == 0 {
        note(thread, from);
    }
    walk.back
}

fn note(thread: &Thread, address: usize) {
    let count = thread.count.get();
    if count < FRAMES {
        // SAFETY: only this thread has it, and nobody else looks while a fault is noted.
        unsafe { (*thread.frames.get())[count] = address };
        thread.count.set(count + 1);
    }
}

unsafe extern "C" {
    fn _Unwind_Backtrace(
        visit: unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int,
        argument: *mut c_void,
    ) -> c_int;
    fn _Unwind_GetIPInfo(context: *mut c_void, is_before: *mut c_int) -> usize;
    fn _Unwind_GetCFA(context: *mut c_void) -> usize;
}

unsafe extern "C" fn visit(context: *mut c_void, argument: *mut c_void) -> c_int {
    const GO_ON: c_int = 0;
    const STOP: c_int = 5;
    // SAFETY: `walk` passes its own record.
    let walk = unsafe { &mut *argument.cast::<Walk<'_>>() };
    let mut is_before = 0;
    // SAFETY: the unwinder's own context, as it gave it.
    let (address, stack) =
        unsafe { (_Unwind_GetIPInfo(context, &raw mut is_before), _Unwind_GetCFA(context)) };
    walk.visited += 1;
    walk.began |= address == walk.from;
    if address == 0 || walk.visited > 4 * FRAMES || walk.thread.count.get() == FRAMES {
        return STOP;
    }
    if walk.began {
        if walk.back.is_none() && is_before == 0 && is_live_code(address) {
            let slot = stack - 8;
            // SAFETY: below the frame's stack pointer is what its call pushed; both are on the stack
            // that is being walked.
            let pushed = unsafe { std::ptr::with_exposed_provenance::<usize>(slot).read() };
            walk.back = Some(slot).filter(|_| pushed == address);
        }
        note(walk.thread, if is_before == 0 { address - 1 } else { address });
    }
    GO_ON
}

/// Hands a signal to whoever handled it before.
///
/// # Safety
///
/// The arguments are those of the handler.
unsafe fn pass_on(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    let Some(index) = SIGNALS.iter().position(|(number, ..)| *number == signal) else { return };
    // SAFETY: written before this handler was installed, and never again.
    let previous = unsafe { (*PREVIOUS.0[index].get()).assume_init_ref() };
    // SAFETY: the caller's promise.
    let is_sent = unsafe { (*info).si_code <= 0 } || signal == libc::SIGTRAP;
    match previous.sa_sigaction {
        libc::SIG_IGN if is_sent => {}
        libc::SIG_DFL | libc::SIG_IGN => {
            // The instruction is executed again and ends the process as if we were not here: the
            // kernel lets nobody ignore what an instruction causes. What was sent by a process is
            // sent again.
            // SAFETY: the action that was there before.
            unsafe {
                libc::sigaction(signal, previous, std::ptr::null_mut());
                if is_sent {
                    libc::raise(signal);
                }
            }
        }
        handler if previous.sa_flags & libc::SA_SIGINFO != 0 => {
            // SAFETY: an action with SA_SIGINFO has this signature.
            let handler = unsafe {
                std::mem::transmute::<
                    usize,
                    unsafe extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void),
                >(handler)
            };
            // SAFETY: as the kernel called us.
            unsafe { handler(signal, info, context) };
        }
        handler => {
            // SAFETY: an action without SA_SIGINFO has this one.
            let handler =
                unsafe { std::mem::transmute::<usize, unsafe extern "C" fn(c_int)>(handler) };
            // SAFETY: as above.
            unsafe { handler(signal) };
        }
    }
}

/// What a signal means, for a message.
pub(super) fn meaning(signal: c_int) -> (&'static str, &'static str) {
    let found = SIGNALS.iter().find(|(number, ..)| *number == signal);
    found.map_or(("a signal", "a fault"), |(_, name, meaning)| (*name, *meaning))
}
