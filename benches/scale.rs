//! From 10 to 100,000 live functions: mappings, resident memory, CPU to link each, and what a call
//! costs then. Flat is the aim.
//!
//! The functions are linked through the loader alone, from copies of one compiled object under new
//! names, in batches of at most 1,000: compiling 100,000 functions would measure rustc. Each size
//! runs in a process of its own, so that none inherits the memory of another.
//!
//! `call.same` calls one of the functions over and over, each time through its slot. `call.random`
//! calls all in random order, which misses caches and branch predictors as any program of that size
//! would; `call.random_pointer` calls the same functions in the same order through plain pointers,
//! which cannot be swapped, so the ratio is what swapping costs there. `swap.link` is the CPU time
//! to link and publish one function anew among so many, `swap.reclaim` to give the old code back.

mod measure;

use std::{env, process::Command};

use measure::{
    Comparison, Outcome, figure,
    process::{mappings, resident},
    random_order, side,
    steps::{CALLED, Steps, call_pointers},
};

const SIZES: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];
const BATCH: usize = 1_000;
/// Calls per batch of the random order.
const ORDER: usize = 100_000;
const SWAPS: usize = 2_000;

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
    let name = |figure: &str| format!("scale.{size}.{figure}");
    let pattern = Steps::pattern()?;
    let mappings_before = mappings()?;
    let mut steps = Steps::new()?;
    let mut cpu = Vec::new();
    let resident_before = resident()?;
    while steps.len() < size {
        let from = steps.len();
        let batch = from..(from + BATCH).min(size);
        let count = batch.len() as f64;
        cpu.push(steps.add(&pattern, batch)?.as_secs_f64() * 1e6 / count);
    }
    let grown = resident()?.saturating_sub(resident_before) as f64;
    let added = mappings()?.saturating_sub(mappings_before) as f64;
    figure(&name("mappings"), "mappings", &[added]);
    figure(&name("resident"), "bytes/function", &[grown / size as f64]);
    let usage = steps.usage();
    let in_windows = (usage.code + usage.read_only) as f64 / size as f64;
    figure(&name("windows"), "bytes/function", &[in_windows]);
    figure(&name("link"), "us", &cpu);
    calls(&name("call"), size, &steps);
    swaps(&name("swap"), size, &pattern, &mut steps)?;
    // The kernel takes the memory back faster than 100,000 owners give it back.
    std::process::exit(0);
}

fn calls(name: &str, size: usize, steps: &Steps) {
    let mut comparison = Comparison::default();
    let middle = u32::try_from(size / 2).unwrap_or(CALLED);
    let mut same = [side("same", |times| steps.call_slot(middle, times))];
    comparison.measure(1_000, 20_000, &mut same);
    comparison.print(name);

    let order = random_order(size, ORDER);
    let (row, pointers) = (steps.row(&order), steps.pointers(&order));
    let mut comparison = Comparison::default();
    let mut sides =
        [side("random_pointer", |_| call_pointers(&pointers)), side("random", |_| row.call_all())];
    comparison.measure(100, ORDER as u64, &mut sides);
    comparison.print(name);
}

/// Swaps one function after the other, anywhere.
fn swaps(name: &str, size: usize, pattern: &[u8], steps: &mut Steps) -> Outcome {
    let (mut link, mut reclaim) = (Vec::new(), Vec::new());
    for number in random_order(size, ORDER).into_iter().take(SWAPS) {
        let (linked, reclaimed) = steps.swap(pattern, number as usize)?;
        link.push(linked.as_secs_f64() * 1e6);
        reclaim.push(reclaimed.as_secs_f64() * 1e6);
    }
    figure(&format!("{name}.link"), "us", &link);
    figure(&format!("{name}.reclaim"), "us", &reclaim);
    Ok(())
}
