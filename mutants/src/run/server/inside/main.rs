//! The part of the runner that stands inside of every test binary: a function that runs before `main`.
//!
//! This text is not compiled with the rest of the package. The user's own rustc turns it into an object
//! (`crate::run::server::object`) that is linked into the test binaries; it needs nothing but the C library.
//! Without its environment variables it does nothing at all. With `SEGUE_SERVER` the process never reaches
//! `main`: it answers requests from its standard input, each by a fork; the child stores the mutant's entry,
//! sets its limits, puts the test's name into `argv` and returns, so that the standard harness runs unchanged.
//! With `SEGUE_PREFIX` as well it does reach `main`, runs one test up to the first function with mutants, and answers from
//! there (`prefix`). With `SEGUE_MUTANT` alone (a program that a test starts) the mutant is chosen and `main` runs.
//!
//! The messages and the shared file are described by the runner's end of them (`crate::run`).

#![no_std]
#![allow(static_mut_refs, clippy::missing_safety_doc)]

use core::ffi::{c_char, c_int, c_long};
use core::ptr::{addr_of, addr_of_mut, null, null_mut};
use core::sync::atomic::{AtomicU32, AtomicU64, Ordering};

#[cfg(not(all(target_os = "linux", target_pointer_width = "64", target_endian = "little")))]
compile_error!("segue mutants runs on 64-bit Linux (x86-64 or aarch64) only");

#[cfg(target_arch = "x86_64")]
mod filter;
#[cfg(target_arch = "x86_64")]
mod harness;
#[cfg(target_arch = "x86_64")]
mod imports;
#[cfg(target_arch = "x86_64")]
mod prefix;
mod slots;
mod system;

use slots::{choose, clear_hits, end, first, restore};
use system::*;

/// The first page of the file of hits.
#[repr(C)]
struct Directory {
    /// The child that is running, or 0.
    running: AtomicU32,
    /// How many regions were asked for.
    used: AtomicU32,
    /// Where the next region begins.
    end: AtomicU64,
    /// Offset and length of each region; the length is 0 until the region is mapped.
    regions: [[AtomicU64; 2]; REGIONS],
}

const REGIONS: usize = 255;

/// What follows the tag of a request.
#[repr(C)]
struct Request {
    mutant: u32,
    words: u32,
    length: u32,
    /// Not 0 to find out whether the test can be stopped at its first call.
    tries: u32,
    processor: u64,
    memory: u64,
}

#[repr(C)]
struct Reply {
    error: i32,
    status: i32,
    chosen: u32,
    strays: u32,
    user: u64,
    system: u64,
    wall: u64,
    peak: u64,
}

const NO_MUTANT: u32 = u32::MAX;
const NO_LIMIT: u64 = u64::MAX;
const TAG_RUN: u8 = b'R';
const TAG_KILL: u8 = b'K';
const TEXT: usize = 16384;

/// The other side, for requests.
static mut SOCKET: c_int = -1;
/// The file of hits.
static mut DIRECTORY: *mut Directory = null_mut();
/// The words of the request, which the child's `argv` points to.
static mut WORDS: [u8; TEXT] = [0; TEXT];
/// The digits of the mutant's number.
static mut DIGITS: [u8; 12] = [0; 12];

#[used]
#[link_section = ".init_array"]
static START: unsafe extern "C" fn(c_int, *mut *mut c_char) = start;

unsafe extern "C" fn start(argc: c_int, argv: *mut *mut c_char) {
    let hits = getenv(c(b"SEGUE_HITS\0"));
    if hits.is_null() {
        return;
    }
    let server = getenv(c(b"SEGUE_SERVER\0"));
    let directory = share(hits);
    if !server.is_null() {
        DIRECTORY = directory;
        prepare();
        if getenv(c(b"SEGUE_PREFIX\0")).is_null() {
            #[cfg(target_arch = "x86_64")]
            harness::prepare();
            greet(0);
            answer(argv_of(argc, argv, server));
        } else {
            begin_prefix();
        }
        return;
    }
    let mutant = getenv(c(b"SEGUE_MUTANT\0"));
    if !mutant.is_null() {
        choose(number(mutant));
    }
}

/// The C library of GNU gives `argc` and `argv` to these functions; others do not, but the environment stands
/// right behind them when a process begins.
#[cfg(target_env = "gnu")]
unsafe fn argv_of(_: c_int, argv: *mut *mut c_char, _: *const c_char) -> *mut *mut c_char {
    argv
}

