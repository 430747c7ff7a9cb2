//! A look at the stacks of all threads of the process from outside: what could they return into?
//!
//! # The problem
//!
//! A participant that blocks in live code (reading from a pipe, waiting for a lock) stays pinned, and
//! with it everything that was retired since, although most of it is nothing that its thread could
//! come back to. Where a thread *can* return to stands on its stack.
//!
//! # When a look counts
//!
//! A thread's stack is read while it runs on no core, and counts only if it did not run meanwhile:
//!
//! 1. `status` gives how often the thread was switched out.
//! 2. `syscall` says that it is blocked in a system call, with stack pointer and program counter. The
//!    kernel answers `running` otherwise; a thread that was stopped elsewhere (a page fault, say) has
//!    no call number. Neither counts: registers could hold what the stack does not.
//! 3. The words from the stack pointer to the end of the stack are read, by way of `/proc/self/mem`, so
//!    that a stack that vanishes is an error and not a fault.
//! 4. `syscall` and then `status` say the same as before. To run, the thread would have been switched
//!    in, and to block again, as `syscall` says it does, switched out, which `status` counts from then
//!    on. Asked first, `status` would not know of a thread that runs just now and blocks before
//!    `syscall` is asked.
//!
//! # Registers
//!
//! The kernel does not show the registers that a system call leaves alone. They need not be seen: outside
//! the functions that it is in, a thread holds addresses of code only as what can be called at any
//! time (a stub, or private code whose address escaped, which are never reclaimed), or of places in
//! those very functions (jump tables). The linker sees to that: an instruction that loads a live
//! function's address gets its stub, and only `call` and `jmp` through memory get the slot.
//!
//! # Every thread
//!
//! A pinned participant protects whom it waits for: live code may have started a thread, or handed a
//! function to a pool, and wait in a `join`. So every thread of the process must be seen, and what
//! any of them is in counts. A thread that runs is passed over if it is a caller itself, since
//! callers run live code under pins of their own; any other one that runs makes the look fail.
//!
//! The list of threads is complete if none of those listed has ended since: the kernel walks a list from
//! one living thread to the next. A thread that started later was given what its maker was seen in,
//! or what anybody may name.
//!
//! # What does not count
//!
//! A thread in `vfork` or `clone` (its child may be on its stack); one that blocks on another stack than
//! its own (a signal handler's, a coroutine's), which is told by where its own one ends; a pin
//! that was made on another stack; a stack of more than [`LARGEST`] bytes. What cannot be seen at all is a
//! coroutine's stack that live code was left on, by a thread that went on to block on its own.

use std::{fs, fs::File, ops::Range, os::unix::fs::FileExt};

use super::{PinnedSince, caller};

/// The most memory above a stack pointer that is read: far more than any thread's usual stack.
const LARGEST: usize = 64 << 20;
/// What functions that call nobody may use below the stack pointer, on x86-64.
const RED_ZONE: usize = 128;
/// How far `pin` itself reaches below its caller's frame, where it is not inlined: what is called next
/// may need less.
const PIN: usize = 1024;
/// How often a thread is looked at before it counts as running.
const LOOKS: usize = 3;
/// x86-64's `clone`, `fork`, `vfork` and `clone3`.
const FORKS: [i64; 4] = [56, 57, 58, 435];

/// What all threads were seen in.
#[derive(Debug, Default)]
pub(crate) struct Census {
    /// Addresses in the window of code that stand on a stack.
    pub(crate) words: Vec<usize>,
    stacks: Vec<Stack>,
}

/// A stack that was read.
#[derive(Debug)]
struct Stack {
    /// Where the memory that it is in starts.
    start: usize,
    pointer: usize,
    end: usize,
}

impl Census {
    /// Whether the stack on which `pinned` was made is among those read, from below all that was called
    /// since.
    pub(crate) fn saw(&self, pinned: &PinnedSince) -> bool {
        self.stacks.iter().any(|stack| {
            (stack.start..stack.end).contains(&pinned.lowest)
                && (stack.pointer.saturating_sub(PIN)..stack.end).contains(&pinned.highest)
        })
    }
}

/// Looks at every thread but the calling one, for addresses in `window`.
///
/// `None` if some thread runs that `may_run` does not excuse, or cannot be looked at.
pub(crate) fn take(window: &Range<usize>, may_run: &dyn Fn(u32) -> bool) -> Option<Census> {
    let me = caller::number()?;
    let threads = threads()?;
    let maps = Maps::parse(&fs::read_to_string("/proc/self/maps").ok()?);
    let memory = File::open("/proc/self/mem").ok()?;
    let mut census = Census::default();
    for thread in threads.into_iter().filter(|thread| *thread != me) {
        match look(thread, &maps, &memory, window)? {
            Some((stack, words)) => {
                census.stacks.push(stack);
                census.words.extend(words);
            }
            None if may_run(thread) => {}
            None => return None,
        }
    }
    census.words.sort_unstable();
    census.words.dedup();
    Some(census)
}

/// All threads of the process, if the kernel's list was complete.
fn threads() -> Option<Vec<u32>> {
    let number =
        |entry: std::io::Result<fs::DirEntry>| entry.ok()?.file_name().to_str()?.parse().ok();
    let listed: Vec<u32> =
        fs::read_dir("/proc/self/task").ok()?.map(number).collect::<Option<_>>()?;
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let count: usize = field(&status, "Threads:")?.parse().ok()?;
    (listed.len() == count).then_some(listed)
}

