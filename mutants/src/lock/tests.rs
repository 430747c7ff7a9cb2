//! Who holds the lock, who waits for it, and who does not have to.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use super::*;

#[test]
fn the_second_one_waits_and_says_for_whom() {
    let folder = tempfile::tempdir().unwrap();
    let stop = AtomicBool::new(false);
    let first = Lock::take(folder.path(), &stop, &mut |_| panic!("nobody holds it")).unwrap();
    let mut first = Some(first);
    let mut holders = Vec::new();
    // The first one ends when the second has begun to wait.
    let second = Lock::take(folder.path(), &stop, &mut |holder| {
        holders.push(holder);
        first = None;
    });
    assert!(second.is_ok());
    assert_eq!(holders, [Some(std::process::id())]);
}

#[test]
fn waiting_ends_when_the_run_is_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Lock::take(folder.path(), &AtomicBool::new(false), &mut |_| {}).unwrap();
    let error = Lock::take(folder.path(), &AtomicBool::new(true), &mut |_| {}).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted);
}

#[test]
fn a_lock_whose_file_was_removed_is_no_lock() {
    let folder = tempfile::tempdir().unwrap();
    let stop = AtomicBool::new(false);
    let _first = Lock::take(folder.path(), &stop, &mut |_| {}).unwrap();
    std::fs::remove_file(folder.path().join("lock")).unwrap();
    Lock::take(folder.path(), &stop, &mut |_| panic!("nobody holds the new one")).unwrap();
}
