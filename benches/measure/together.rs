//! Sides of a comparison that several threads run at once: every thread runs the same side at the same
//! time, so that what they share (cache lines, locks) shows.
//!
//! Nanoseconds are each thread's own CPU time, so that more threads than cores are measured too. The
//! rate is of all threads by the clock, and stops growing at the number of cores.

use std::{hint::black_box, sync::Barrier, thread, time::Instant};

use super::{figure, process::thread_cpu_time};

/// One side, made for one thread by a [`Maker`]; it does a batch of calls and returns what came of
/// them.
pub(crate) type Run<'a> = Box<dyn FnMut() -> u64 + 'a>;

/// Makes a thread's sides, on that thread: for each a name and what to run.
pub(crate) type Maker<'a> = dyn Fn() -> Vec<(&'static str, Run<'a>)> + Sync + 'a;

/// What one thread measured: for each side, nanoseconds per call and the time on the clock of each
/// round.
type Measured = Vec<(&'static str, Vec<f64>, Vec<f64>)>;

/// Measures the sides that `make` makes, in batches of `calls`, on so many threads at once. Prints
/// CPU time per call, the ratio of each side to the first one, and million calls per second of
/// all threads.
pub(crate) fn together(
    prefix: &str,
    threads: usize,
    rounds: usize,
    calls: usize,
    make: &Maker<'_>,
) {
    let barrier = Barrier::new(threads);
    let all: Vec<Measured> = thread::scope(|scope| {
        let run = || scope.spawn(|| one_thread(rounds, calls, make, &barrier));
        let running: Vec<_> = (0..threads).map(|_| run()).collect();
        running.into_iter().map(|thread| thread.join().expect("no side panics")).collect()
    });
    for (index, (name, _, clock)) in all[0].iter().enumerate() {
        let nanos = |side: usize| all.iter().flat_map(move |each| each[side].1.iter().copied());
        figure(&format!("{prefix}.{name}"), "ns", &nanos(index).collect::<Vec<_>>());
        if index > 0 {
            let ratios: Vec<f64> =
                nanos(index).zip(nanos(0)).map(|(one, base)| one / base).collect();
            figure(&format!("{prefix}.{name}/{}", all[0][0].0), "ratio", &ratios);
        }
        let rate = |seconds: &f64| (threads * calls) as f64 / seconds / 1e6;
        let rates: Vec<f64> = clock.iter().map(rate).collect();
        figure(&format!("{prefix}.{name}.rate"), "million/s", &rates);
    }
}

fn one_thread(rounds: usize, calls: usize, make: &Maker<'_>, barrier: &Barrier) -> Measured {
    let mut sides = make();
    let mut measured: Measured =
        sides.iter().map(|(name, _)| (*name, Vec::new(), Vec::new())).collect();
    for (_, run) in &mut sides {
        black_box(run()); // Caches and branch predictors.
    }
    let count = sides.len();
    for round in 0..rounds {
        for step in 0..count {
            let index = (round + step) % count;
            barrier.wait();
            let (clock, cpu) = (Instant::now(), thread_cpu_time());
            black_box((sides[index].1)());
            let cpu = thread_cpu_time() - cpu;
            barrier.wait();
            measured[index].1.push(cpu.as_nanos() as f64 / calls as f64);
            measured[index].2.push(clock.elapsed().as_secs_f64());
        }
    }
    measured
}
