//! CPU time to link one-function objects in a batch of 1,000: parse, split and link, of this
//! thread's CPU time, for a Rust and for a C function that call the standard library. The phases
//! inside link (resolve, place, relocate, seal) are of the wall clock, as the linker itself tells.
//!
//! Beside it the same C objects through LLVM's JITLink (`llvm-jitlink -noexec -show-times`), where
//! that is installed: its CPU time to add and to link them, by its own timers.
//!
//! Each batch replaces the one before, which is reclaimed outside the measured part, as a
//! background thread does in a program. Linking maps and protects nothing, and the number of
//! mappings before and after shows it.

mod measure;

use std::{error::Error, process::Command, sync::Arc, time::Duration};

use measure::{
    Outcome, figure,
    loaded::{
        C_PATTERN, Loader, RUST_PATTERN, assembly, c, number_in, renamed, rust, split_object,
    },
    process::{mappings, thread_cpu_time},
};
use segue::runtime::loader::{Linked, Object, split};

const OBJECTS: usize = 1_000;
const BATCHES: usize = 60;
const SINGLES: usize = 1_000;
/// Runs of the other linker.
const RUNS: usize = 5;

fn main() -> Outcome {
    batches("link.rust", &rust(RUST_PATTERN)?)?;
    let ours = batches("link.c", &c(C_PATTERN)?)?;
    jitlink(&c(C_PATTERN)?, ours)?;
    singles("link.single", &rust(RUST_PATTERN)?)
}

fn micros_each(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6 / OBJECTS as f64
}

/// Batches of one-function objects, every function under a name of its own.
/// The median time of one object in all phases, in microseconds.
fn batches(name: &str, pattern: &[u8]) -> Result<f64, Box<dyn Error>> {
    let objects: Vec<Arc<[u8]>> = (0..OBJECTS).map(|number| renamed(pattern, number)).collect();
    let mut loader = Loader::new(number_in)?;
    let mut live: Vec<Linked> = Vec::new();
    let mut samples = [const { Vec::new() }; 8];
    let mut before = 0;
    for batch in 0..BATCHES {
        let (linked, times) = one_batch(&mut loader, &objects)?;
        drop(std::mem::replace(&mut live, linked));
        // The first batch touches the pages and fills the caches of symbols.
        if batch == 0 {
            before = mappings()?;
            continue;
        }
        let total = times.iter().sum();
        let inside = loader.times();
        let inside = [inside.resolve, inside.place, inside.relocate, inside.seal];
        let all = [[total].as_slice(), &times, &inside].concat();
        for (samples, time) in samples.iter_mut().zip(all) {
            samples.push(micros_each(time));
        }
    }
    let after = mappings()?;
    let parts = ["", ".parse", ".split", ".link", ".resolve", ".place", ".relocate", ".seal"];
    for (part, samples) in parts.iter().zip(&samples) {
        figure(&format!("{name}{part}"), "us", samples);
    }
    figure(&format!("{name}.mappings_added"), "mappings", &[after as f64 - before as f64]);
    Ok(median(&samples[0]))
}

fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// The same objects through LLVM's JITLink, which links what its entry function calls.
fn jitlink(pattern: &[u8], ours: f64) -> Outcome {
    let names = (14..=30).rev().map(|version| format!("llvm-jitlink-{version}"));
    let mut names = std::iter::once("llvm-jitlink".to_owned()).chain(names);
    let is_there = |name: &String| Command::new(name).arg("--version").output().is_ok();
    let Some(program) = names.find(is_there) else {
        eprintln!("link.jitlink: left out, llvm-jitlink is not installed (Debian: llvm)");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let mut files = vec!["all.o".to_owned()];
    let calls = |number| format!("call live_{number:08}@PLT\n");
    let calls: String = (0..OBJECTS).map(calls).collect();
    let all = assembly(&format!(".globl all\nall:\n{calls}ret\n"))?;
    std::fs::write(folder.path().join(&files[0]), all)?;
    for number in 0..OBJECTS {
        files.push(format!("{number}.o"));
        std::fs::write(folder.path().join(&files[1 + number]), renamed(pattern, number))?;
    }
    let mut samples = Vec::new();
    for _ in 0..RUNS {
        let flags =
            "-noexec -show-times -define-abs sinf=0x7ff001000 -slab-allocate 64Mb -entry all";
        let mut run = Command::new(&program);
        let output =
            run.current_dir(&folder).args(flags.split_whitespace()).args(&files).output()?;
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        let seconds: f64 = report.lines().filter_map(user_and_system).sum();
        if seconds == 0.0 {
            return Err(format!("{program} told no times: {report}").into());
        }
        samples.push(seconds * 1e6 / OBJECTS as f64);
    }
    figure("link.jitlink", "us", &samples);
    figure("link.jitlink.ratio", "times ours", &[median(&samples) / ours]);
    Ok(())
}

/// The seconds of user and system time in a line of LLVM's timers about adding or linking objects.
fn user_and_system(line: &str) -> Option<f64> {
    let is_ours = line.contains("time to load/add object files") || line.contains("time to link");
    // Three pairs `seconds ( percent%)`: user, system, both.
    let mut columns = line.split(')').map(|it| it.split('(').next().unwrap_or("").trim());
    columns.nth(2).filter(|_| is_ours)?.parse().ok()
}

type Batch = (Vec<Linked>, [Duration; 3]);

/// CPU time to parse, to split and to link all of `objects`.
fn one_batch(loader: &mut Loader, objects: &[Arc<[u8]>]) -> Result<Batch, Box<dyn Error>> {
    let start = thread_cpu_time();
    let parsed: Result<Vec<Object>, _> =
        objects.iter().map(|bytes| Object::parse("live.o", bytes.clone())).collect();
    let parsed = parsed?;
    let after_parse = thread_cpu_time();
    let is_live = |name: &str| name.starts_with("live_");
    let splits: Result<Vec<_>, _> =
        parsed.into_iter().map(|object| split(object, &is_live)).collect();
    let splits = splits?;
    let after_split = thread_cpu_time();
    let linked = loader.link(&splits)?;
    let end = thread_cpu_time();
    assert_eq!(linked.len(), objects.len(), "every object has its function");
    Ok((linked, [after_parse - start, after_split - after_parse, end - after_split]))
}

/// One object at a time, as an edit of one function is: CPU time from bytes to sealed code.
fn singles(name: &str, pattern: &[u8]) -> Outcome {
    let mut loader = Loader::new(number_in)?;
    let mut live = None;
    let mut samples = Vec::with_capacity(SINGLES);
    for number in 0..SINGLES {
        let bytes = renamed(pattern, number);
        let start = thread_cpu_time();
        let linked = loader.link(&[split_object(bytes)?])?;
        samples.push((thread_cpu_time() - start).as_secs_f64() * 1e6);
        drop(live.replace(linked));
    }
    figure(name, "us", &samples[1..]);
    Ok(())
}