#[cfg(not(target_env = "gnu"))]
unsafe fn argv_of(_: c_int, _: *mut *mut c_char, words: *const c_char) -> *mut *mut c_char {
    environ.sub(1 + number(words) as usize)
}

fn c(text: &'static [u8]) -> *const c_char {
    text.as_ptr().cast()
}

unsafe fn number(text: *const c_char) -> u32 {
    let mut value = 0u32;
    let mut at = text.cast::<u8>();
    while *at >= b'0' && *at <= b'9' {
        value = value.wrapping_mul(10).wrapping_add(u32::from(*at - b'0'));
        at = at.add(1);
    }
    value
}

unsafe fn errno() -> c_int {
    *__errno_location()
}

/// Maps the section of slots onto a region of its own of the shared file, so that the hits of this process and of
/// its forks can be read when they are gone, however they ended. Null when it could not be done.
unsafe fn share(path: *const c_char) -> *mut Directory {
    let page = getpagesize() as usize;
    let length = end() as usize - first() as usize;
    if (first() as usize | length) & (page - 1) != 0 {
        return null_mut();
    }
    let fd = open(path, O_RDWR_CLOEXEC);
    if fd < 0 {
        return null_mut();
    }
    let directory = mmap(null_mut(), 4096, READ_WRITE, MAP_SHARED, fd, 0);
    if directory as isize == -1 {
        close(fd);
        return null_mut();
    }
    let directory = directory.cast::<Directory>();
    let index = (*directory).used.fetch_add(1, Ordering::Relaxed) as usize;
    let mut is_mapped = false;
    if index < REGIONS {
        let offset = (*directory).end.fetch_add(length as u64, Ordering::Relaxed);
        let written = pwrite(fd, first().cast(), length, offset as i64);
        if written == length as isize {
            let flags = MAP_SHARED | MAP_FIXED;
            let at = mmap(first().cast(), length, READ_WRITE, flags, fd, offset as i64);
            is_mapped = at as isize != -1;
            let region = (*directory).regions.as_ptr().add(index).cast::<AtomicU64>();
            (*region).store(offset, Ordering::Relaxed);
            // It pairs with nothing in this file: the other side reads when this process has answered or ended.
            (*region.add(1)).store(length as u64, Ordering::Relaxed);
        }
    }
    close(fd);
    if is_mapped {
        directory
    } else {
        null_mut()
    }
}

/// What a server is before it answers: apart from the terminal, and the parent of all that its tests leave.
unsafe fn prepare() {
    // The socket is standard input; the tests have none.
    SOCKET = fcntl(0, F_DUPFD_CLOEXEC, 200);
    let nothing = open(c(b"/dev/null\0"), O_RDONLY_CLOEXEC);
    if SOCKET < 0 || nothing < 0 || dup2(nothing, 0) < 0 {
        _exit(120);
    }
    close(nothing);
    setsid();
    prctl(PR_SET_CHILD_SUBREAPER, 1usize, 0usize, 0usize, 0usize);
    setrlimit(RLIMIT_CORE, &[0, 0]);
    signal(SIGCHLD, 0);
    signal(SIGPROF, 0);
    signal(SIGXCPU, 0);
}

/// Goes on to `main` with a test that is stopped at its first call. Where it cannot be stopped, this ends without a
/// greeting.
unsafe fn begin_prefix() {
    unsetenv(c(b"SEGUE_SERVER\0"));
    unsetenv(c(b"SEGUE_PREFIX\0"));
    #[cfg(target_arch = "x86_64")]
    if !DIRECTORY.is_null() && prefix::stop(prefix::Then::Answer) {
        return;
    }
    leave()
}

/// In a test that was stopped at its first call: greets, with the processor time that led here, and answers. It returns
/// in the children only.
#[cfg(target_arch = "x86_64")]
unsafe fn answer_stopped() {
    let mut spent = [0i64; 2];
    clock_gettime(CLOCK_PROCESS, &mut spent);
    greet((spent[0] * 1_000_000 + spent[1] / 1000) as u32);
    // A request of no words leaves the arguments as they are.
    answer(null_mut());
}