/// The stack of a thread that is blocked, with the addresses in `window` that stand on it. The inner
/// `None` is a thread that runs, the outer one that has ended.
fn look(
    thread: u32,
    maps: &Maps,
    memory: &File,
    window: &Range<usize>,
) -> Option<Option<(Stack, Vec<usize>)>> {
    for _ in 0..LOOKS {
        let count = switches(thread)?;
        let line = call(thread)?;
        let Some(blocked) = Blocked::parse(&line) else { continue };
        let is_first = thread == std::process::id();
        let Some(stack) = maps.stack(blocked.pointer, is_first, end_of_stack(thread)) else {
            continue;
        };
        let from = blocked.pointer.saturating_sub(RED_ZONE).max(stack.start) & !7;
        let Some(mut words) = read(memory, from..stack.end, window) else { continue };
        words.extend(blocked.numbers.iter().filter(|word| window.contains(word)));
        // In this order: see step 4.
        if line == call(thread)? && count == switches(thread)? {
            return Some(Some((stack, words)));
        }
    }
    Some(None)
}

/// How often a thread was switched out, of its own accord and otherwise.
fn switches(thread: u32) -> Option<(u64, u64)> {
    let status = fs::read_to_string(format!("/proc/self/task/{thread}/status")).ok()?;
    let count = |name| field(&status, name)?.parse().ok();
    Some((count("voluntary_ctxt_switches:")?, count("nonvoluntary_ctxt_switches:")?))
}

/// The system call that a thread is in, as the kernel writes it.
fn call(thread: u32) -> Option<String> {
    fs::read_to_string(format!("/proc/self/task/{thread}/syscall")).ok()
}

fn field<'a>(status: &'a str, name: &str) -> Option<&'a str> {
    status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim)
}

/// A thread that is blocked in a system call.
#[derive(Debug, PartialEq, Eq)]
struct Blocked {
    pointer: usize,
    /// The call's arguments and the program counter.
    numbers: Vec<usize>,
}

impl Blocked {
    /// From `number argument*6 pointer counter`; `None` where the thread is not blocked in a system call, or
    /// in one that others may return from on its stack.
    fn parse(line: &str) -> Option<Blocked> {
        let mut fields = line.split_ascii_whitespace();
        let call: i64 = fields.next()?.parse().ok()?;
        let hex = |text: &str| usize::from_str_radix(text.strip_prefix("0x")?, 16).ok();
        let mut numbers: Vec<usize> = fields.map(hex).collect::<Option<_>>()?;
        if call < 0 || FORKS.contains(&call) || numbers.len() != 8 {
            return None;
        }
        let pointer = numbers.remove(6);
        Some(Blocked { pointer, numbers })
    }
}

/// Private memory that can be written, which stacks are in.
struct Maps {
    /// Neighbours are one: a stack of which some pages are locked stands in several lines.
    ranges: Vec<Range<usize>>,
    /// The end of the first thread's stack. What the C library keeps of that thread is elsewhere, in
    /// memory that anybody's may lie below, a coroutine's stack say.
    first: Option<usize>,
}

impl Maps {
    fn parse(text: &str) -> Maps {
        let mut maps = Maps { ranges: Vec::new(), first: None };
        for line in text.lines() {
            let mut fields = line.split_ascii_whitespace();
            let (Some(range), Some("rw-p")) = (fields.next(), fields.next()) else { continue };
            let hex = |text| usize::from_str_radix(text, 16).ok();
            let Some((start, end)) = range.split_once('-') else { continue };
            let (Some(start), Some(end)) = (hex(start), hex(end)) else { continue };
            if fields.last() == Some("[stack]") {
                maps.first = Some(end);
            }
            match maps.ranges.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => maps.ranges.push(start..end),
            }
        }
        maps
    }

    /// The stack that `pointer` points into, if it is the thread's own: it ends at `end`, but that of the
    /// process's first thread where the kernel says.
    fn stack(&self, pointer: usize, is_first: bool, end: Option<usize>) -> Option<Stack> {
        let around = self.ranges.iter().find(|range| range.contains(&pointer))?;
        let end = if is_first { self.first } else { end };
        let end = end.filter(|end| pointer < *end && *end <= around.end)?;
        Some(Stack { start: around.start, pointer, end })
    }
}

/// An address right above a thread's stack: the C library keeps what it knows of a thread there, and
/// tells the kernel where the list is of the locks that the thread holds.
fn end_of_stack(thread: u32) -> Option<usize> {
    let (mut head, mut size) = (0_usize, 0_usize);
    // SAFETY: get_robust_list(2) writes two words, to the addresses given.
    let result =
        unsafe { libc::syscall(libc::SYS_get_robust_list, thread, &raw mut head, &raw mut size) };
    (result == 0).then_some(head)
}

/// The words in `range` that are addresses in `window`.
fn read(memory: &File, range: Range<usize>, window: &Range<usize>) -> Option<Vec<usize>> {
    if range.len() > LARGEST {
        return None;
    }
    let mut words = Vec::new();
    let mut bytes = vec![0; 64 << 10];
    let mut at = range.start;
    while at < range.end {
        let part = &mut bytes[..(range.end - at).min(64 << 10)];
        memory.read_exact_at(part, at as u64).ok()?;
        let read = part.as_chunks::<8>().0.iter().map(|word| usize::from_ne_bytes(*word));
        words.extend(read.filter(|word| window.contains(word)));
        at += part.len();
    }
    Some(words)
}

#[cfg(test)]
mod tests;
