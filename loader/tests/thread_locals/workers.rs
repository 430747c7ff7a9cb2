//! Threads that run before code is linked, and do what they are told afterwards.

use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

type Job = Box<dyn FnOnce() + Send>;

/// A thread that runs jobs until it is dropped.
pub(crate) struct Worker {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    pub(crate) fn new() -> Worker {
        let (jobs, queue) = channel::<Job>();
        let (started, starts) = channel();
        let thread = std::thread::spawn(move || {
            started.send(()).unwrap();
            queue.into_iter().for_each(|job| job());
        });
        starts.recv().unwrap();
        Worker { jobs: Some(jobs), thread: Some(thread) }
    }

    /// What `job` returns, run on this thread.
    pub(crate) fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> T {
        let (result, results) = channel();
        let job = Box::new(move || drop(result.send(job())));
        self.jobs.as_ref().unwrap().send(job).unwrap();
        results.recv().unwrap()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.jobs.take());
        self.thread.take().unwrap().join().unwrap();
    }
}

/// What `job` returns, run on a thread of its own, which has ended by then.
pub(crate) fn on_new_thread<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::spawn(job).join().unwrap()
}
