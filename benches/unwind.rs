//! What a throw costs through live frames, against the same throw through the host's own: by one
//! thread and by two at once, with few live functions and with 100,000.
//!
//! A throw is a Rust panic without its hook, through eight functions that call one another, each with
//! something to drop, into a `catch_unwind` in a ninth; live functions call one another through
//! their slots. With two threads a figure is the time until both are done, over the throws of both:
//! half of one thread's, if they do not wait for each other.

mod measure;

use std::{env, process::Command, thread};

use measure::{
    Comparison, Outcome, side,
    steps::{Steps, THROWER},
    throw::live_00000008,
};

const SIZES: [usize; 2] = [10, 100_000];
const BATCH: usize = 1_000;
const ROUNDS: usize = 100;
const THROWS: u64 = 1_000;
/// Frames with something to drop.
const FRAMES: u64 = 8;

fn main() -> Outcome {
    let mut arguments = env::args().skip_while(|argument| argument != "--size");
    if let Some(size) = arguments.nth(1) {
        return one_size(size.parse()?);
    }
    for size in SIZES {
        eprintln!("{size} functions");
        let status = Command::new(env::current_exe()?).args(["--size", &size.to_string()]).status();
        if !status?.success() {
            return Err(format!("the process for {size} functions failed").into());
        }
    }
    Ok(())
}

fn one_size(size: usize) -> Outcome {
    let mut steps = Steps::throwers()?;
    let pattern = Steps::pattern()?;
    while steps.len() < size {
        let from = steps.len();
        steps.add(&pattern, from..(from + BATCH).min(size))?;
    }
    let throw = |times| steps.run(THROWER, times);
    assert_eq!([throw(10), throw_in_host(10)], [10 * FRAMES; 2], "both sides do the same work");

    let mut comparison = Comparison::default();
    let mut sides = [
        side("host", throw_in_host),
        side("live", throw),
        side("host_two", |times| by_two(times, &throw_in_host)),
        side("live_two", |times| by_two(times, &throw)),
    ];
    comparison.measure(ROUNDS, THROWS, &mut sides);
    comparison.print(&format!("unwind.{size}"));
    Ok(())
}

fn throw_in_host(times: u64) -> u64 {
    live_00000008(times)
}

/// Half of the work in a second thread.
fn by_two(times: u64, throw: &(dyn Fn(u64) -> u64 + Sync)) -> u64 {
    thread::scope(|scope| {
        let other = scope.spawn(|| throw(times / 2));
        throw(times - times / 2) + other.join().unwrap_or_default()
    })
}
