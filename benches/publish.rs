//! What a swap costs without a compiler: the store into a slot, undo and redo of one function, and
//! commits of 1 to 1,000 functions.
//!
//! `publish.store` is the release store that is a publish as callers see it; `publish.undo` the
//! whole call, from the history to the report, without callers and with a registered caller. In
//! `publish.callers.C.functions.N` an edit changes N of the 1,000 functions of a live file (compiled
//! before) while C threads call them without pause: `apply` as a whole, link and publish as the
//! report splits it, `undo` and `redo` of the same N functions.

mod measure;

use std::{
    error::Error,
    fmt::Write as _,
    hint::black_box,
    sync::atomic::{AtomicBool, Ordering},
    thread,
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
const ROOTS: usize = 10;
const CHANGED: [usize; 4] = [1, 10, 100, 1_000];
const CALLERS: [usize; 3] = [0, 1, 8];
/// An even number: after it the first text's turn is next.
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
    many_functions()
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
                slot.store(black_box(entry), Ordering::Release);
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

/// Commits that change 1 to 1,000 of 1,000 functions, with nobody calling, and while threads call them
/// all.
fn many_functions() -> Outcome {
    let file = LiveFile::new(&text_of(0))?;
    let compiler = file.compiler()?;
    for callers in CALLERS {
        let program = file.with(compiler.clone()).history(2).open()?;
        let bind = |root| program.bind::<fn(u64) -> u64>(&format!("root_{root}"));
        let roots = (0..ROOTS).map(bind).collect::<Result<Vec<_>, _>>()?;
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..callers {
                let (roots, me, stop) = (&roots, program.participant(), &stop);
                scope.spawn(move || {
                    for root in roots.iter().cycle() {
                        if stop.load(Ordering::Relaxed) {
                            return;
                        }
                        black_box(root.pin(&me).call(1));
                    }
                });
            }
            let name = |changed| format!("publish.callers.{callers}.functions.{changed}");
            let mut each = CHANGED.into_iter();
            let outcome = each.try_for_each(|changed| commits(&name(changed), &program, changed));
            stop.store(true, Ordering::Relaxed);
            outcome
        })?;
    }
    Ok(())
}

/// Alternates two texts that differ in so many functions, first by edits, then by undo and redo.
fn commits(name: &str, program: &Program, changed: usize) -> Outcome {
    let texts = [text_of(0), text_of(changed)];
    let [mut apply, mut link, mut publish, mut undo, mut redo] = [const { Vec::new() }; 5];
    for commit in 0..=COMMITS {
        let start = Instant::now();
        let report = program.apply(&texts[(commit + 1) % 2])?;
        // The first one waits for rustc.
        if commit > 0 {
            check(&report, changed)?;
            apply.push(micros(start.elapsed()));
            link.push(micros(report.timings.link));
            publish.push(micros(report.timings.publish));
        }
    }
    for swap in 0..COMMITS {
        let start = Instant::now();
        let report = if swap % 2 == 0 { program.undo() } else { program.redo() }?;
        if swap % 2 == 0 { &mut undo } else { &mut redo }.push(micros(start.elapsed()));
        check(&report, changed)?;
    }
    // The next text is compared with the first one.
    program.apply(&texts[0])?;
    let figures =
        [("apply", apply), ("link", link), ("publish", publish), ("undo", undo), ("redo", redo)];
    for (part, samples) in figures {
        figure(&format!("{name}.{part}"), "us", &samples);
    }
    Ok(())
}

fn check(report: &Report, changed: usize) -> Result<(), Box<dyn Error>> {
    if report.changed.len() < changed {
        let message = format!("only {} of {changed} functions changed", report.changed.len());
        return Err(message.into());
    }
    Ok(())
}

/// A live file with 1,000 functions that are not inlined, called by ten roots. They differ from each
/// other, and so many of them from those of another text.
fn text_of(changed: usize) -> String {
    let mut text = String::new();
    for number in 0..FUNCTIONS {
        let edition = if number < changed { 2 } else { 1 };
        let _ = writeln!(
            text,
            "#[inline(never)]\npub fn part_{number:04}(x: u64) -> u64 {{ \
             (x ^ {number}).wrapping_mul({}).rotate_left(7) }}",
            2 * number + 65_536 * edition + 1
        );
    }
    let per_root = FUNCTIONS / ROOTS;
    for root in 0..ROOTS {
        let _ = write!(text, "pub fn root_{root}(x: u64) -> u64 {{\n    let mut sum = x;\n");
        for number in (root * per_root)..((root + 1) * per_root) {
            let _ = writeln!(text, "    sum = part_{number:04}(sum);");
        }
        text.push_str("    sum\n}\n");
    }
    text
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
