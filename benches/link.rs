//! CPU time to link one-function objects in a batch of 1,000: parse, split, link (resolve, place,
//! relocate, seal), of this thread's CPU time, for a Rust and for a C function that call the
//! standard library.
//!
//! Each batch replaces the one before, which is reclaimed outside the measured part, as a
//! background thread does in a program. Linking maps and protects nothing, and the number of
//! mappings before and after shows it.

mod measure;

use std::{error::Error, sync::Arc, time::Duration};

use measure::{
    Outcome, figure,
    loaded::{C_PATTERN, Loader, RUST_PATTERN, c, number_in, renamed, rust, split_object},
    process::{mappings, thread_cpu_time},
};
use segue::runtime::loader::{Linked, Object, split};

const OBJECTS: usize = 1_000;
const BATCHES: usize = 60;
const SINGLES: usize = 1_000;

fn main() -> Outcome {
    batches("link.rust", &rust(RUST_PATTERN)?)?;
    batches("link.c", &c(C_PATTERN)?)?;
    singles("link.single", &rust(RUST_PATTERN)?)
}

fn micros_each(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6 / OBJECTS as f64
}

/// Batches of one-function objects, every function under a name of its own.
fn batches(name: &str, pattern: &[u8]) -> Outcome {
    let objects: Vec<Arc<[u8]>> = (0..OBJECTS).map(|number| renamed(pattern, number)).collect();
    let mut loader = Loader::new(number_in)?;
    let mut live: Vec<Linked> = Vec::new();
    let mut samples = [const { Vec::new() }; 4];
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
        for (samples, time) in samples.iter_mut().zip([total, times[0], times[1], times[2]]) {
            samples.push(micros_each(time));
        }
    }
    let after = mappings()?;
    for (part, samples) in ["", ".parse", ".split", ".link"].iter().zip(&samples) {
        figure(&format!("{name}{part}"), "us", samples);
    }
    figure(&format!("{name}.mappings_added"), "mappings", &[after as f64 - before as f64]);
    Ok(())
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
