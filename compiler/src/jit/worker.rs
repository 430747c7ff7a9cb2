//! The thread that compiles edits. It stays from one text to the next, and with it what a new thread would have to come by
//! again: pages of its stack, the allocator's own store for it, and what the front end's solver remembers for each thread.
//!
//! It has the lowest priority, which an ordinary user cannot raise again: what is compiled at another one is
//! compiled elsewhere.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use crate::priority::lower_priority_of_this_thread;

type Job = Box<dyn FnOnce() + Send>;

/// See the module. The thread begins with the first job, and has ended when this is dropped.
#[derive(Debug, Default)]
pub(super) struct Worker {
    begun: Mutex<Option<(Sender<Job>, JoinHandle<()>)>>,
}

impl Worker {
    /// Runs `work` there, after what came before, and waits for what it gives. What panics there panics here.
    pub(super) fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce() -> R + Send + 'static,
    ) -> io::Result<R> {
        let (reply, answer) = channel();
        let job = move || {
            // Whoever asked waits below.
            let _ = reply.send(catch_unwind(AssertUnwindSafe(work)));
        };
        self.jobs()?
            .send(Box::new(job))
            .map_err(|_| io::Error::other("the thread that compiles is gone"))?;
        match answer.recv() {
            Ok(result) => Ok(result.unwrap_or_else(|panic| resume_unwind(panic))),
            Err(_) => Err(io::Error::other("the thread that compiles is gone")),
        }
    }

    /// Where jobs are sent to.
    fn jobs(&self) -> io::Result<Sender<Job>> {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((jobs, _)) = &*begun {
            return Ok(jobs.clone());
        }
        let (sender, queue): (_, Receiver<Job>) = channel();
        let thread = super::thread().spawn(move || {
            lower_priority_of_this_thread();
            for job in queue {
                job();
                // Of each text that was parsed it is kept where its tokens stand, as long as the thread lasts.
                proc_macro2::extra::invalidate_current_thread_spans();
            }
        })?;
        Ok(begun.insert((sender, thread)).0.clone())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let begun = self.begun.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((jobs, thread)) = begun {
            drop(jobs);
            // The last handle may be dropped by a job.
            if thread.thread().id() != thread::current().id() {
                // No job's panic gets so far.
                let _ = thread.join();
            }
        }
    }
}

#[cfg(test)]
mod tests;