/// Answers requests until the other side is gone. It returns in the children only.
unsafe fn answer(argv: *mut *mut c_char) {
    loop {
        let mut request =
            Request { mutant: 0, words: 0, length: 0, tries: 0, processor: 0, memory: 0 };
        let mut tag = 0u8;
        if !receive(addr_of_mut!(tag).cast(), 1) {
            leave();
        }
        if tag == TAG_KILL {
            // It came too late: the child that was meant had ended.
            continue;
        }
        let is_whole = tag == TAG_RUN
            && receive(addr_of_mut!(request).cast(), core::mem::size_of::<Request>())
            && (request.length as usize) < TEXT
            && receive(addr_of_mut!(WORDS).cast(), request.length as usize);
        if !is_whole {
            _exit(122);
        }
        if run(argv, &request) {
            return;
        }
    }
}

/// One request. True in the child.
unsafe fn run(argv: *mut *mut c_char, request: &Request) -> bool {
    clear_hits();
    let chosen = choose(request.mutant);
    let server = getpid();
    let began = now();
    let child = fork();
    if child == 0 {
        close(SOCKET);
        become_test(argv, request, server);
        return true;
    }
    let mut reply =
        Reply { error: 0, status: 0, chosen, strays: 0, user: 0, system: 0, wall: 0, peak: 0 };
    if child < 0 {
        reply.error = errno();
    } else {
        setpgid(child, child);
        (*DIRECTORY).running.store(child as u32, Ordering::Relaxed);
        wait(child, &mut reply);
        (*DIRECTORY).running.store(0, Ordering::Relaxed);
        reply.wall = now() - began;
    }
    restore(chosen);
    tell(addr_of!(reply).cast(), core::mem::size_of::<Reply>());
    false
}

/// In the child: limits, the mutant's number for programs that the test starts, and the test's name.
unsafe fn become_test(argv: *mut *mut c_char, request: &Request, server: c_int) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL as usize, 0usize, 0usize, 0usize);
    if getppid() != server {
        _exit(123);
    }
    if request.processor != NO_LIMIT {
        let seconds = (request.processor / 1_000_000) as i64;
        let timer = [0, 0, seconds, (request.processor % 1_000_000) as i64];
        setitimer(ITIMER_PROF, &timer, null_mut());
        // For a test that has the profiling signal for itself, and for the programs that it starts.
        let seconds = seconds as u64 + 2;
        setrlimit(RLIMIT_CPU, &[seconds, seconds + 1]);
    }
    if request.memory != NO_LIMIT {
        setrlimit(RLIMIT_AS, &[request.memory, request.memory]);
    }
    unsetenv(c(b"SEGUE_SERVER\0"));
    if request.mutant != NO_MUTANT {
        let mut left = request.mutant;
        let mut at = DIGITS.len() - 1;
        let digits = addr_of_mut!(DIGITS).cast::<u8>();
        loop {
            at -= 1;
            *digits.add(at) = b'0' + (left % 10) as u8;
            left /= 10;
            if left == 0 {
                break;
            }
        }
        setenv(c(b"SEGUE_MUTANT\0"), digits.add(at).cast(), 1);
    }
    let mut word = addr_of_mut!(WORDS).cast::<u8>();
    let mut index = 0;
    while index < request.words as usize {
        index += 1;
        *argv.add(index) = word.cast();
        while *word != 0 {
            word = word.add(1);
        }
        word = word.add(1);
    }
    #[cfg(target_arch = "x86_64")]
    if request.words != 0 {
        harness::begin();
    }
    if request.tries != 0 {
        try_prefix();
    }
}

/// Has the test say by its end whether it can be stopped at its first call.
unsafe fn try_prefix() {
    #[cfg(target_arch = "x86_64")]
    if prefix::stop(prefix::Then::Say) {
        return;
    }
    _exit(124)
}

