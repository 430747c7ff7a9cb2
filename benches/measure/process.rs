//! What the kernel says of this process: mappings, memory, CPU time.

use std::{fs, io, time::Duration};

use rustix::time::{ClockId, clock_gettime};

/// CPU time of the calling thread so far.
pub(crate) fn thread_cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Number of mappings of this process.
pub(crate) fn mappings() -> io::Result<usize> {
    Ok(fs::read_to_string("/proc/self/maps")?.lines().count())
}

/// Resident bytes of this process, by proportional share: a page of the windows that is seen
/// through its write view and its exec view counts once.
pub(crate) fn resident() -> io::Result<usize> {
    let rollup = fs::read_to_string("/proc/self/smaps_rollup")?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    let unreadable = || io::Error::other("/proc/self/smaps_rollup has no line `Pss:` in kB");
    Ok(kib.ok_or_else(unreadable)? * 1024)
}
