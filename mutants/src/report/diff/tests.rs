//! Diffs show the change and nothing else.

use super::*;
use crate::Operator;
use crate::report::sample::{FILE, TEXT, mutant};

#[test]
fn a_diff_has_the_path_the_name_and_the_changed_line() {
    let minus = mutant(0, "+", "-", "replace + with - in f", Operator::BinaryOperator);
    let diff = unified(&minus, TEXT, 1).expect("a diff");
    let expected = format!(
        "--- {FILE}\n+++ replace + with - in f\n@@ -2,3 +2,3 @@\n \
         fn f(a: u32, b: u32) -> u32 {{\n-    a + b\n+    a - b\n }}\n"
    );
    assert_eq!(diff, expected);
}

#[test]
fn a_mutant_of_another_text_is_refused() {
    let late = mutant(0, "!", "", "delete ! in g", Operator::UnaryOperator);
    // Shorter than the place, and with a character across it.
    for text in ["fn f() {}".to_owned(), "ü".repeat(TEXT.len())] {
        let place = late.bytes.start + usize::from(late.bytes.start.is_multiple_of(2));
        let late = Mutant { bytes: place..place + 1, ..late.clone() };
        let error = unified(&late, &text, 1).expect_err("it is not there");
        assert_eq!(error.kind(), ErrorKind::File);
        assert!(error.to_string().contains(FILE), "{error}");
    }
}
