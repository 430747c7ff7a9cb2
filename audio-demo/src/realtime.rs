//! What a thread needs to be an audio thread: denormals flushed, FIFO priority where permitted, and
//! what faults of live code need.
//!
//! All is set once, before the first block; on the way of a block nothing here runs.

#[cfg(test)]
mod tests;

/// How far above the ordinary priority the audio thread runs. Below the kernel's own real-time
/// threads (50 for threaded interrupts), which deliver its wake-ups.
const FIFO_PRIORITY: libc::c_int = 40;

/// Makes the calling thread an audio thread, for good: denormals are flushed, and it gets FIFO
/// priority where the system permits that (it says no silently: sound plays anyway, only less
/// protected). A few system calls, before the first block.
pub fn enter() {
    std::mem::forget(FlushDenormals::new());
    segue_runtime::prepare_thread();
    let parameter = libc::sched_param { sched_priority: FIFO_PRIORITY };
    // SAFETY: pid 0 is the calling thread, and the kernel only reads the parameter. Children,
    // should there ever be any, start with an ordinary priority (RESET_ON_FORK).
    unsafe {
        libc::sched_setscheduler(0, libc::SCHED_FIFO | libc::SCHED_RESET_ON_FORK, &parameter);
    }
}

/// While this lives, the thread treats denormal numbers as zero.
///
/// A decaying filter or delay ends in denormals, which cost a hundred times a normal operation:
/// sound would cost most where it is quietest. Playback and rendering both flush them, so they
/// agree to the bit.
#[derive(Debug)]
pub struct FlushDenormals {
    before: u32,
    // The register belongs to the thread, so its guard must not move to another.
    _thread: std::marker::PhantomData<*const ()>,
}

/// Flush-to-zero: results that would be denormal become zero (Intel SDM volume 1, 10.2.3.3).
const FLUSH_TO_ZERO: u32 = 1 << 15;
/// Denormals-are-zero: denormal operands count as zero (Intel SDM volume 1, 10.2.3.4).
const DENORMALS_ARE_ZERO: u32 = 1 << 6;

impl FlushDenormals {
    /// Flushes from now on, until dropped.
    #[must_use]
    pub fn new() -> Self {
        let before = control_register();
        set_control_register(before | FLUSH_TO_ZERO | DENORMALS_ARE_ZERO);
        Self { before, _thread: std::marker::PhantomData }
    }
}

impl Default for FlushDenormals {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for FlushDenormals {
    fn drop(&mut self) {
        set_control_register(self.before);
    }
}

/// MXCSR. The intrinsics for it are deprecated in favour of inline assembly.
fn control_register() -> u32 {
    let mut value = 0_u32;
    // SAFETY: stores the register into a local of its size, and touches nothing else.
    unsafe {
        std::arch::asm!("stmxcsr [{}]", in(reg) &raw mut value, options(nostack, preserves_flags));
    }
    value
}

fn set_control_register(value: u32) {
    // SAFETY: the value is one read from the register, with at most two defined mode bits added.
    // They change how denormals are treated and no exception mask; the compiler's own constant
    // folding may differ on denormals, which no code here depends on.
    unsafe {
        std::arch::asm!(
            "ldmxcsr [{}]",
            in(reg) &raw const value,
            options(nostack, readonly, preserves_flags)
        );
    }
}
