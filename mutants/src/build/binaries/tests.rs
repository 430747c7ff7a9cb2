//! What rustdoc says of examples that were run at the same time.

use super::*;

/// As rustdoc of Rust 1.95 prints it, for two packages; the second is of the 2024 edition.
const SAID: &str = "
running 5 tests
test src/lib.rs - (line 5) ... ok
test src/lib.rs - <impl Of for u8>::narrow (line 12) ... FAILED
test src/lib.rs - narrow (line 9) - compile ... ok
test src/lib.rs - narrow (line 20) ... FAILED
test src/lib.rs - (line 1) ... FAILED

failures:

---- src/lib.rs - <impl Of for u8>::narrow (line 12) stdout ----
Test executable failed (exit status: 101).

stdout:
segue: this is example 71


---- src/lib.rs - narrow (line 20) stdout ----
error: expected expression
Couldn't compile the test.
---- src/lib.rs - (line 1) stdout ----
Test executable failed (exit status: 101).

stdout:
segue: this is example 70



failures:
    src/lib.rs - <impl Of for u8>::narrow (line 12)
    src/lib.rs - narrow (line 20)
    src/lib.rs - (line 1)

test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.54s

segue: this is example 90
";

#[test]
fn numbers_belong_to_the_example_that_failed_by_them() {
    let names = examples(SAID);
    let name = |number: &str| names.get(number).cloned();
    assert_eq!(name("70"), Some(Some("src/lib.rs - (line 1)".to_owned())));
    assert_eq!(
        name("71"),
        Some(Some("src/lib.rs - <impl Of for u8>::narrow (line 12)".to_owned()))
    );
    assert_eq!(name("90"), Some(None));
    assert_eq!(names.len(), 3);
}

#[test]
fn examples_are_in_the_order_of_their_lines() {
    let of = ["src/lib.rs - b (line 9)", "src/lib.rs - a (line 12)", "src/more.rs - (line 1)"];
    assert!(of.is_sorted_by_key(|name| place(name)));
}

#[test]
fn examples_that_should_panic_are_known_by_their_function() {
    let passed: Vec<_> = SAID.lines().filter_map(passed).collect();
    assert_eq!(passed, ["src/lib.rs - (line 5)"]);
    let binary = b"...\x00_ZN8rust_out4main27_doctest_main_src_lib_rs_5_017h3b7dbb1b8fd96a5cE\x00";
    assert!(is_made_of(binary, "src/lib.rs - (line 5)"));
    assert!(!is_made_of(binary, "src/lib.rs - (line 50)"));
    assert!(!is_made_of(binary, "src/more.rs - (line 5)"));
}

#[test]
fn examples_that_do_not_compile_are_named() {
    let [refused] = refused(SAID).try_into().expect("one");
    assert_eq!(refused.name, "src/lib.rs - narrow (line 20)");
    assert_eq!(refused.said, "error: expected expression\nCouldn't compile the test.\n");
}

#[test]
fn addresses_mean_paths() {
    assert_eq!(decoded("file:///a%20b/gr%C3%B6%C3%9Fe#1.0"), "file:///a b/größe#1.0");
    assert_eq!(decoded("100%, 5%é and %4"), "100%, 5%é and %4");
}
