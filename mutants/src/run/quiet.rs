//! Whether a child waits or works. Time that it spends waiting (for a lock, a channel, a clock) is what load on
//! the machine does not lengthen: a process that wants a processor and gets none is runnable, not waiting.

use std::fs;
use std::time::{Duration, Instant};

/// Watches one child and all that it started.
#[derive(Debug)]
pub(crate) struct Quiet {
    last: Instant,
    ticks: u64,
    waited: Duration,
}

/// What a look at a process tree shows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sight {
    /// Processor time in the system's ticks.
    ticks: u64,
    /// Whether a thread is runnable, or waits for a disk.
    is_busy: bool,
}

impl Quiet {
    pub(crate) fn new() -> Self {
        Self { last: Instant::now(), ticks: 0, waited: Duration::ZERO }
    }

    /// Looks, and says how long the child has waited in all. One that printed since the last look may have waited
    /// for this process to read it, which does not count.
    pub(crate) fn look(&mut self, pid: u32, has_printed: bool) -> Duration {
        let mut sight = Sight::default();
        sight.add(pid, 0);
        let now = Instant::now();
        if !has_printed && !sight.is_busy && sight.ticks == self.ticks {
            // A look that came late says nothing of the time between.
            self.waited += (now - self.last).min(2 * super::process::LOOK);
        }
        self.ticks = sight.ticks;
        self.last = now;
        self.waited
    }
}

impl Sight {
    /// Adds a process, its threads and its children. Those that end meanwhile are left out.
    fn add(&mut self, pid: u32, depth: usize) {
        let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else { return };
        for thread in threads.flatten() {
            let folder = thread.path();
            let Ok(stat) = fs::read_to_string(folder.join("stat")) else { continue };
            // The name in brackets may contain anything, so what follows is counted from the last bracket.
            let fields: Vec<&str> =
                stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
            self.is_busy |= matches!(fields.first(), Some(&"R" | &"D"));
            let ticks = |at: usize| fields.get(at).and_then(|it| it.parse().ok()).unwrap_or(0u64);
            self.ticks += ticks(11) + ticks(12);
            let children = fs::read_to_string(folder.join("children")).unwrap_or_default();
            if depth < 16 {
                children
                    .split_whitespace()
                    .flat_map(str::parse)
                    .for_each(|it| self.add(it, depth + 1));
            }
        }
    }
}
