//! How code of this compiler is stopped while it runs: every loop, and every function that calls others, *polls*.
//!
//! A poll is a load and a comparison as long as nobody is to be stopped. While anybody is, the polls of all threads
//! ask whether it is they who are meant, which costs some nanoseconds each; who is, panics in the name of the
//! line that polled. Who decides that is the runtime: see [`decide_interrupts`].

use std::arch::global_asm;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::host::text;
use crate::panic_place::{PanicPlace, panic_at};

/// How many calls are to be stopped. What code polls.
#[unsafe(no_mangle)]
#[allow(non_upper_case_globals, reason = "machine code names it so")]
pub(super) static segue_jit_interrupt: AtomicU32 = AtomicU32::new(0);

/// What a panic says that was asked for by nobody in particular.
pub(super) const INTERRUPTED: &str = "stopped while it was running";

type Decide = fn() -> Option<String>;

static DECIDE: OnceLock<Decide> = OnceLock::new();

/// From now on `decide` says whether the call that the calling thread is in is to be stopped, and what the panic says
/// that stops it. It is asked by code that polls while somebody [asks](ask_to_stop), and must neither block nor
/// allocate where the answer is no. The first one given stays; without one everybody stops who polls.
pub fn decide_interrupts(decide: fn() -> Option<String>) {
    let _ = DECIDE.set(decide);
}

/// From now on code that polls asks whether it is to stop.
pub fn ask_to_stop() {
    // Relaxed: who polls does not wait for what says who is meant. Where it does not see that yet, it asks again.
    segue_jit_interrupt.fetch_add(1, Ordering::Relaxed);
}

/// Takes one [`ask_to_stop`] back.
pub fn ask_no_more() {
    segue_jit_interrupt.fetch_sub(1, Ordering::Relaxed);
}

unsafe extern "C-unwind" {
    /// Where polls go while somebody asks: [`segue_jit_asked`] with all registers kept, so that loops need not keep
    /// theirs in memory for a call that hardly ever happens.
    pub(super) fn segue_jit_poll(file: *const u8, file_length: usize, line: u32, column: u32);
}

global_asm!(
    ".pushsection .text.segue_jit_poll,\"ax\",@progbits",
    ".globl segue_jit_poll",
    ".type segue_jit_poll,@function",
    "segue_jit_poll:",
    ".cfi_startproc",
    "push rbp",
    ".cfi_def_cfa_offset 16",
    ".cfi_offset rbp, -16",
    "mov rbp, rsp",
    ".cfi_def_cfa_register rbp",
    "push rax",
    "push rcx",
    "push rdx",
    "push rsi",
    "push rdi",
    "push r8",
    "push r9",
    "push r10",
    "push r11",
    // Sixteen registers of 16 bytes, and 8 to be aligned.
    "sub rsp, 264",
    "movups [rsp], xmm0",
    "movups [rsp + 16], xmm1",
    "movups [rsp + 32], xmm2",
    "movups [rsp + 48], xmm3",
    "movups [rsp + 64], xmm4",
    "movups [rsp + 80], xmm5",
    "movups [rsp + 96], xmm6",
    "movups [rsp + 112], xmm7",
    "movups [rsp + 128], xmm8",
    "movups [rsp + 144], xmm9",
    "movups [rsp + 160], xmm10",
    "movups [rsp + 176], xmm11",
    "movups [rsp + 192], xmm12",
    "movups [rsp + 208], xmm13",
    "movups [rsp + 224], xmm14",
    "movups [rsp + 240], xmm15",
    "call {asked}",
    "movups xmm0, [rsp]",
    "movups xmm1, [rsp + 16]",
    "movups xmm2, [rsp + 32]",
    "movups xmm3, [rsp + 48]",
    "movups xmm4, [rsp + 64]",
    "movups xmm5, [rsp + 80]",
    "movups xmm6, [rsp + 96]",
    "movups xmm7, [rsp + 112]",
    "movups xmm8, [rsp + 128]",
    "movups xmm9, [rsp + 144]",
    "movups xmm10, [rsp + 160]",
    "movups xmm11, [rsp + 176]",
    "movups xmm12, [rsp + 192]",
    "movups xmm13, [rsp + 208]",
    "movups xmm14, [rsp + 224]",
    "movups xmm15, [rsp + 240]",
    "add rsp, 264",
    "pop r11",
    "pop r10",
    "pop r9",
    "pop r8",
    "pop rdi",
    "pop rsi",
    "pop rdx",
    "pop rcx",
    "pop rax",
    "pop rbp",
    ".cfi_def_cfa rsp, 8",
    "ret",
    ".cfi_endproc",
    ".size segue_jit_poll, . - segue_jit_poll",
    ".popsection",
    asked = sym segue_jit_asked,
);

/// Panics if the calling thread is meant.
///
/// # Safety
///
/// Pointer and length are those of readable bytes.
unsafe extern "C-unwind" fn segue_jit_asked(
    file: *const u8,
    file_length: usize,
    line: u32,
    column: u32,
) {
    let message = match DECIDE.get() {
        Some(decide) => decide(),
        None => Some(INTERRUPTED.to_owned()),
    };
    if let Some(message) = message {
        // SAFETY: the caller's promise.
        let file = unsafe { text(file, file_length) };
        panic_at(PanicPlace { file, line, column }, message)
    }
}
