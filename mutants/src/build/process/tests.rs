//! Builds that are ended from outside, by who is about to leave.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use super::*;

#[test]
fn a_build_that_runs_is_ended_and_none_begins_after_it() {
    let builds = Builds { running: Mutex::new(Some(Vec::new())) };
    let endless = || {
        let mut command = Command::new("sleep");
        command.arg("86397");
        command
    };
    let mut child = builds.begin(&mut endless()).unwrap();
    // One that is through is left alone: its number may be another's.
    let mut through = builds.begin(&mut Command::new("true")).unwrap();
    builds.forget(Pid::from_child(&through));
    assert!(through.wait().unwrap().success());
    assert_eq!(builds.lock().as_deref(), Some(&[Pid::from_child(&child)][..]));

    builds.end();
    assert!(!child.wait().unwrap().success());
    let late = builds.begin(&mut endless());
    assert_eq!(late.unwrap_err().kind(), io::ErrorKind::Interrupted);
}
