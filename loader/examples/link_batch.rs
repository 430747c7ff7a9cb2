//! Measures the loader: CPU time per one-function object in batches, phase by phase.
//!
//! `cargo run --release -p segue-loader --example link_batch [OBJECTS]` compiles one C and one Rust
//! function, makes OBJECTS copies of each object under new names, and prints microseconds of this
//! thread's CPU time per object: the best of nine batches, and the first, which warms the pages.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use segue_loader::{
    Config, Error, Linker, Memory, Object, Selection, SlotIndex, Split, Symbols, Targets, split,
};

const C: &str = "extern float sinf(float);\n\
    float live_00000000(float x) { return sinf(x * 0.37f) + 1.5f; }\n";
const RUST: &str = "#[unsafe(no_mangle)] pub extern \"C-unwind\" fn live_00000000(x: f32) -> f32 \
    { (x * 0.37).sin() + 1.5 }\n";
const NAME: &[u8] = b"live_00000000";

/// Slot n for the function `live_n`.
struct Numbered;

impl Targets for Numbered {
    fn slot(&mut self, function: &str) -> Result<SlotIndex, Error> {
        Ok(SlotIndex(function["live_".len()..].parse().unwrap_or(0)))
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().nth(1).map_or(Ok(1000), |argument| argument.parse())?;
    let c = compile("live.c", C, &["cc", "-c", "-O2", "-fPIC", "-ffunction-sections"])?;
    let rustc = "rustc --edition 2024 --crate-type lib --emit=obj -C opt-level=3 \
                 -C codegen-units=1 -C symbol-mangling-version=v0";
    let rust = compile("live.rs", RUST, &rustc.split_whitespace().collect::<Vec<_>>())?;
    for (language, object) in [("c", c), ("rust", rust)] {
        measure(language, &object, count)?;
    }
    Ok(())
}

fn compile(name: &str, source: &str, command: &[&str]) -> Result<Vec<u8>, std::io::Error> {
    let directory = tempfile::tempdir()?;
    let (input, output) = (directory.path().join(name), directory.path().join("live.o"));
    std::fs::write(&input, source)?;
    let status =
        Command::new(command[0]).args(&command[1..]).arg(&input).arg("-o").arg(&output).status()?;
    if !status.success() {
        return Err(std::io::Error::other(format!("{} failed on {name}", command[0])));
    }
    std::fs::read(output)
}

fn measure(language: &str, object: &[u8], count: usize) -> Result<(), Error> {
    let objects: Vec<Arc<[u8]>> = (0..count).map(|index| rename(object, index).into()).collect();
    let memory = Memory::reserve(Config::default())?;
    let mut linker = Linker::new(Arc::clone(&memory), Symbols::of_process()?);
    let (mut first, mut best) = (Duration::ZERO, [Duration::MAX; 3]);
    let mut live = Vec::new();
    for batch in 0..10 {
        let start = thread_cpu_time();
        let parsed: Result<Vec<Object>, Error> =
            objects.iter().map(|bytes| Object::parse("live.o", Arc::clone(bytes))).collect();
        let parsed = parsed?;
        let after_parse = thread_cpu_time();
        let splits: Result<Vec<Split>, Error> = parsed
            .into_iter()
            .map(|object| split(object, &|name| name.starts_with("live_")))
            .collect();
        let splits = splits?;
        let after_split = thread_cpu_time();
        let selections: Vec<Selection<'_>> =
            splits.iter().map(|split| Selection { split, functions: &[0] }).collect();
        let linked = linker.link(&selections, &mut Numbered)?;
        let end = thread_cpu_time();
        assert_eq!(linked.len(), count);
        // The previous generation is reclaimed outside the measured part, newest first.
        live.reverse();
        live.clear();
        live.extend(linked);
        if batch == 0 {
            first = end - start;
        } else {
            let times = [after_parse - start, after_split - after_parse, end - after_split];
            for (best, time) in best.iter_mut().zip(times) {
                *best = time.min(*best);
            }
        }
    }
    let micros = |time: Duration| time.as_secs_f64() * 1e6 / count as f64;
    let ([parse, split, link], first) = (best.map(micros), micros(first));
    let total = parse + split + link;
    println!(
        "{language}: {total:.2} us per object in a batch of {count} \
         (parse {parse:.2}, split {split:.2}, link {link:.2}), {first:.2} in the first batch"
    );
    Ok(())
}

fn rename(object: &[u8], index: usize) -> Vec<u8> {
    let mut object = object.to_vec();
    let name = format!("live_{index:08}");
    let mut at = 0;
    while let Some(found) = object[at..].windows(NAME.len()).position(|window| window == NAME) {
        object[at + found..][..NAME.len()].copy_from_slice(name.as_bytes());
        at += found + NAME.len();
    }
    object
}

fn thread_cpu_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists on Linux, and `time` is a valid place for its value.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
