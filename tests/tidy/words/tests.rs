//! Forbidden words are found as parts of names and in documentation, and nowhere else.

use super::*;
use crate::finding::lines;

#[track_caller]
fn check_names(text: &str, expected: &[usize]) {
    assert_eq!(lines(&names("a.rs", &RustText::new(text))), expected, "{text}");
}

#[test]
fn forbidden_names_are_found() {
    check_names("struct A;\nstruct SlotManager;", &[2]);
    check_names("mod utils;", &[1]);
    check_names("fn emit_thunk() {}", &[1]);
    check_names("fn hot_patch() {}", &[1]);
    check_names("const HELPERS: u8 = 1;", &[1]);
    check_names("enum E { Reload }", &[1]);
}

#[test]
fn other_names_are_left_alone() {
    check_names("fn utilization(managed: Managed) {}", &[]);
    check_names("// SlotManager\nlet a = \"thunk\";", &[]);
    check_names("fn hot(patch: u8) {}", &[]);
}

#[test]
fn forbidden_documentation_is_found() {
    let found = |text: &str| lines(&docs("a.rs", &RustText::new(text)));
    assert_eq!(found("//! A.\n/// Writes a Trampoline."), [2]);
    assert_eq!(found("/// Garbage collects."), [1]);
    assert_eq!(found("// Other linkers say veneer."), []);
    assert_eq!(found("let a = \"/// thunk\";"), []);
}

#[test]
fn paths_of_one_machine_are_found() {
    let found = |text: &str| lines(&machine_paths("a.md", text));
    let [home, root, work] = MACHINE_FOLDERS;
    assert_eq!(found(&format!("a\ncd {home}me/x")), [2]);
    assert_eq!(found(&format!("\"{root}x\"")), [1]);
    assert_eq!(found(&format!("{work}main")), [1]);
    assert_eq!(found(&format!("src{work}main $HOME{work}x ~{work}")), []);
}

#[test]
fn names_come_apart() {
    assert_eq!(name_parts("SlotManager"), ["slot", "manager"]);
    assert_eq!(name_parts("MAX_LEN"), ["max", "len"]);
    assert_eq!(name_parts("__segue_fn"), ["segue", "fn"]);
}
