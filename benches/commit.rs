//! What a commit costs under `Commit::Immediate` and under `Commit::Snapshot`: all of 1,000 functions
//! changed, one among them, undo; and what a pin and a call cost in both.
//!
//! The functions are a tree: 10 roots call 10 each, which call 10 each, and the host calls the roots. A
//! caller is registered, so that no commit waits for a block boundary. `linked` is how many functions
//! the edit of one linked: that one, or its callers too. Texts are compiled before; times are those
//! that the reports give, link and publish together, and for undo the whole call.

mod measure;

use std::{error::Error, fmt::Write as _, time::Instant};

use measure::{Comparison, Outcome, figure, live::LiveFile, side};
use segue::{Commit, Live, Participant, Program};

const COMMITS: usize = 40;
const ROUNDS: usize = 1_000;
const CALLS: u64 = 20_000;

fn main() -> Outcome {
    let mut handles = Vec::new();
    for (name, commit) in [("immediate", Commit::Immediate), ("snapshot", Commit::Snapshot)] {
        let file = LiveFile::new(&text(0, 0))?;
        let program = file.remembering()?.history(2).commit(commit).open()?;
        let me = program.participant();
        edits(&format!("commit.{name}.edit_1000"), &program, |number| text(number % 3, 0))?;
        let linked =
            edits(&format!("commit.{name}.edit_1"), &program, |number| text(0, number % 3))?;
        figure(&format!("commit.{name}.edit_1.linked"), "functions", &[linked as f64]);
        program.apply(&text(1, 0))?;
        undo(&format!("commit.{name}.undo_1000"), &program)?;
        handles.push((program.bind::<fn(u64) -> u64>("step")?, me));
    }
    let [(immediate, by_slot), (snapshot, by_root)] = &handles[..] else { return Ok(()) };
    let mut comparison = Comparison::default();
    let mut sides = [
        side("immediate.pin_each", |times| pin_each(immediate, by_slot, times)),
        side("snapshot.pin_each", |times| pin_each(snapshot, by_root, times)),
        side("immediate.pinned", |times| pinned(immediate, by_slot, times)),
        side("snapshot.pinned", |times| pinned(snapshot, by_root, times)),
    ];
    comparison.measure(ROUNDS, CALLS, &mut sides);
    comparison.print("commit.call");
    Ok(())
}

/// Applies edits in turn; how many functions the last one linked.
fn edits(
    name: &str,
    program: &Program,
    text: impl Fn(usize) -> String,
) -> Result<usize, Box<dyn Error>> {
    (1..=3).try_for_each(|number| program.apply(&text(number)).map(drop))?;
    let (mut times, mut linked) = (Vec::new(), 0);
    for number in 1..=COMMITS {
        let report = program.apply(&text(number))?;
        linked = report.linked;
        times.push((report.timings.link + report.timings.publish).as_secs_f64() * 1e3);
    }
    figure(name, "ms", &times);
    Ok(linked)
}

fn undo(name: &str, program: &Program) -> Outcome {
    let mut times = Vec::new();
    for number in 0..COMMITS {
        let start = Instant::now();
        let report = if number % 2 == 0 { program.undo() } else { program.redo() }?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
        if report.changed.len() < 1_000 {
            return Err(format!("only {} functions changed", report.changed.len()).into());
        }
    }
    figure(name, "ms", &times);
    Ok(())
}

/// A tree of 1,110 functions. All of them are others in another `edition`, one of them for another `leaf`.
fn text(edition: usize, leaf: usize) -> String {
    let mut text = String::from("pub fn step(x: u64) -> u64 { x.wrapping_add(3) ^ (x >> 7) }\n");
    for number in 0..1_000 {
        let addend = 3 * number + edition + if number == 555 { 100_000 * leaf } else { 0 };
        let _ = writeln!(
            text,
            "#[inline(never)] fn leaf_{number}(x: u64) -> u64 {{ (x ^ {addend}).rotate_left(7) }}"
        );
    }
    let mut level = |name: &str, callee: &str, count: usize| {
        for number in 0..count {
            let attribute = if name == "root" { "pub" } else { "#[inline(never)]" };
            let _ = writeln!(text, "{attribute} fn {name}_{number}(mut x: u64) -> u64 {{");
            for callee_number in 10 * number..10 * number + 10 {
                let _ = writeln!(text, "    x = {callee}_{callee_number}(x);");
            }
            let _ = writeln!(text, "    x + {edition}\n}}");
        }
    };
    level("group", "leaf", 100);
    level("root", "group", 10);
    text
}

#[inline(never)]
fn pin_each(handle: &Live<fn(u64) -> u64>, me: &Participant, times: u64) -> u64 {
    (0..times).fold(0, |x, _| handle.pin(me).call(x))
}

#[inline(never)]
fn pinned(handle: &Live<fn(u64) -> u64>, me: &Participant, times: u64) -> u64 {
    let pinned = handle.pin(me);
    (0..times).fold(0, |x, _| pinned.call(x))
}
