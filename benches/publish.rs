//! What a swap costs without a compiler: the store into a slot, undo and redo of one function, and
//! a commit that changes 1,000 functions.
//!
//! `publish.store` is the release store that is a publish as callers see it; `publish.undo` the
//! whole call, from the history to the report, without callers and with a registered caller. In
//! `publish.edit_1000` every save changes 1,000 functions of a live file (compiled before): link
//! and publish as the report splits them, and the whole as seen by the caller of `apply`.

mod measure;

use std::{
    error::Error,
    fmt::Write as _,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use measure::{
    Outcome, figure,
    live::LiveFile,
    steps::{CALLED, Steps},
};
use segue::{Program, Report};

const ONE: &str = "pub fn gain(x: f32) -> f32 { x * 0.5 }\n";
const SWAPS: usize = 10_000;
const FUNCTIONS: usize = 1_000;
const COMMITS: usize = 40;

fn main() -> Outcome {
    store()?;
    let file = LiveFile::new(ONE)?;
    let program = file.remembering()?.open()?;
    program.apply(&ONE.replace("0.5", "0.25"))?;
    undo_and_redo("publish.undo", &program)?;
    // From now on swaps are made while others may be calling.
    let me = program.participant();
    let gain = program.bind::<fn(f32) -> f32>("gain")?;
    undo_and_redo("publish.undo_with_caller", &program)?;
    assert_eq!(gain.pin(&me).call(1.0), 0.25, "the last redo is live");
    thousand_functions()
}

/// The store alone, in batches, on a slot that nobody else looks at.
fn store() -> Outcome {
    const STORES: u32 = 10_000;
    let steps = Steps::callers()?;
    let slot = steps.slot(CALLED);
    let entry = slot.load(Ordering::Relaxed);
    let samples: Vec<f64> = (0..2_000)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..STORES {
                slot.store(std::hint::black_box(entry), Ordering::Release);
            }
            start.elapsed().as_nanos() as f64 / f64::from(STORES)
        })
        .collect();
    figure("publish.store", "ns", &samples);
    Ok(())
}

/// Alternates two generations of one function.
fn undo_and_redo(name: &str, program: &Program) -> Outcome {
    let mut whole = Vec::with_capacity(SWAPS);
    let mut publish = Vec::with_capacity(SWAPS);
    for swap in 0..SWAPS {
        let start = Instant::now();
        let report = if swap % 2 == 0 { program.undo() } else { program.redo() }?;
        whole.push(micros(start.elapsed()));
        publish.push(micros(report.timings.publish));
    }
    figure(name, "us", &whole);
    figure(&format!("{name}.publish"), "us", &publish);
    Ok(())
}

/// One commit, 1,000 swaps.
fn thousand_functions() -> Outcome {
    let texts = [text_of(FUNCTIONS, 1), text_of(FUNCTIONS, 2)];
    let file = LiveFile::new(&texts[0])?;
    let program = file.remembering()?.history(2).open()?;
    eprintln!("{FUNCTIONS} functions: compiled once, the other text next");
    program.apply(&texts[1])?;
    let (mut whole, mut link, mut publish) = (Vec::new(), Vec::new(), Vec::new());
    for commit in 0..COMMITS {
        let start = Instant::now();
        let report = program.apply(&texts[commit % 2])?;
        whole.push(micros(start.elapsed()) / 1e3);
        check(&report)?;
        link.push(micros(report.timings.link) / 1e3);
        publish.push(micros(report.timings.publish) / 1e3);
    }
    figure("publish.edit_1000", "ms", &whole);
    figure("publish.edit_1000.link", "ms", &link);
    figure("publish.edit_1000.publish", "ms", &publish);
    let mut undo = Vec::new();
    for swap in 0..COMMITS {
        let start = Instant::now();
        let report = if swap % 2 == 0 { program.undo() } else { program.redo() }?;
        undo.push(micros(start.elapsed()) / 1e3);
        check(&report)?;
    }
    figure("publish.undo_1000", "ms", &undo);
    Ok(())
}

fn check(report: &Report) -> Result<(), Box<dyn Error>> {
    if report.changed.len() < FUNCTIONS {
        let message = format!("only {} of {FUNCTIONS} functions changed", report.changed.len());
        return Err(message.into());
    }
    Ok(())
}

/// A live file with this many functions that are not inlined, called by ten roots. They differ from
/// each other, and all of them from those of another `edition`.
fn text_of(functions: usize, edition: usize) -> String {
    let mut text = String::new();
    let per_root = functions.div_ceil(10);
    for number in 0..functions {
        let _ = writeln!(
            text,
            "#[inline(never)]\npub fn part_{number:04}(x: u64) -> u64 {{ \
             (x ^ {number}).wrapping_mul({}).rotate_left(7) }}",
            2 * number + 65_536 * edition + 1
        );
    }
    for root in 0..10 {
        let _ = write!(text, "pub fn root_{root}(x: u64) -> u64 {{\n    let mut sum = x;\n");
        for number in (root * per_root)..((root + 1) * per_root).min(functions) {
            let _ = writeln!(text, "    sum = part_{number:04}(sum);");
        }
        text.push_str("    sum\n}\n");
    }
    text
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
