//! Each rule about sources catches its violation and leaves the neighbouring case alone.

use super::*;
use crate::finding::lines;

type Rule = fn(&str, &RustText) -> Vec<Finding>;

/// Applies a rule to a text and compares the lines of what it found.
#[track_caller]
fn check(rule: Rule, path: &str, text: &str, expected: &[usize]) {
    assert_eq!(lines(&rule(path, &RustText::new(text))), expected, "{path}: {text}");
}

#[test]
fn missing_docs_are_found() {
    check(opens_with_docs, "loader/src/place.rs", "// Places.\nuse a;", &[1]);
    check(opens_with_docs, "loader/src/place.rs", "//! Places.\nuse a;", &[]);
    check(opens_with_docs, "audio-demo/songs/first.rs", "use a;", &[]);
}

#[test]
fn long_files_are_found() {
    check(stays_small, "a.rs", &"let a = 1;\n".repeat(500), &[]);
    check(stays_small, "a.rs", &"let a = 1;\n".repeat(501), &[501]);
    check(stays_small, "a.rs", &"// prose\n".repeat(600), &[]);
    check(stays_small, "a.rs", &"// prose\n".repeat(601), &[601]);
}

#[test]
fn long_functions_are_found() {
    let function = |lines: usize| format!("x\nfn long() {{\n{}}}\n", "call();\n".repeat(lines - 2));
    check(stays_small, "a.rs", &function(80), &[]);
    check(stays_small, "a.rs", &function(81), &[2]);
    check(stays_small, "a.rs", &format!("fn short(a: [u8; 2]);\n{}", "a\n".repeat(95)), &[]);
}

#[test]
fn inline_test_modules_are_found() {
    check(no_inline_test_module, "a.rs", "a\n#[cfg(test)]\nmod tests {\n}", &[2]);
    check(no_inline_test_module, "a.rs", "#[cfg(all(test, loom))]\n#[x(y)]\nmod m {\n}", &[1]);
    check(no_inline_test_module, "a.rs", "#[cfg(test)]\nmod tests;\nmod other {}", &[]);
    check(no_inline_test_module, "a.rs", "#[cfg(loom)]\nmod other {}", &[]);
    check(no_inline_test_module, "a.rs", "#[cfg(test)]\nfn f() {}\nmod other {}", &[]);
}

#[test]
fn ignored_tests_are_found() {
    check(no_ignored_test, "a.rs", "#[test]\n#[ignore]\nfn f() {}", &[2]);
    check(no_ignored_test, "a.rs", "#[ignore = \"slow\"]", &[1]);
    check(no_ignored_test, "a.rs", "// #[ignore]\nlet s = \"#[ignore]\";", &[]);
}

#[test]
fn sleeping_tests_are_found() {
    check(no_sleeping_test, "tests/a.rs", "x;\nthread::sleep(d);", &[2]);
    check(no_sleeping_test, "runtime/src/epoch/tests.rs", "sleep(d);", &[1]);
    check(no_sleeping_test, "runtime/src/watch.rs", "thread::sleep(d);", &[]);
    check(no_sleeping_test, "tests/a.rs", "Command::new(\"sleep\"); // sleep(1)", &[]);
}

#[test]
fn unfinished_markers_are_found() {
    let marker = concat!("TO", "DO");
    check(no_unfinished_marker, "a.rs", &format!("a\n// {marker}: b"), &[2]);
    check(no_unfinished_marker, "a.rs", &format!("{marker}S and MA{marker}"), &[]);
}

#[test]
fn atomics_beside_sync_are_found() {
    let import = "use a;\nuse std::sync::atomic::AtomicU64;";
    check(atomics_through_sync, "runtime/src/slot.rs", import, &[2]);
    check(atomics_through_sync, "runtime/src/sync.rs", import, &[]);
    check(atomics_through_sync, "runtime/src/slot/tests.rs", import, &[]);
    check(atomics_through_sync, "audio-demo/src/meter.rs", import, &[]);
    let grouped = "use std::sync::{\n    Arc,\n    atomic::AtomicU64,\n};";
    check(atomics_through_sync, "runtime/src/slot.rs", grouped, &[1]);
    let fence = "std::sync::atomic::compiler_fence(std::sync::atomic::Ordering::SeqCst);";
    check(atomics_through_sync, "runtime/src/slot.rs", fence, &[]);
    check(atomics_through_sync, "runtime/src/slot.rs", "use std::sync::{Arc, Mutex};", &[]);
}

#[test]
fn orderings_without_a_pair_are_found() {
    let rule = orderings_name_their_pair;
    check(rule, "a.rs", "x;\nentry.load(Ordering::Acquire)", &[2]);
    check(rule, "a.rs", "// Pairs with the store in `publish`.\nentry.load(Acquire)", &[]);
    check(rule, "a.rs", "entry.load(Relaxed)", &[]);
    check(rule, "a.rs", "use x::{Acquire, Release};", &[]);
    check(rule, "a/tests.rs", "entry.load(Acquire)", &[]);
}

#[test]
fn mentions_of_a_layer_above_are_found() {
    check(layering, "loader/src/lib.rs", "use a;\nuse segue_compiler::Unit;", &[2]);
    check(layering, "loader/src/lib.rs", "// as in segue-compiler", &[1]);
    check(layering, "loader/src/lib.rs", "use segue_loader::place;", &[]);
    check(layering, "runtime/src/lib.rs", "use segue_loader::A;\nuse segue_audio_demo::B;", &[2]);
    check(layering, "audio-demo/src/lib.rs", "use segue_loader::A;", &[1]);
    check(layering, "src/lib.rs", "use segue_loader::A;\nuse segue_runtime::B;", &[1]);
    check(layering, "tests/swap.rs", "use segue_loader::A;", &[]);
}

#[test]
fn loader_and_compiler_in_the_protocol_are_found() {
    check(provable_modules, "runtime/src/slot.rs", "a\nuse segue_loader::A;", &[2]);
    check(provable_modules, "runtime/src/epoch/retire.rs", "//! Of segue-compiler.", &[1]);
    check(provable_modules, "runtime/src/slots.rs", "use segue_loader::A;", &[]);
    check(provable_modules, "runtime/src/program.rs", "use segue_loader::A;", &[]);
}

#[test]
fn unsafe_code_is_found() {
    let first = |text: &str| first_unsafe(&RustText::new(text));
    assert_eq!(first("a\nunsafe { b }"), Some(2));
    assert_eq!(first("unsafe impl Send for A {}"), Some(1));
    assert_eq!(first("pub unsafe fn f() {}"), Some(1));
    assert_eq!(first("pub unsafe extern \"C\" fn f() {}"), Some(1));
    assert_eq!(first("unsafe extern \"C\" {\n}"), Some(1));
    assert_eq!(first("unsafe trait A {}"), Some(1));
}

#[test]
fn words_that_are_no_unsafe_code_are_not() {
    let first = |text: &str| first_unsafe(&RustText::new(text));
    assert_eq!(first("// unsafe { }\nlet s = \"unsafe { }\";"), None);
    assert_eq!(first("#[unsafe(no_mangle)]\nfn f() {}"), None);
    assert_eq!(first("type F = unsafe extern \"C\" fn(u8);"), None);
    assert_eq!(first("type F = unsafe fn(u8);"), None);
    assert_eq!(first("#![forbid(unsafe_code)]\nlet unsafety = {};"), None);
}
