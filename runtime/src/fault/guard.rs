//! The guard around a call of live code: where faults end.
//!
//! A guard is one frame, made by `segue_guard` below. It saves what a C function must give back and
//! leaves its stack pointer in a word of the thread's ([`Thread::guard`](super::thread::Thread)). Three ways lead back to
//! it besides a return:
//!
//! - *An exception* (a panic, a C++ exception): the unwinder asks [`personality`], which catches all.
//! - *A signal*: the handler rewrites the interrupted context so that it goes on at
//!   `segue_guard_fault` with the guard's stack pointer.
//! - *Code that must not unwind* jumps there itself ([`leave`]).
//!
//! The last two abandon the frames between: what those owned is leaked, and locks that they held stay
//! locked. Which code may be abandoned is decided where that is done (`signal`, `nounwind`).
//!
//! Without a fault a guard costs eight pushes, a handful of stores, and their pops: no system call,
//! no lock, and nothing that live code could see.

use std::{
    arch::global_asm,
    cell::Cell,
    ffi::{c_int, c_void},
    mem::{ManuallyDrop, MaybeUninit},
};

/// How a guarded call ended.
pub(super) enum Ended<R> {
    /// It returned.
    Returned(R),
    /// An exception arrived: the guard owns it now.
    Exception(*mut c_void),
    /// Its frames were abandoned; the thread's note says why.
    Abandoned,
}

/// What `segue_guard` returns, in two registers.
#[repr(C)]
struct Raw {
    how: usize,
    exception: *mut c_void,
}

unsafe extern "C" {
    /// Calls `run(data)` and returns how it ended. `guard` holds the stack pointer of the innermost
    /// guard of this thread, or 0.
    fn segue_guard(
        run: extern "C-unwind" fn(*mut c_void),
        data: *mut c_void,
        guard: *const Cell<usize>,
    ) -> Raw;
    /// Where an exception arrives: the guard's frame, the exception in `rax`. No function.
    fn segue_guard_exception();
    /// Where a fault arrives: `rsp` as the guard left it. No function.
    fn segue_guard_fault();
    /// Goes on at `segue_guard_fault`.
    fn segue_guard_leave(guard: usize) -> !;
    /// Where a call returns to whose return address was replaced (`signal`). No function.
    fn segue_guard_overflowed();
}

global_asm!(
    ".pushsection .text.segue_guard,\"ax\",@progbits",
    ".globl segue_guard",
    ".globl segue_guard_exception",
    ".globl segue_guard_fault",
    ".globl segue_guard_leave",
    ".globl segue_guard_overflowed",
    ".hidden segue_guard",
    ".hidden segue_guard_exception",
    ".hidden segue_guard_fault",
    ".hidden segue_guard_leave",
    ".hidden segue_guard_overflowed",
    ".p2align 4",
    ".type segue_guard,@function",
    "segue_guard:",
    ".cfi_startproc",
    // Relative to the instruction, four bytes, direct: it is in this very image.
    ".cfi_personality 0x1b, {personality}",
    "endbr64",
    "push rbp",
    ".cfi_def_cfa_offset 16",
    ".cfi_offset rbp, -16",
    "mov rbp, rsp",
    ".cfi_def_cfa_register rbp",
    "push rbx",
    "push r12",
    "push r13",
    "push r14",
    "push r15",
    ".cfi_offset rbx, -24",
    ".cfi_offset r12, -32",
    ".cfi_offset r13, -40",
    ".cfi_offset r14, -48",
    ".cfi_offset r15, -56",
    // Below the saved registers: the thread's word, what it held, the two control words.
    "push rdx",
    "push qword ptr [rdx]",
    "sub rsp, 8",
    "stmxcsr dword ptr [rsp]",
    "fnstcw word ptr [rsp + 4]",
    "mov qword ptr [rdx], rsp",
    "mov rax, rdi",
    "mov rdi, rsi",
    "call rax",
    "xor eax, eax",
    "2:",
    "mov rcx, qword ptr [rsp + 16]",
    "mov r8, qword ptr [rsp + 8]",
    "mov qword ptr [rcx], r8",
    "lea rsp, [rbp - 40]",
    "pop r15",
    "pop r14",
    "pop r13",
    "pop r12",
    "pop rbx",
    "pop rbp",
    ".cfi_remember_state",
    ".cfi_def_cfa rsp, 8",
    "ret",
    ".cfi_restore_state",
    "segue_guard_exception:",
    "endbr64",
    "mov rdx, rax",
    "mov eax, 1",
    "jmp 2b",
    "segue_guard_fault:",
    "endbr64",
    "lea rbp, [rsp + 64]",
    "cld",
    // The abandoned code may have been in the middle of anything.
    "fninit",
    "fldcw word ptr [rsp + 4]",
    "ldmxcsr dword ptr [rsp]",
    "mov eax, 2",
    "jmp 2b",
    ".cfi_endproc",
    ".size segue_guard, . - segue_guard",
    ".type segue_guard_leave,@function",
    "segue_guard_leave:",
    "mov rsp, rdi",
    "jmp segue_guard_fault",
    ".size segue_guard_leave, . - segue_guard_leave",
    ".type segue_guard_overflowed,@function",
    "segue_guard_overflowed:",
    "endbr64",
    "and rsp, -16",
    "call {overflowed}",
    "ud2",
    ".size segue_guard_overflowed, . - segue_guard_overflowed",
    ".popsection",
    personality = sym personality,
    overflowed = sym super::signal::overflowed,
);

