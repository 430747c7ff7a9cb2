//! The thread that has compiled for speed what is live already. The next edit stops it, until that one is
//! refused.
//!
//! It begins after a pause without edits: whoever types and saves in quick succession would pay for a
//! compile of the whole file each time, on the cores that the next edit needs.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use segue_compiler::{Cancel, Compiler, Error as CompilerError, ErrorKind, Source};

use crate::{
    compilers::Rejected,
    core::Core,
    event::Timings,
    sync::{Mutex, lock},
};

/// How long no edit comes before the compiler starts.
const QUIET: Duration = Duration::from_millis(200);

/// What to compile once more.
#[derive(Clone)]
struct Job {
    source: Source,
    generation: u64,
    cancel: Cancel,
    /// When it was asked for.
    since: Instant,
}

/// A handle on the optimising thread; the thread ends when the handle is dropped.
pub(crate) struct Optimiser {
    jobs: Option<Sender<Job>>,
    /// The newest job, until it has ended by itself.
    newest: Arc<Mutex<Option<Job>>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Optimiser {
    pub(crate) fn start(
        compiler: Arc<dyn Compiler>,
        core: Arc<Core>,
        rejected: Rejected,
    ) -> std::io::Result<Optimiser> {
        let (jobs, queue) = unbounded::<Job>();
        let newest = Arc::new(Mutex::new(None::<Job>));
        let unfinished = newest.clone();
        let thread = thread::Builder::new().name("segue-optimise".into()).spawn(move || {
            while let Some(job) = next(&queue) {
                let Job { source, generation, cancel, .. } = job;
                let started = Instant::now();
                let compile = || compiler.compile_optimised(&source, &cancel);
                let result = catch_unwind(AssertUnwindSafe(compile))
                    .unwrap_or_else(|panic| Err(CompilerError::of_panic(&source.path, &*panic)));
                let compile = started.elapsed();
                // What was cancelled may have ended in any way.
                if cancel.is_cancelled() {
                    continue;
                }
                match result {
                    Ok(compiled) => {
                        let timings = Timings { compile, ..Timings::default() };
                        core.optimise(compiled, generation, timings);
                    }
                    Err(error) if matches!(error.kind(), ErrorKind::Rejected(_)) => {
                        core.reject(error.into(), generation, rejected);
                    }
                    Err(error) => core.not_optimised(error.into(), generation),
                }
                // Last: what is neither here nor judged is asked for again.
                let is_it = |newest: &mut Job| newest.generation == generation;
                lock(&unfinished).take_if(is_it);
            }
        })?;
        Ok(Optimiser { jobs: Some(jobs), newest, thread: Some(thread) })
    }

    /// Queues the text of `generation`, which has just become live.
    pub(crate) fn optimise(&self, source: Source, generation: u64) {
        let cancel = Cancel::default();
        let job = Job { source, generation, cancel, since: Instant::now() };
        if let Some(older) = lock(&self.newest).replace(job.clone()) {
            older.cancel.cancel();
        }
        self.queue(job);
    }

    /// The text that came was refused: what is live is worth it again.
    pub(crate) fn resume(&self) {
        let mut newest = lock(&self.newest);
        if let Some(job) = newest.as_mut().filter(|job| job.cancel.is_cancelled()) {
            (job.cancel, job.since) = (Cancel::default(), Instant::now());
            self.queue(job.clone());
        }
    }

    /// Whether it is the text of `generation` that is compiled, waits, or was given up for one that is being compiled.
    pub(crate) fn is_at(&self, generation: u64) -> bool {
        lock(&self.newest).as_ref().is_some_and(|job| job.generation == generation)
    }

    fn queue(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // A failed send means that the thread is gone; its panic was reported when it happened.
            let _ = jobs.send(job);
        }
    }

    /// Another text comes: what is being optimised is out of date.
    pub(crate) fn give_up(&self) {
        if let Some(job) = &*lock(&self.newest) {
            job.cancel.cancel();
        }
    }
}

/// The next job that was not given up after the pause; nothing when there are none any more.
fn next(queue: &Receiver<Job>) -> Option<Job> {
    let mut job = queue.recv().ok()?;
    loop {
        let newer = match queue.recv_deadline(job.since + QUIET) {
            Ok(newer) => newer,
            Err(RecvTimeoutError::Timeout) if job.cancel.is_cancelled() => queue.recv().ok()?,
            Err(RecvTimeoutError::Timeout) => return Some(job),
            Err(RecvTimeoutError::Disconnected) => return None,
        };
        job = newer;
    }
}

impl Drop for Optimiser {
    fn drop(&mut self) {
        self.give_up();
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was reported when it happened.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests;
