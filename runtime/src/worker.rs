//! The thread that hands texts to the compiler, one at a time; the compiler itself runs at low priority, but for
//! a first text that nothing plays beside.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use segue_compiler::{Cancel, Compiled, Compiler, Error as CompilerError, Source, keep_priority};

use crate::{
    compilers::Rejected,
    core::Core,
    error::Error,
    event::{Cause, Report, Timings},
    history::Unjudged,
    optimiser::Optimiser,
    saved::digest_of,
};

/// One text to compile.
struct Job {
    source: Source,
    cancel: Cancel,
    priority: Priority,
    reply: Sender<Done>,
}

/// At which priority a text is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Priority {
    /// The lowest: something plays.
    Low,
    /// That of the process.
    Normal,
}

/// A compiled text, or why not, and how long it took.
pub(crate) struct Done {
    pub(crate) result: Result<Compiled, CompilerError>,
    pub(crate) took: Duration,
}

impl Done {
    /// The files that were read for it, or looked for.
    pub(crate) fn files(&self) -> &[PathBuf] {
        match &self.result {
            Ok(compiled) => &compiled.files,
            Err(error) => error.files(),
        }
    }
}

/// A handle on the compiling thread; the thread ends when the handle is dropped.
pub(crate) struct Worker {
    jobs: Option<Sender<Job>>,
    core: Arc<Core>,
    optimiser: Arc<Optimiser>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Worker {
    pub(crate) fn start(
        compiler: Arc<dyn Compiler>,
        core: Arc<Core>,
        rejected: Rejected,
    ) -> std::io::Result<Worker> {
        let optimiser = Optimiser::start(compiler.clone(), core.clone(), rejected)?;
        let optimiser = Arc::new(optimiser);
        let interrupted = optimiser.clone();
        let (jobs, queue) = unbounded::<Job>();
        let thread = thread::Builder::new().name("segue-compile".into()).spawn(move || {
            for Job { source, cancel, priority, reply } in queue {
                let started = Instant::now();
                // What is live goes on, and so does the next edit.
                let compile = || match priority {
                    Priority::Low => compiler.compile(&source, &cancel),
                    Priority::Normal => keep_priority(|| compiler.compile(&source, &cancel)),
                };
                let result = catch_unwind(AssertUnwindSafe(compile));
                let result = result
                    .unwrap_or_else(|panic| Err(CompilerError::of_panic(&source.path, &*panic)));
                // A newer text stops it too, and has its own end.
                if result.is_err() && !cancel.is_cancelled() {
                    interrupted.resume();
                }
                // Whoever asked may have gone: then nobody wants the answer.
                let _ = reply.send(Done { result, took: started.elapsed() });
            }
        })?;
        Ok(Worker { jobs: Some(jobs), core, optimiser, thread: Some(thread) })
    }

    /// Queues `source`; the answer arrives on the returned channel.
    pub(crate) fn compile(&self, source: Source, cancel: Cancel) -> Receiver<Done> {
        self.compile_at(Priority::Low, source, cancel)
    }

    /// The same at a priority.
    pub(crate) fn compile_at(
        &self,
        priority: Priority,
        source: Source,
        cancel: Cancel,
    ) -> Receiver<Done> {
        self.optimiser.give_up();
        let (reply, answer) = bounded(1);
        if let Some(jobs) = &self.jobs {
            // A failed send means that the thread is gone: the answer's channel closes.
            let _ = jobs.send(Job { source, cancel, priority, reply });
        }
        answer
    }

    /// Makes what was compiled of `source` live, and has it optimised where there is more to gain.
    pub(crate) fn commit(
        &self,
        source: &Source,
        compiled: Compiled,
        cause: Cause,
        timings: Timings,
    ) -> Result<Report, Error> {
        let (is_final, read) = (compiled.is_final, compiled.files.clone());
        let declined = compiled.declined.clone();
        let committed = self.core.commit(compiled, cause, timings);
        let report = committed.map_err(|error| {
            self.optimiser.resume();
            match declined {
                Some(why) => error.with_declined(&why),
                None => error,
            }
        })?;
        if !is_final {
            self.optimiser.optimise(source.clone(), report.generation);
            let files = others(source, &read).map(|file| (file.clone(), digest_of(file).ok()));
            let unjudged = Unjudged { source: source.clone(), files: files.collect() };
            self.core.set_unjudged(report.generation, unjudged);
        }
        Ok(report)
    }

    /// Has the live generation judged, if an edit came before the verdict on it, and the program has come back to it.
    pub(crate) fn judge(&self) {
        let is_new = |number| !self.optimiser.is_at(number);
        if let Some((number, source)) = self.core.unjudged(is_new) {
            self.optimiser.optimise(source, number);
        }
    }
}

/// The files of a text that are not in it.
fn others<'a>(source: &'a Source, read: &'a [PathBuf]) -> impl Iterator<Item = &'a PathBuf> {
    let support = source.support.iter().map(|support| &support.path);
    support.chain(read).filter(|path| **path != source.path)
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the compiler thread was reported when it happened.
            let _ = thread.join();
        }
    }
}
