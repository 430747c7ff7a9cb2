//! One thread runs a program's workload; another replaces its functions by identical copies, and
//! reclaims the old ones as soon as nobody can be in them.
//!
//! The workload comes in steps, and between two steps no function of the program is on the
//! thread's stack. A counter tells how many steps have ended. Copies that were replaced before the
//! counter was read as `c` are unreachable once it reads `c + 1`: steps that were running have
//! ended, later ones loaded the new entries. Each side stores, then loads what the other stores
//! (slot and counter), so both put a sequentially consistent operation between: at least one of
//! the two sees the other's store.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering, fence};

use segue_loader::Linked;

use crate::live::Live;
use crate::workload::Workload;

/// Functions that are linked and published together. A prime, so that batches cut the program
/// elsewhere in every round.
const BATCH: usize = 37;
/// Batches of replaced copies that may wait for their grace period.
const WAITING: usize = 8;

/// What the two threads know of each other.
#[derive(Default)]
struct Shared {
    /// Steps that have ended.
    steps: AtomicU64,
    /// Whether every function was swapped, and as often as asked for.
    is_swapped: AtomicBool,
    /// Whether the workload has ended.
    is_done: AtomicBool,
}

/// What happened.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) functions: usize,
    pub(crate) slots: usize,
    /// Times that the workload ran from beginning to end.
    pub(crate) passes: usize,
    /// Calls from outside, through a slot.
    pub(crate) steps: u64,
    /// Copies that replaced an older one while the workload ran.
    pub(crate) swaps: usize,
    /// Copies that were given back while the workload ran.
    pub(crate) reclaimed: usize,
    /// The fewest swaps of any function while the workload ran.
    pub(crate) fewest: usize,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures { functions, slots, passes, steps, swaps, reclaimed, fewest } = self;
        write!(
            f,
            "{functions} functions, {slots} slots, {passes} passes, {steps} calls from outside, \
             {swaps} swaps (each function at least {fewest} times), {reclaimed} reclaimed while \
             it ran"
        )
    }
}

/// Runs the workload, at least once and until every function was swapped `rounds` times.
pub(crate) fn run(live: &mut Live, workload: &Workload<'_>, rounds: usize) -> Figures {
    let shared = Shared::default();
    let mut figures = std::thread::scope(|scope| {
        let swapper = scope.spawn(|| swap_all(live, &shared, rounds));
        let passes = work(workload, &shared);
        let figures = swapper.join().unwrap();
        Figures { passes, ..figures }
    });
    figures.functions = live.functions.len();
    figures.slots = live.slots.0.len();
    figures.steps = shared.steps.load(Ordering::Relaxed);
    figures
}

/// Runs the workload until all is swapped, but at least once; how often.
fn work(workload: &Workload<'_>, shared: &Shared) -> usize {
    // Should this thread panic, the other must not wait for it.
    let _done = SetOnDrop(&shared.is_done);
    let mut passes = 0;
    loop {
        workload.pass(|| {
            // SeqCst: the fence of this side, between the step's loads of slots and the next's; pairs
            // with the fence in `Grace::now`, and with the acquire loads of this counter there.
            shared.steps.fetch_add(1, Ordering::SeqCst);
        });
        passes += 1;
        // Relaxed: it carries nothing but itself.
        if shared.is_swapped.load(Ordering::Relaxed) {
            return passes;
        }
    }
}

struct SetOnDrop<'a>(&'a AtomicBool);

impl Drop for SetOnDrop<'_> {
    fn drop(&mut self) {
        // Pairs with the acquire load in `swap_all`.
        self.0.store(true, Ordering::Release);
    }
}

/// Swaps all functions in rotation until the workload has ended.
fn swap_all(live: &mut Live, shared: &Shared, rounds: usize) -> Figures {
    let _swapped = SetOnDrop(&shared.is_swapped);
    let mut figures = Figures::default();
    let mut counts = vec![0; live.functions.len()];
    let mut grace = Grace { shared, waiting: VecDeque::new() };
    let mut next = 0;
    // Pairs with the release store in `SetOnDrop`.
    while !shared.is_done.load(Ordering::Acquire) {
        let batch: Vec<usize> = (0..BATCH).map(|at| (next + at) % counts.len()).collect();
        next = (next + BATCH) % counts.len();
        let replaced = live.swap(&batch);
        figures.swaps += replaced.len();
        batch.iter().for_each(|index| counts[*index] += 1);
        grace.retire(replaced);
        figures.reclaimed += grace.reclaim();
        if counts.iter().all(|count| *count >= rounds) {
            shared.is_swapped.store(true, Ordering::Relaxed);
        }
    }
    figures.fewest = counts.into_iter().min().unwrap_or(0);
    figures
}

/// Replaced copies and the counts of steps at which they were.
struct Grace<'a> {
    shared: &'a Shared,
    waiting: VecDeque<(u64, Vec<Linked>)>,
}

impl Grace<'_> {
    fn now(&self) -> u64 {
        // The fence of this side, between the stores to slots and the load of the counter; pairs with
        // the increment in `work`.
        fence(Ordering::SeqCst);
        // Acquire: what the steps so far did happened before what follows; pairs with the increment
        // in `work`.
        self.shared.steps.load(Ordering::Acquire)
    }

    fn retire(&mut self, replaced: Vec<Linked>) {
        self.waiting.push_back((self.now(), replaced));
    }

    /// Gives back what nobody can be in; waits when there is too much of it.
    fn reclaim(&mut self) -> usize {
        let mut reclaimed = 0;
        loop {
            let now = self.now();
            while self.waiting.front().is_some_and(|(stamp, _)| *stamp < now) {
                let Some((_, copies)) = self.waiting.pop_front() else { break };
                reclaimed += copies.len();
                drop(copies);
            }
            // Pairs with the release store in `SetOnDrop`.
            if self.waiting.len() <= WAITING || self.shared.is_done.load(Ordering::Acquire) {
                return reclaimed;
            }
            std::thread::yield_now();
        }
    }
}
