//! What the part inside of the test binary uses of the C library, as 64-bit Linux has it.

use core::ffi::{c_char, c_int, c_long, c_void};

extern "C" {
    pub(crate) static __start_segue_slots: u8;
    pub(crate) static __stop_segue_slots: u8;
    #[cfg(not(target_env = "gnu"))]
    pub(crate) static environ: *mut *mut c_char;
    pub(crate) fn __errno_location() -> *mut c_int;
    pub(crate) fn getenv(name: *const c_char) -> *const c_char;
    pub(crate) fn setenv(name: *const c_char, value: *const c_char, overwrite: c_int) -> c_int;
    pub(crate) fn unsetenv(name: *const c_char) -> c_int;
    pub(crate) fn open(path: *const c_char, flags: c_int, ...) -> c_int;
    pub(crate) fn close(fd: c_int) -> c_int;
    pub(crate) fn read(fd: c_int, to: *mut c_void, length: usize) -> isize;
    pub(crate) fn send(fd: c_int, from: *const c_void, length: usize, flags: c_int) -> isize;
    pub(crate) fn pwrite(fd: c_int, from: *const c_void, length: usize, at: i64) -> isize;
    pub(crate) fn dup2(from: c_int, to: c_int) -> c_int;
    pub(crate) fn fcntl(fd: c_int, command: c_int, ...) -> c_int;
    pub(crate) fn mmap(
        at: *mut c_void,
        length: usize,
        protection: c_int,
        flags: c_int,
        fd: c_int,
        offset: i64,
    ) -> *mut c_void;
    pub(crate) fn rmdir(path: *const c_char) -> c_int;
    pub(crate) fn execlp(file: *const c_char, argument: *const c_char, ...) -> c_int;
    pub(crate) fn mprotect(at: *mut c_void, length: usize, protection: c_int) -> c_int;
    pub(crate) fn getpagesize() -> c_int;
    pub(crate) fn fork() -> c_int;
    pub(crate) fn getppid() -> c_int;
    pub(crate) fn getpid() -> c_int;
    pub(crate) fn setsid() -> c_int;
    pub(crate) fn setpgid(pid: c_int, group: c_int) -> c_int;
    pub(crate) fn kill(pid: c_int, signal: c_int) -> c_int;
    pub(crate) fn pause() -> c_int;
    pub(crate) fn sched_yield() -> c_int;
    pub(crate) fn pthread_self() -> usize;
    pub(crate) fn sigaction(number: c_int, new: *const Action, old: *mut Action) -> c_int;
    pub(crate) fn dl_iterate_phdr(
        each: unsafe extern "C" fn(*const Loaded, usize, *mut c_void) -> c_int,
        to: *mut c_void,
    ) -> c_int;
    pub(crate) fn signal(number: c_int, action: usize) -> usize;
    pub(crate) fn wait4(pid: c_int, status: *mut c_int, options: c_int, usage: *mut Usage)
        -> c_int;
    pub(crate) fn poll(fds: *mut PollFd, count: usize, timeout: c_int) -> c_int;
    pub(crate) fn prctl(option: c_int, ...) -> c_int;
    pub(crate) fn setitimer(which: c_int, new: *const [i64; 4], old: *mut [i64; 4]) -> c_int;
    pub(crate) fn setrlimit(resource: c_int, limit: *const [u64; 2]) -> c_int;
    pub(crate) fn clock_gettime(clock: c_int, to: *mut [i64; 2]) -> c_int;
    pub(crate) fn syscall(number: c_long, ...) -> c_long;
    pub(crate) fn _exit(code: c_int) -> !;
}

pub(crate) const EINTR: c_int = 4;
pub(crate) const ENOTEMPTY: c_int = 39;
pub(crate) const O_RDWR_CLOEXEC: c_int = 0o2_000_002;
pub(crate) const O_RDONLY_CLOEXEC: c_int = 0o2_000_000;
pub(crate) const F_DUPFD_CLOEXEC: c_int = 1030;
pub(crate) const MSG_NOSIGNAL: c_int = 0x4000;
pub(crate) const READ: c_int = 1;
pub(crate) const READ_WRITE: c_int = 3;
pub(crate) const MAP_SHARED: c_int = 1;
pub(crate) const MAP_FIXED: c_int = 0x10;
pub(crate) const POLLIN: i16 = 1;
pub(crate) const WNOHANG: c_int = 1;
pub(crate) const SIGKILL: c_int = 9;
pub(crate) const SIGSEGV: c_int = 11;
pub(crate) const SA_SIGINFO: u64 = 4;
pub(crate) const SIGCHLD: c_int = 17;
pub(crate) const SIGXCPU: c_int = 24;
pub(crate) const SIGPROF: c_int = 27;
pub(crate) const PR_SET_PDEATHSIG: c_int = 1;
pub(crate) const PR_SET_CHILD_SUBREAPER: c_int = 36;
pub(crate) const PR_SET_SECCOMP: c_int = 22;
pub(crate) const PR_SET_TSC: c_int = 26;
pub(crate) const PR_TSC_SIGSEGV: usize = 2;
pub(crate) const PR_SET_NO_NEW_PRIVS: c_int = 38;
pub(crate) const SECCOMP_MODE_FILTER: usize = 2;
/// A call by number: older libraries have no function of this name.
pub(crate) const SYS_FSTAT: c_long = 5;
pub(crate) const SYS_GETDENTS64: c_long = 217;
pub(crate) const SYS_PIDFD_OPEN: c_long = 434;
pub(crate) const ITIMER_PROF: c_int = 2;
pub(crate) const RLIMIT_CPU: c_int = 0;
pub(crate) const RLIMIT_CORE: c_int = 4;
pub(crate) const RLIMIT_AS: c_int = 9;
pub(crate) const CLOCK_MONOTONIC: c_int = 1;
pub(crate) const CLOCK_PROCESS: c_int = 2;

/// What is done at a signal: the handler, 16 words of a mask, flags, and a word that the library fills.
pub(crate) type Action = [u64; 19];

/// The beginning of what is told of each file that makes up the process.
#[repr(C)]
pub(crate) struct Loaded {
    pub(crate) base: u64,
    pub(crate) name: *const c_char,
    pub(crate) segments: *const c_void,
    pub(crate) count: u16,
}

#[repr(C)]
pub(crate) struct PollFd {
    pub(crate) fd: c_int,
    pub(crate) events: i16,
    pub(crate) returned: i16,
}

#[repr(C)]
pub(crate) struct Usage {
    pub(crate) user: [i64; 2],
    pub(crate) system: [i64; 2],
    pub(crate) peak: i64,
    pub(crate) others: [i64; 13],
}
