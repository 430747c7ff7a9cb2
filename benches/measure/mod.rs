//! What the benchmarks share: figures as JSON lines, sides of a comparison measured in turn, and
//! programs or loaded objects to measure.
//!
//! The machine may be busy with other things. So a figure comes from many short batches (median and
//! 99th percentile), and a ratio from pairs: each round runs every side once, in a rotating order,
//! and is compared with itself only.

#![allow(dead_code, reason = "each benchmark uses its part of what is shared")]

pub(crate) mod live;
pub(crate) mod loaded;
pub(crate) mod process;
pub(crate) mod steps;
pub(crate) mod throw;
pub(crate) mod together;

use std::{hint::black_box, time::Instant};

/// What every benchmark's `main` returns.
pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Prints one figure as a JSON line: the middle and the 99th percentile of `samples`.
pub(crate) fn figure(name: &str, unit: &str, samples: &[f64]) {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1) as f64;
    let at = |share: f64| sorted.get((last * share).round() as usize).copied().unwrap_or(f64::NAN);
    println!(
        "{{\"name\": \"{name}\", \"unit\": \"{unit}\", \"median\": {}, \"p99\": {}, \"n\": {}}}",
        rounded(at(0.5)),
        rounded(at(0.99)),
        sorted.len()
    );
}

/// The middle, or what is between the two in the middle.
fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    let (lower, upper) = (samples.len().saturating_sub(1) / 2, samples.len() / 2);
    samples
        .get(lower)
        .zip(samples.get(upper))
        .map_or(f64::NAN, |(lower, upper)| (lower + upper) / 2.0)
}

/// Four significant digits, as JSON spells numbers.
fn rounded(value: f64) -> String {
    if !value.is_finite() {
        return "null".to_owned();
    }
    let digits_before = if value == 0.0 { 1.0 } else { value.abs().log10().floor() + 1.0 };
    let decimals = (4.0 - digits_before).clamp(0.0, 6.0) as usize;
    format!("{value:.decimals$}")
}

/// So many indices below `size` without a pattern that a predictor could learn (xorshift64).
pub(crate) fn random_order(size: usize, length: usize) -> Vec<u32> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((state >> 32) % size as u64) as u32
    };
    (0..length).map(|_| next()).collect()
}

/// One side of a comparison.
pub(crate) struct Side<'a> {
    name: &'static str,
    run: Box<dyn FnMut(u64) -> u64 + 'a>,
}

/// A side that does its work as many times as it is told, and returns what came of it.
pub(crate) fn side<'a>(name: &'static str, run: impl FnMut(u64) -> u64 + 'a) -> Side<'a> {
    Side { name, run: Box::new(run) }
}

/// What a side is measured by.
#[derive(Clone, Copy, Default)]
enum Time {
    #[default]
    Clock,
    /// That of the measuring thread alone: whatever else runs on the machine counts less.
    Processor,
}

/// What a comparison measured so far: nanoseconds of each side, in rounds.
#[derive(Default)]
pub(crate) struct Comparison {
    time: Time,
    names: Vec<&'static str>,
    nanos: Vec<Vec<f64>>,
}

impl Comparison {
    /// One for sides that only compute.
    pub(crate) fn by_processor_time() -> Comparison {
        Comparison { time: Time::Processor, ..Comparison::default() }
    }

    /// Runs all sides in turn, `rounds` times in batches of `times`.
    pub(crate) fn measure(&mut self, rounds: usize, times: u64, sides: &mut [Side<'_>]) {
        self.names = sides.iter().map(|side| side.name).collect();
        self.nanos.resize(sides.len(), Vec::new());
        for (all, new) in self.nanos.iter_mut().zip(alternate(rounds, times, sides, self.time)) {
            all.extend(new);
        }
    }

    /// Makes one side of those of one name: the same work at several places in memory. What it takes in a round is the
    /// median over its places.
    pub(crate) fn over_places(&mut self) {
        let mut of_name: Vec<(&'static str, Vec<Vec<f64>>)> = Vec::new();
        for (name, nanos) in self.names.drain(..).zip(self.nanos.drain(..)) {
            match of_name.iter_mut().find(|(known, _)| *known == name) {
                Some((_, places)) => places.push(nanos),
                None => of_name.push((name, vec![nanos])),
            }
        }
        for (name, places) in of_name {
            let rounds = places.iter().map(Vec::len).min().unwrap_or(0);
            let in_round = |round: usize| median(places.iter().map(|nanos| nanos[round]).collect());
            self.names.push(name);
            self.nanos.push((0..rounds).map(in_round).collect());
        }
    }

    /// Prints nanoseconds per time for each side, and the ratio of each to the first one within its
    /// round.
    pub(crate) fn print(&self, prefix: &str) {
        for (name, nanos) in self.names.iter().zip(&self.nanos) {
            figure(&format!("{prefix}.{name}"), "ns", nanos);
        }
        let Some((base, others)) = self.nanos.split_first() else { return };
        for (name, nanos) in self.names.iter().skip(1).zip(others) {
            let pairs = nanos.iter().zip(base);
            let ratios: Vec<f64> = pairs.map(|(other, base)| other / base).collect();
            figure(&format!("{prefix}.{name}/{}", self.names[0]), "ratio", &ratios);
        }
    }
}

/// Nanoseconds per time of each side in each round. A round that the scheduler broke into is
/// left in: it is what the percentiles are for.
fn alternate(rounds: usize, times: u64, sides: &mut [Side<'_>], time: Time) -> Vec<Vec<f64>> {
    let mut samples = vec![Vec::with_capacity(rounds); sides.len()];
    let count = sides.len();
    for side in sides.iter_mut() {
        black_box((side.run)(times)); // Caches and branch predictors.
    }
    for round in 0..rounds {
        for step in 0..count {
            let index = (round + step) % count;
            let (processor, clock) = (process::thread_cpu_time(), Instant::now());
            black_box((sides[index].run)(black_box(times)));
            let took = match time {
                Time::Clock => clock.elapsed(),
                Time::Processor => process::thread_cpu_time() - processor,
            };
            samples[index].push(took.as_nanos() as f64 / times as f64);
        }
    }
    samples
}
