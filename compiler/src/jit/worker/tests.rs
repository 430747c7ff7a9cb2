//! The thread that compiles edits: that it is one, and what panics there.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

use super::Worker;

#[test]
fn one_thread_runs_everything() {
    let worker = Worker::default();
    let first = worker.run(|| thread::current().id()).expect("a thread");
    let second = worker.run(|| thread::current().id()).expect("the same thread");
    assert_eq!(first, second);
    assert_ne!(first, thread::current().id());
}

#[test]
fn a_panic_is_the_callers_and_the_thread_goes_on() {
    let worker = Worker::default();
    let before = worker.run(|| thread::current().id()).expect("a thread");
    let panic = catch_unwind(AssertUnwindSafe(|| worker.run(|| panic!("in the thread"))));
    let panic = panic.expect_err("it panicked");
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"in the thread"));
    assert_eq!(worker.run(|| thread::current().id()).expect("the thread"), before);
}

#[test]
fn the_last_handle_may_be_dropped_in_the_thread() {
    let worker = Arc::new(Worker::default());
    let own = worker.clone();
    assert_eq!(worker.clone().run(move || drop(own)).ok(), Some(()));
    let other = worker.clone();
    let (sender, queue) = channel();
    worker.run(move || drop(sender.send(other))).expect("a thread");
    let other = queue.recv().expect("the other handle");
    drop(worker);
    assert_eq!(other.run(|| 7).expect("the thread is there as long as a handle is"), 7);
}

#[test]
fn what_the_thread_keeps_is_gone_when_the_last_handle_is_dropped() {
    thread_local!(static KEPT: RefCell<Option<Arc<()>>> = const { RefCell::new(None) });
    let (worker, mark) = (Worker::default(), Arc::new(()));
    let kept = mark.clone();
    worker.run(move || KEPT.set(Some(kept))).expect("a thread");
    assert_eq!(Arc::strong_count(&mark), 2);
    drop(worker);
    assert_eq!(Arc::strong_count(&mark), 1);
}
