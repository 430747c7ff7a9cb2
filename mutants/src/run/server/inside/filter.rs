//! What a test may do before its first call, if that is to be run once for all mutants: compute, have memory, read files.
//! Everything else would be seen by the tests of other mutants (what is written, made and removed; where an open
//! file is read; processes and threads), or is another for each of them (the time, the number of the process). The
//! kernel ends a test that does it.
//!
//! This is never on while a mutant is judged.

use core::ffi::c_int;
use core::ptr::addr_of;

use crate::system::*;

/// An instruction of the kernel's filters.
#[derive(Clone, Copy)]
#[repr(C)]
struct Step {
    code: u16,
    then: u8,
    otherwise: u8,
    value: u32,
}

#[repr(C)]
struct Program {
    length: u16,
    steps: *const Step,
}

const LOAD: u16 = 0x20;
const IF_EQUAL: u16 = 0x15;
const IF_ANY: u16 = 0x45;
const RETURN: u16 = 0x06;
const ALLOW: u32 = 0x7fff_0000;
/// A signal that ends the process, without a word in the system's log.
const END: u32 = 0x0003_0000;
const X86_64: u32 = 0xc000_003e;

/// Calls that are harmless, whatever they are given: read, close, stat, fstat, lstat, lseek, mprotect, munmap, brk,
/// rt_sigprocmask, rt_sigreturn, pread64, readv, access, sched_yield, mremap, madvise, exit, uname, getcwd, readlink,
/// sigaltstack, gettid (std asks for it in each new thread), futex, sched_getaffinity, getdents64, exit_group, newfstatat, readlinkat, faccessat, set_robust_list,
/// preadv, getrandom, statx, rseq, faccessat2.
const HARMLESS: [u32; 36] = [
    0, 3, 4, 5, 6, 8, 10, 11, 12, 14, 15, 17, 19, 21, 24, 25, 28, 60, 63, 79, 89, 131, 186, 202,
    204, 217, 231, 262, 267, 269, 273, 295, 318, 332, 334, 439,
];

/// A call that is harmless when one of its arguments is.
struct Rule {
    call: u32,
    argument: u32,
    /// Whether the argument must be `value`; otherwise it must have none of its bits.
    is_equal: bool,
    value: u32,
}

/// What opens a file for anything but reading: write, both, create, truncate, temporary.
const WRITES: u32 = 0o1 | 0o2 | 0o100 | 0o1000 | 0o20_000_000;

const RULES: [Rule; 5] = [
    Rule { call: 2, argument: 1, is_equal: false, value: WRITES },
    Rule { call: 257, argument: 2, is_equal: false, value: WRITES },
    // mmap, of memory that is shared with nobody.
    Rule { call: 9, argument: 3, is_equal: false, value: 1 },
    // fcntl: whether a descriptor is open.
    Rule { call: 72, argument: 1, is_equal: true, value: 1 },
    // prctl: the thread's name.
    Rule { call: 157, argument: 0, is_equal: true, value: 15 },
];

const STEPS: usize = 4 + 2 * HARMLESS.len() + 5 * RULES.len() + 1;

static PROGRAM: [Step; STEPS] = program();

const fn step(code: u16, then: u8, otherwise: u8, value: u32) -> Step {
    Step { code, then, otherwise, value }
}

const fn program() -> [Step; STEPS] {
    let mut steps = [step(RETURN, 0, 0, END); STEPS];
    // Which processor's calls these are, then which call it is.
    steps[0] = step(LOAD, 0, 0, 4);
    steps[1] = step(IF_EQUAL, 1, 0, X86_64);
    steps[3] = step(LOAD, 0, 0, 0);
    let mut at = 4;
    let mut index = 0;
    while index < HARMLESS.len() {
        steps[at] = step(IF_EQUAL, 0, 1, HARMLESS[index]);
        steps[at + 1] = step(RETURN, 0, 0, ALLOW);
        at += 2;
        index += 1;
    }
    index = 0;
    while index < RULES.len() {
        let rule = &RULES[index];
        let (code, allows, refuses) = if rule.is_equal { (IF_EQUAL, 0, 1) } else { (IF_ANY, 1, 0) };
        steps[at] = step(IF_EQUAL, 0, 4, rule.call);
        steps[at + 1] = step(LOAD, 0, 0, 16 + 8 * rule.argument);
        steps[at + 2] = step(code, allows, refuses, rule.value);
        steps[at + 3] = step(RETURN, 0, 0, ALLOW);
        steps[at + 4] = step(RETURN, 0, 0, END);
        at += 5;
        index += 1;
    }
    steps
}

/// From here on this thread ends with its process when it does what is not harmless, or asks for the time, which needs no
/// call. False where the kernel cannot see to that.
pub(crate) unsafe fn confine() -> bool {
    let program = Program { length: STEPS as u16, steps: addr_of!(PROGRAM).cast() };
    let is = |done: c_int| done == 0;
    is(prctl(PR_SET_TSC, PR_TSC_SIGSEGV, 0usize, 0usize, 0usize))
        && is(prctl(PR_SET_NO_NEW_PRIVS, 1usize, 0usize, 0usize, 0usize))
        && is(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, addr_of!(program), 0usize, 0usize))
}