/// Waits for the child, for the order to end it, or for the other side to be gone; then ends all that it left.
unsafe fn wait(child: c_int, reply: &mut Reply) {
    let process = syscall(SYS_PIDFD_OPEN, child as c_long, 0 as c_long) as c_int;
    if process < 0 {
        reply.error = errno();
        kill(-child, SIGKILL);
    }
    let mut is_gone = false;
    while process >= 0 {
        let mut fds = [
            PollFd { fd: process, events: POLLIN, returned: 0 },
            PollFd { fd: SOCKET, events: POLLIN, returned: 0 },
        ];
        poll(fds.as_mut_ptr(), 2, -1);
        if fds[0].returned != 0 {
            break;
        }
        if fds[1].returned != 0 {
            let mut tag = 0u8;
            is_gone = !receive(addr_of_mut!(tag).cast(), 1);
            kill(-child, SIGKILL);
            if is_gone {
                break;
            }
        }
    }
    close(process);
    // The child is not waited for yet: its number, and so that of its group, cannot be another's.
    kill(-child, SIGKILL);
    let mut usage = Usage { user: [0; 2], system: [0; 2], peak: 0, others: [0; 13] };
    while wait4(child, &mut reply.status, 0, &mut usage) < 0 && errno() == EINTR {}
    reply.user = (usage.user[0] * 1_000_000 + usage.user[1]) as u64;
    reply.system = (usage.system[0] * 1_000_000 + usage.system[1]) as u64;
    reply.peak = usage.peak as u64;
    reply.strays = end_strays();
    if is_gone {
        leave();
    }
}

/// The other side is gone, perhaps killed: the tests' temporary folder goes, too.
unsafe fn leave() -> ! {
    let folder = getenv(c(b"TMPDIR\0"));
    if !folder.is_null() && rmdir(folder) != 0 && errno() == ENOTEMPTY {
        let end: *const c_char = null();
        execlp(c(b"rm\0"), c(b"rm\0"), c(b"-rf\0"), c(b"--\0"), folder, end);
    }
    _exit(0)
}

/// Ends the processes that left the child's group: when their parents are gone, they are children of this one.
unsafe fn end_strays() -> u32 {
    let mut ended = 0;
    loop {
        let mut status = 0;
        let pid = wait4(-1, &mut status, WNOHANG, null_mut());
        if pid > 0 {
            ended += 1;
        } else if pid < 0 || !kill_children() {
            return ended;
        } else if wait4(-1, &mut status, 0, null_mut()) > 0 {
            ended += 1;
        }
    }
}

/// Kills every child of this process. False where the kernel does not list them.
unsafe fn kill_children() -> bool {
    let fd = open(c(b"/proc/thread-self/children\0"), O_RDONLY_CLOEXEC);
    if fd < 0 {
        return false;
    }
    let mut text = [0u8; 4096];
    let length = read(fd, text.as_mut_ptr().cast(), text.len());
    close(fd);
    let mut pid = 0;
    let mut is_any = false;
    let mut index = 0;
    while index < length {
        let byte = *text.as_ptr().offset(index);
        if byte >= b'0' && byte <= b'9' {
            pid = pid * 10 + c_int::from(byte - b'0');
        } else if pid > 0 {
            kill(pid, SIGKILL);
            is_any = true;
            pid = 0;
        }
        index += 1;
    }
    is_any
}

/// The first message: whether the slots could be shared, the processor time that was spent until now, in microseconds, and
/// the mutants that stand in this binary.
unsafe fn greet(spent: u32) {
    let mut mutants = 0u32;
    let mut slot = first();
    while slot < end() {
        mutants += (*slot).arms;
        slot = slot.add(1);
    }
    let error = if DIRECTORY.is_null() { -1i32 as u32 } else { 0 };
    let header = [0x5345_4755u32, error, spent, mutants];
    tell(header.as_ptr().cast(), 16);
    if DIRECTORY.is_null() {
        _exit(121);
    }
    slot = first();
    while slot < end() {
        let mut index = 0;
        while index < (*slot).arms as usize {
            let arm = (*slot).arm.add(index);
            let pair = [(*slot).function, (*arm).mutant];
            tell(pair.as_ptr().cast(), 8);
            index += 1;
        }
        slot = slot.add(1);
    }
}

unsafe fn now() -> u64 {
    let mut time = [0i64; 2];
    clock_gettime(CLOCK_MONOTONIC, &mut time);
    (time[0] * 1_000_000_000 + time[1]) as u64
}

/// False when the other side is gone.
unsafe fn receive(to: *mut u8, length: usize) -> bool {
    let mut done = 0;
    while done < length {
        let count = read(SOCKET, to.add(done).cast(), length - done);
        if count > 0 {
            done += count as usize;
        } else if count == 0 || errno() != EINTR {
            return false;
        }
    }
    true
}

unsafe fn tell(from: *const u8, length: usize) {
    let mut done = 0;
    while done < length {
        let count = send(SOCKET, from.add(done).cast(), length - done, MSG_NOSIGNAL);
        if count > 0 {
            done += count as usize;
        } else if errno() != EINTR {
            // The other side is gone; the next read says so.
            return;
        }
    }
}
