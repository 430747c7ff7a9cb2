//! A test that stops where it first enters a function with mutants: what it does before is the same for every mutant, and
//! is run once. The process that is stopped there answers requests as the server before `main` does; its forks go on
//! with the test, and with the harness.
//!
//! **The first call** is seen without a word in the instrumented code: the slots cannot be written until then, so counting
//! it faults, and the handler of the fault is where the process stops. A fork returns from the handler and counts again.
//!
//! **The harness** runs a test on a thread of its own, and a fork has none but the thread that forked. So the thread that
//! started the test is parked in the call that did (`create`), at a place that is known; when the test has ended in a
//! fork, its thread goes on there (`segue_resume`): on the stack of the other, which the fork has a copy of. So it is
//! the harness that says how the test ended, whatever a pass is to it. What a thread leaves to its end, the destructors
//! of what is local to it, is done before (`at_end`).
//!
//! **Nothing may be lost by it.** A prefix that does anything but compute and read files is not split: a test is
//! first tried with the kernel watching (`filter`), in a fork that tells by its end how far it came.

use core::ffi::{c_int, c_void};
use core::ptr::{addr_of, addr_of_mut, null_mut};
use core::sync::atomic::{AtomicU32, Ordering};

use crate::filter;
use crate::imports::replace;
use crate::slots::{end, first, has_hits};
use crate::system::*;

/// How the fork that tries a test ends when it is stopped at the first call, and all before was harmless.
const HELD: c_int = 93;
/// How it ends otherwise, unless the kernel ends it.
const NOT_HELD: c_int = 94;

/// What is to be done at the first call.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Then {
    /// Nothing: no test is to be stopped, or it goes on.
    GoOn,
    /// End, and say so.
    Say,
    /// Answer requests.
    Answer,
}

type Routine = unsafe extern "C" fn(*mut c_void) -> *mut c_void;
type Create = unsafe extern "C" fn(*mut usize, *const c_void, Routine, *mut c_void) -> c_int;
type Destructor = unsafe extern "C" fn(*mut c_void);
type AtEnd = unsafe extern "C" fn(Destructor, *mut c_void, *mut c_void) -> c_int;
type Join = unsafe extern "C" fn(usize, *mut *mut c_void) -> c_int;

// The thread that starts the test and the test's are two, but what they share is written before the second begins, or
// before `PARKED` is.
static mut THEN: Then = Then::GoOn;
static mut CREATE: Option<Create> = None;
static mut JOIN: Option<Join> = None;
static mut AT_END: Option<AtEnd> = None;
/// What the test's thread leaves to its end.
static mut LAST: [Option<(Destructor, *mut c_void)>; LAST_ROOM] = [None; LAST_ROOM];
const LAST_ROOM: usize = 256;
static mut LAST_COUNT: usize = 0;
static mut ROUTINE: Option<Routine> = None;
static mut ARGUMENT: *mut c_void = null_mut();
static mut TEST: usize = 0;
static mut HARNESS: usize = 0;
static mut OLD_ACTION: Action = [0; 19];
static mut OPEN_FILES: u64 = 0;
/// Whether this is a fork that goes on with the test.
static mut IS_FORK: bool = false;
/// Set when `HARNESS` can be gone on with.
static PARKED: AtomicU32 = AtomicU32::new(0);

// `segue_park(at)` stores at `at` where its caller can be gone on with, and stays in `rest`. `segue_resume(where)`, on
// whatever stack, returns from that call of `segue_park`. Only what a called function has to keep is kept.
core::arch::global_asm!(
    ".globl segue_park",
    ".hidden segue_park",
    "segue_park:",
    "push rbp",
    "push rbx",
    "push r12",
    "push r13",
    "push r14",
    "push r15",
    "mov [rdi], rsp",
    "sub rsp, 8",
    "call {rest}",
    "ud2",
    ".globl segue_resume",
    ".hidden segue_resume",
    "segue_resume:",
    "mov rsp, rdi",
    "pop r15",
    "pop r14",
    "pop r13",
    "pop r12",
    "pop rbx",
    "pop rbp",
    "ret",
    rest = sym rest,
);

extern "C" {
    fn segue_park(at: *mut usize);
    fn segue_resume(at: usize) -> !;
}

/// Has the test that this process is to run stopped at its first call. False where that cannot be done.
pub(crate) unsafe fn stop(then: Then) -> bool {
    let create: Create = create;
    let join: Join = join;
    let at_end: AtEnd = at_end;
    let (Some(create), Some(join), Some(at_end)) = (
        replace(b"pthread_create\0", create as usize),
        replace(b"pthread_join\0", join as usize),
        replace(b"__cxa_thread_atexit_impl\0", at_end as usize),
    ) else {
        return false;
    };
    AT_END = Some(core::mem::transmute::<usize, AtEnd>(at_end));
    CREATE = Some(core::mem::transmute::<usize, Create>(create));
    JOIN = Some(core::mem::transmute::<usize, Join>(join));
    THEN = then;
    true
}

