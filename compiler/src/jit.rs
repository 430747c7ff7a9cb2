//! The compiler in the process: Rust without a toolchain, an object within milliseconds.
//!
//! `front` (rust-analyzer's crates: names, types, traits) → `lower` (typed bodies to MIR) → [`mir`] →
//! `codegen` (Cranelift, an ELF object). `compile` has the steps; `frame` is what the front end is given,
//! `program` goes from function to function, `report` says what was wrong, `worker` is the thread for edits.

mod codegen;
mod compile;
mod crates;
mod frame;
mod front;
mod host;
pub(crate) mod interrupt;
#[allow(dead_code, reason = "some of what lowering offers its own parts waits for them")]
mod lower;
#[allow(dead_code, reason = "the contract says more than each side uses yet")]
mod mir;
mod outline;
mod program;
mod report;
mod worker;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Error, ErrorKind};
use crate::source::{Cancel, Source};
use crate::{Compiled, Compiler, priority};
use compile::Known;
use front::effort::{self, is_cancelled};
use lower::Checks;
use worker::Worker;

pub use crates::{Edition, ExternCrate};

/// The compiler in the process. It needs nothing but itself: no toolchain, no file, no process.
///
/// What it learns of a text it keeps, so that the next compile costs what the edit touched. Clones share
/// what they know, and compile one after another. A process that forks gives its child a new one.
#[derive(Clone, Debug)]
pub struct Jit {
    /// `None` until the first compile, after one that went beyond a limit, and after one that failed in a way nobody
    /// foresaw.
    known: Arc<Mutex<Option<Known>>>,
    checks: Checks,
    /// What live files may name beside `core`.
    crates: Arc<[Arc<crates::Read>]>,
    worker: Arc<Worker>,
}

impl Default for Jit {
    fn default() -> Jit {
        Jit::new()
    }
}

impl Jit {
    /// A compiler that has not compiled anything yet. Arithmetic that overflows wraps, as rustc's does
    /// without `-C overflow-checks`.
    pub fn new() -> Jit {
        let (known, crates, worker) = (Arc::default(), Arc::default(), Arc::default());
        Jit { known, checks: Checks::Off, crates, worker }
    }

    /// Whether arithmetic that overflows panics. Divisions, shifts' amounts and indices that are out of
    /// range always do, as rustc's.
    #[must_use]
    pub fn with_checks(self, checks: bool) -> Jit {
        let checks = if checks { Checks::On } else { Checks::Off };
        // What is known is code with the old ones.
        Jit { checks, known: Arc::default(), ..self }
    }

    /// A compiler whose live files may name these crates as well, each of which names only crates before it.
    /// Their sources are read here; what changes in them later is not seen.
    ///
    /// # Errors
    ///
    /// A source cannot be read, or a dependency is not among the crates before.
    pub fn with_crates(self, list: &[ExternCrate]) -> Result<Jit, Error> {
        let read = crates::read(list)?.into_iter().map(Arc::new).collect();
        Ok(Jit { crates: read, known: Arc::default(), ..self })
    }
}

/// A thread to compile on. Types and patterns are walked by recursion; what is not touched of its stack costs
/// nothing.
fn thread() -> std::thread::Builder {
    std::thread::Builder::new().name("segue-jit".to_owned()).stack_size(64 << 20)
}

impl Compiler for Jit {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        let no_thread = |error| Error::io("start a thread to compile", &source.path, error);
        if priority::is_kept() {
            return std::thread::scope(|scope| {
                let work = || self.compile_here(source, cancel);
                let work = thread().spawn_scoped(scope, work).map_err(no_thread)?;
                work.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
        }
        let (jit, own, cancel) = (self.clone(), source.clone(), cancel.clone());
        self.worker.run(move || jit.compile_here(&own, &cancel)).map_err(no_thread)?
    }
}

impl Jit {
    fn compile_here(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        let mut kept = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = kept.take().unwrap_or_else(|| Known::with(&self.crates));
        // The front end is another project's, and takes some of what nobody writes for impossible.
        let compiled = catch_unwind(AssertUnwindSafe(|| {
            compile::compile(&mut known, self.checks, source, cancel)
        }));
        let effort = known.effort().clone();
        match compiled {
            Ok(result) => {
                // What has no end takes room too.
                *kept = Some(known).filter(|_| !effort.is_beyond());
                result
            }
            Err(panic) if effort.endless(panic.as_ref()).is_some() => {
                Err(Error::new(ErrorKind::Unsupported(endless(&source.path))))
            }
            Err(panic) if is_cancelled(panic.as_ref()) => {
                known.interrupted();
                *kept = Some(known);
                Err(Error::new(ErrorKind::Cancelled))
            }
            Err(panic) => Err(failed(&source.path, panic.as_ref())),
        }
    }
}

/// What is said of a text where nobody knows which part of it has no end.
fn endless(path: &Path) -> String {
    format!("{}: {}", path.display(), effort::endless("this text"))
}

fn failed(path: &Path, panic: &(dyn std::any::Any + Send)) -> Error {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
    Error::new(ErrorKind::Unsupported(format!(
        "{}: the jit failed on this text, which is a defect of its own: {said}",
        path.display()
    )))
}

#[cfg(test)]
mod tests;
