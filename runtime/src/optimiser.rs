//! The thread that has compiled for speed what is live already. The next edit stops it.

use std::{sync::Arc, thread, time::Instant};

use crossbeam_channel::{Sender, unbounded};
use segue_compiler::{Cancel, Compiler, ErrorKind, Source};

use crate::{
    core::Core,
    event::{Event, Timings},
    sync::{Mutex, lock},
};

/// What to compile once more.
struct Job {
    source: Source,
    generation: u64,
    cancel: Cancel,
}

/// A handle on the optimising thread; the thread ends when the handle is dropped.
pub(crate) struct Optimiser {
    jobs: Option<Sender<Job>>,
    /// Stops the newest job.
    newest: Mutex<Cancel>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Optimiser {
    pub(crate) fn start(
        compiler: Arc<dyn Compiler>,
        core: Arc<Core>,
    ) -> std::io::Result<Optimiser> {
        let (jobs, queue) = unbounded::<Job>();
        let thread = thread::Builder::new().name("segue-optimise".into()).spawn(move || {
            for Job { source, generation, cancel } in queue {
                if cancel.is_cancelled() {
                    continue;
                }
                let started = Instant::now();
                let result = compiler.compile_optimised(&source, &cancel);
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
                        core.reject(error.into(), generation);
                    }
                    Err(error) => {
                        let error = error.into();
                        core.tell(Event::NotOptimised { generation, error, back_to: None });
                    }
                }
            }
        })?;
        Ok(Optimiser { jobs: Some(jobs), newest: Mutex::default(), thread: Some(thread) })
    }

    /// Queues the text of `generation`, which has just become live.
    pub(crate) fn optimise(&self, source: Source, generation: u64) {
        let cancel = Cancel::default();
        std::mem::replace(&mut *lock(&self.newest), cancel.clone()).cancel();
        if let Some(jobs) = &self.jobs {
            // A failed send means that the thread is gone; its panic was reported when it happened.
            let _ = jobs.send(Job { source, generation, cancel });
        }
    }

    /// Another text comes: what is being optimised is out of date.
    pub(crate) fn give_up(&self) {
        lock(&self.newest).cancel();
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
