//! What the wrapper makes of rustc's arguments.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::process::Command;

use super::*;

/// The arguments that the compiler gets, which is `echo` here.
fn passed(arguments: &[&str]) -> String {
    passed_at(OptLevel::Auto, arguments)
}

fn passed_at(level: OptLevel, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_path_buf();
    let (tree, build) = (root.join("tree"), root.join("build"));
    let copy = Copy { tree, build, root, original: PathBuf::new(), suffix: "" };
    let wrapper = wrapper(&copy, &[PathBuf::from("/a server.o")], level, None).unwrap();
    let output = Command::new("sh").arg(wrapper).arg("echo").args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

#[test]
fn the_server_is_linked_into_what_is_run_only() {
    let library = passed(&["--crate-type", "lib"]);
    assert!(library.starts_with("--crate-type lib -Awarnings --cap-lints=warn"), "{library}");
    assert!(!library.contains("link-arg"), "{library}");
    let test = passed(&["--crate-type", "lib", "--test"]);
    assert!(test.ends_with("-Clink-arg=/a server.o"), "{test}");
}

#[test]
fn lines_are_all_that_a_debugger_is_told_and_never_more_than_was_asked_for() {
    let full = passed(&["--crate-type", "lib", "-C", "debuginfo=2"]);
    assert!(full.contains("-C debuginfo=2 -Cdebuginfo=line-tables-only"), "{full}");
    for less in ["debuginfo=0", "debuginfo=line-directives-only"] {
        let text = passed(&["--crate-type", "lib", "-C", less]);
        assert!(!text.contains("line-tables-only"), "{text}");
    }
}

#[test]
fn what_is_checked_without_optimisation_is_checked_with_it_unless_the_profile_says_otherwise() {
    let at = |arguments: &[&str]| passed_at(OptLevel::Level('1'), arguments);
    let flags = "-Copt-level=1 -Cdebug-assertions=on";
    assert!(at(&["--test"]).contains(flags));
    let off = at(&["--test", "-C", "debug-assertions=off"]);
    assert!(off.contains("-Copt-level=1") && !off.contains("debug-assertions=on"), "{off}");
    let optimised = at(&["--test", "-C", "opt-level=3"]);
    assert!(!optimised.contains("debug-assertions"), "{optimised}");
    assert!(!at(&["--crate-type", "proc-macro"]).contains("opt-level"));
    assert!(!passed(&["--test"]).contains("opt-level"));
}

#[test]
fn every_variable_reaches_the_compiler() {
    if !Path::new("/bin/bash").exists() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_path_buf();
    let (tree, build) = (root.join("tree"), root.join("build"));
    let copy = Copy { tree, build, root, original: PathBuf::new(), suffix: "" };
    let wrapper = wrapper(&copy, &[], OptLevel::Auto, None).unwrap();
    let print = ["sh", "-c", "tr '\\0' '\\n' < /proc/self/environ"];
    let output = Command::new(wrapper).args(print).env("CARGO_BIN_EXE_my-tool", "there").output();
    let said = String::from_utf8(output.unwrap().stdout).unwrap();
    assert!(said.lines().any(|it| it == "CARGO_BIN_EXE_my-tool=there"), "{said}");
}