struct Call<F, R> {
    live: ManuallyDrop<F>,
    result: MaybeUninit<R>,
}

extern "C-unwind" fn run<F: FnOnce() -> R, R>(call: *mut c_void) {
    // SAFETY: `guarded` passes its own call, which nothing else uses meanwhile.
    let call = unsafe { &mut *call.cast::<Call<F, R>>() };
    // SAFETY: taken here and nowhere else, and this runs once.
    let live = unsafe { ManuallyDrop::take(&mut call.live) };
    call.result.write(live());
}

/// Runs `live` inside of a guard. `guard` is the thread's word.
///
/// When it is abandoned, what `live` owns is leaked.
#[inline]
pub(super) fn guarded<R>(guard: &Cell<usize>, live: impl FnOnce() -> R) -> Ended<R> {
    fn runner<F: FnOnce() -> R, R>(_: &F) -> extern "C-unwind" fn(*mut c_void) {
        run::<F, R>
    }
    let run = runner::<_, R>(&live);
    let mut call = Call { live: ManuallyDrop::new(live), result: MaybeUninit::<R>::uninit() };
    // SAFETY: `run` is for a call of this very type, which outlives the guard; the guard's frame
    // gives back every register that the C ABI names, however it is come back to; nothing unwinds
    // out of it.
    let raw = unsafe { segue_guard(run, (&raw mut call).cast(), guard) };
    match raw.how {
        // SAFETY: `run` returned, so it wrote the result.
        0 => Ended::Returned(unsafe { call.result.assume_init() }),
        1 => Ended::Exception(raw.exception),
        _ => Ended::Abandoned,
    }
}

/// Ends the guarded call that this thread is in, at once.
///
/// # Safety
///
/// `guard` is what the thread's word holds, not 0, and the frames between may be abandoned.
pub(super) unsafe fn leave(guard: usize) -> ! {
    // SAFETY: the caller's promise: the guard's frame is there, and nobody needs those above it.
    unsafe { segue_guard_leave(guard) }
}

/// Where the guard goes on after a fault: an address for a signal handler to resume at.
pub(super) fn fault_address() -> usize {
    segue_guard_fault as *const () as usize
}

/// Where a replaced return address leads.
pub(super) fn overflowed_address() -> usize {
    segue_guard_overflowed as *const () as usize
}

unsafe extern "C" {
    fn _Unwind_SetGR(context: *mut c_void, register: c_int, value: usize);
    fn _Unwind_SetIP(context: *mut c_void, address: usize);
    fn _Unwind_GetCFA(context: *mut c_void) -> usize;
}

/// What the guard's frame answers to the unwinder (Itanium C++ ABI, "Exception Handling", 1.6): it
/// takes every exception, whoever threw it.
unsafe extern "C" fn personality(
    _version: c_int,
    actions: c_int,
    _class: u64,
    exception: *mut c_void,
    context: *mut c_void,
) -> c_int {
    const SEARCH: c_int = 1;
    const HANDLER_FRAME: c_int = 4;
    const HANDLER_FOUND: c_int = 6;
    const INSTALL: c_int = 7;
    const GO_ON: c_int = 8;
    if actions & SEARCH != 0 {
        return HANDLER_FOUND;
    }
    if actions & HANDLER_FRAME == 0 {
        // A thread is being ended through this frame: the guard goes, as it would by returning.
        // SAFETY: the stack pointer of the guard's frame, and the layout that `segue_guard` made.
        unsafe {
            let frame = _Unwind_GetCFA(context) as *const usize;
            (*frame.add(2) as *mut usize).write(*frame.add(1));
        }
        return GO_ON;
    }
    // SAFETY: the unwinder's own context; 0 is `rax`, where `segue_guard_exception` expects it.
    unsafe {
        _Unwind_SetGR(context, 0, exception.addr());
        _Unwind_SetIP(context, segue_guard_exception as *const () as usize);
    }
    INSTALL
}