/// In place of `pthread_create`: the first thread that is started is the test's.
unsafe extern "C" fn create(
    thread: *mut usize,
    attributes: *const c_void,
    routine: Routine,
    argument: *mut c_void,
) -> c_int {
    let Some(create) = CREATE else { _exit(NOT_HELD) };
    if THEN == Then::GoOn || ROUTINE.is_some() {
        return create(thread, attributes, routine, argument);
    }
    ROUTINE = Some(routine);
    ARGUMENT = argument;
    if !watch() || create(thread, attributes, test, null_mut()) != 0 {
        give_up();
    }
    TEST = *thread;
    segue_park(addr_of_mut!(HARNESS));
    // This is a fork now, and the test's thread; the test has ended.
    0
}

/// In place of `pthread_join`: the harness waits for the test's thread, which in a fork is the one that asks.
unsafe extern "C" fn join(thread: usize, result: *mut *mut c_void) -> c_int {
    if IS_FORK && thread == TEST {
        return 0;
    }
    match JOIN {
        Some(join) => join(thread, result),
        None => _exit(NOT_HELD),
    }
}

/// In place of the function by which std has something done when a thread ends: that of the test does not, in a fork.
unsafe extern "C" fn at_end(
    destructor: Destructor,
    object: *mut c_void,
    library: *mut c_void,
) -> c_int {
    if ROUTINE.is_some() && pthread_self() == TEST && LAST_COUNT < LAST_ROOM {
        *addr_of_mut!(LAST).cast::<Option<(Destructor, *mut c_void)>>().add(LAST_COUNT) =
            Some((destructor, object));
        LAST_COUNT += 1;
        return 0;
    }
    match AT_END {
        Some(at_end) => at_end(destructor, object, library),
        None => _exit(NOT_HELD),
    }
}

/// Does what the test's thread left to its end, the last first.
unsafe fn end_locals() {
    while LAST_COUNT > 0 {
        LAST_COUNT -= 1;
        let last = addr_of!(LAST).cast::<Option<(Destructor, *mut c_void)>>().add(LAST_COUNT);
        if let Some((destructor, object)) = *last {
            destructor(object);
        }
    }
}

/// Where the thread that started the test stays.
unsafe extern "C" fn rest() -> ! {
    // Pairs with the load in `test`.
    PARKED.store(1, Ordering::Release);
    loop {
        pause();
    }
}

/// The test's thread.
unsafe extern "C" fn test(_: *mut c_void) -> *mut c_void {
    // Pairs with the store in `rest`.
    while PARKED.load(Ordering::Acquire) == 0 {
        sched_yield();
    }
    if THEN == Then::Say {
        OPEN_FILES = open_files();
        if !filter::confine() {
            _exit(NOT_HELD);
        }
    }
    if let Some(routine) = ROUTINE {
        routine(ARGUMENT);
    }
    if IS_FORK {
        end_locals();
        segue_resume(HARNESS);
    }
    // It has come to its end without any call.
    give_up()
}

/// Makes the slots read-only, and has the fault that follows come to `fault`. False where it is too late: something
/// that ran before `main` has entered a function.
unsafe fn watch() -> bool {
    if has_hits() {
        return false;
    }
    let mut action: Action = [0; 19];
    action[0] = fault as unsafe extern "C" fn(c_int, *const u8, *mut c_void) as usize as u64;
    action[17] = SA_SIGINFO;
    sigaction(SIGSEGV, &action, addr_of_mut!(OLD_ACTION)) == 0 && protect(READ)
}

unsafe fn protect(protection: c_int) -> bool {
    mprotect(first().cast(), end() as usize - first() as usize, protection) == 0
}

/// Some memory could not be accessed: the slots, or any other.
unsafe extern "C" fn fault(_: c_int, info: *const u8, _: *mut c_void) {
    let address = *info.add(16).cast::<usize>();
    let is_slot = address >= first() as usize && address < end() as usize;
    if THEN == Then::Say {
        _exit(if is_slot && open_files() == OPEN_FILES { HELD } else { NOT_HELD });
    }
    sigaction(SIGSEGV, addr_of!(OLD_ACTION), null_mut());
    if !is_slot {
        // It comes again, to whom it would have come.
        return;
    }
    if THEN == Then::GoOn || !protect(READ_WRITE) {
        give_up();
    }
    crate::answer_stopped();
    THEN = Then::GoOn;
    IS_FORK = true;
}

unsafe fn give_up() -> ! {
    if THEN == Then::Answer {
        crate::leave();
    }
    _exit(NOT_HELD)
}

/// A number that is another one when other files are open.
unsafe fn open_files() -> u64 {
    let folder = open(b"/proc/self/fd\0".as_ptr().cast(), O_RDONLY_CLOEXEC);
    let mut digest = 0u64;
    let mut entries = [0u8; 4096];
    loop {
        let length =
            syscall(SYS_GETDENTS64, i64::from(folder), entries.as_mut_ptr(), entries.len());
        if length <= 0 {
            break;
        }
        let mut at = 0;
        while at < length as usize {
            // A record: inode: u64, offset: i64, length: u16, kind: u8, name.
            let record = entries.as_ptr().add(at);
            let descriptor = crate::number(record.add(19).cast()) as c_int;
            let mut status = [0u64; 32];
            let found = syscall(SYS_FSTAT, i64::from(descriptor), status.as_mut_ptr());
            if descriptor != folder && found == 0 {
                let entry = (descriptor as u64 + 1) ^ status[1].rotate_left(20);
                digest = digest.wrapping_add(entry.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            }
            at += record.add(16).cast::<u16>().read_unaligned() as usize;
        }
    }
    close(folder);
    digest
}
