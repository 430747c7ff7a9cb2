//! What dropping an owner costs.

use std::sync::Arc;

use super::Group;

/// A group that calls others.
fn calling(calls: Vec<Arc<Group>>) -> Arc<Group> {
    let group = Arc::new(Group::default());
    assert!(group.calls.set(calls).is_ok());
    group
}

#[test]
fn a_long_chain_of_private_calls_once_overflowed_the_reclaimers_stack() {
    let last = Arc::new(Group::default());
    let gone = Arc::downgrade(&last);
    let mut chain = last;
    for _ in 0..200_000 {
        chain = calling(vec![chain]);
    }
    std::thread::spawn(move || drop(chain)).join().unwrap();
    assert!(gone.upgrade().is_none());
}

#[test]
fn a_group_that_others_still_call_stays_with_what_it_calls() {
    let leaf = Arc::new(Group::default());
    let shared = calling(vec![Arc::clone(&leaf)]);
    let first = calling(vec![Arc::clone(&shared)]);
    let second = calling(vec![shared, Arc::clone(&leaf)]);
    drop(first);
    assert_eq!(Arc::strong_count(&leaf), 3);
    drop(second);
    assert_eq!(Arc::strong_count(&leaf), 1);
}
