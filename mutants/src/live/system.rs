//! What a live file's server asks the kernel for and std has no call for: a fork, its end, timers, shared memory.

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::ptr::{NonNull, null_mut};
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};
use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getpgrp, getrlimit, kill_process_group,
    setrlimit, waitid,
};

/// Words of a file in memory, which other processes map as well.
#[derive(Debug)]
pub(super) struct Mapped {
    start: NonNull<AtomicU64>,
    words: usize,
}

/// Maps so many bytes of a file, at an offset.
pub(super) fn map_shared(file: BorrowedFd<'_>, offset: u64, length: usize) -> io::Result<Mapped> {
    let access = ProtFlags::READ | ProtFlags::WRITE;
    // SAFETY: the kernel chooses the address, so no mapping of somebody else's is replaced.
    let start = unsafe { mmap(null_mut(), length, access, MapFlags::SHARED, file, offset) }?;
    let start = NonNull::new(start.cast()).ok_or(io::ErrorKind::InvalidData)?;
    Ok(Mapped { start, words: length / size_of::<AtomicU64>() })
}

impl Mapped {
    pub(super) fn words(&self) -> &[AtomicU64] {
        // SAFETY: a page-aligned mapping of at least so many words, readable and writable until it is dropped, in
        // memory that this process and others access by atomic instructions and by the file; any bits are a value.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.words) }
    }
}

impl Drop for Mapped {
    fn drop(&mut self) {
        // SAFETY: our own mapping, which only `words` gave out, borrowed from this value. Live code was told the
        // address and counts there: the server drops its records after the last test.
        let _ = unsafe { munmap(self.start.as_ptr().cast(), self.words * size_of::<AtomicU64>()) };
    }
}

/// Which side of a fork this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Child,
    /// And the child's number.
    Parent(i32),
}

/// Forks this process; the child has this thread alone.
pub(super) fn fork() -> io::Result<Side> {
    // SAFETY: fork(2) touches no memory of ours. In the child the locks of other threads stay as they are: those of the
    // C library are made good by itself, and the child takes none but those of tests and of standard output, which no
    // other thread of a server holds.
    match unsafe { libc::fork() } {
        0 => Ok(Side::Child),
        child @ 1.. => Ok(Side::Parent(child)),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Waits until a child has ended; its number stays its own until [`reap`].
pub(super) fn wait(child: i32) {
    let Some(pid) = Pid::from_raw(child) else { return };
    let how = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while matches!(waitid(WaitId::Pid(pid), how), Err(rustix::io::Errno::INTR)) {}
}

/// How a child ended, as `wait` gives it, how long it and all that it waited for had a processor, and the most memory
/// that it had, in bytes.
pub(super) fn reap(child: i32) -> (i32, Duration, u64) {
    let mut status = 0;
    // SAFETY: numbers and structures of numbers, of which zero is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both places are ours and outlive the call.
    while unsafe { libc::wait4(child, &raw mut status, 0, &raw mut usage) } < 0
        && io::Error::last_os_error().kind() == io::ErrorKind::Interrupted
    {}
    let of = |time: libc::timeval| {
        Duration::from_secs(time.tv_sec as u64) + Duration::from_micros(time.tv_usec as u64)
    };
    let peak = (usage.ru_maxrss as u64).saturating_mul(1024);
    (status, of(usage.ru_utime) + of(usage.ru_stime), peak)
}

/// Ends a child and its group.
pub(super) fn end_group(child: i32) {
    if let Some(pid) = Pid::from_raw(child) {
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

/// Ends this process and its group.
pub(super) fn end_all() -> ! {
    let _ = kill_process_group(getpgrp(), Signal::KILL);
    // The signal has come before this.
    std::process::abort()
}

/// Ends this process at once, without the destructors of its other threads' memory.
pub(super) fn leave(status: i32) -> ! {
    // SAFETY: _exit(2) does not return and touches no memory.
    unsafe { libc::_exit(status) }
}

/// How long this process had a processor.
pub(super) fn processor() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the place is ours and outlives the call.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Ends this process by a signal when it has had a processor for so long from now on; `None` takes that back.
pub(super) fn limit_processor(limit: Option<Duration>) {
    let limit = limit.unwrap_or_default();
    let timer = libc::itimerval {
        it_interval: libc::timeval { tv_sec: 0, tv_usec: 0 },
        it_value: libc::timeval {
            tv_sec: limit.as_secs().min(1 << 30) as libc::time_t,
            tv_usec: limit.subsec_micros().into(),
        },
    };
    // SAFETY: setitimer(2) reads the structure, which outlives the call.
    unsafe { libc::setitimer(libc::ITIMER_PROF, &raw const timer, null_mut()) };
}

/// Limits the address space to so many bytes more than there are now. Gives what held before.
pub(super) fn limit_memory(more: Option<u64>) -> Rlimit {
    let before = getrlimit(Resource::As);
    if let Some(more) = more {
        let wanted = address_space().saturating_add(more);
        let current = Some(before.maximum.map_or(wanted, |most| wanted.min(most)));
        let _ = setrlimit(Resource::As, Rlimit { current, maximum: before.maximum });
    }
    before
}

/// How much there is of it, in bytes.
fn address_space() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmSize:"));
    let size = line.and_then(|it| it.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    size.unwrap_or(0) << 10
}

/// Takes [`limit_memory`] back.
pub(super) fn unlimit_memory(before: Rlimit) {
    let _ = setrlimit(Resource::As, before);
}

/// Puts a file in the place of standard input.
pub(super) fn become_input(file: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: dup2(2) reads two numbers; `file` is borrowed, so it is open, and std never closes standard input.
    match unsafe { libc::dup2(file.as_raw_fd(), 0) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}
