//! What is code, what is a comment, and what is neither.

use super::*;

/// Compares the code part, white space aside.
#[track_caller]
fn check(text: &str, code: &str, comments: &str) {
    let squeeze = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = RustText::new(text);
    assert_eq!(squeeze(&parts.code), code);
    assert_eq!(squeeze(&parts.comments), comments);
    assert_eq!(parts.code.matches('\n').count(), text.matches('\n').count());
    assert_eq!(parts.comments.matches('\n').count(), text.matches('\n').count());
}

#[test]
fn comments_end_with_their_line_and_nest() {
    check("a // b\nc", "a c", "// b");
    check("a /* b /* c */ d */ e", "a e", "/* b /* c */ d */");
}

#[test]
fn strings_are_emptied() {
    check(r#"f("unsafe \" // x") // y"#, r#"f(" ")"#, "// y");
    check("f(r#\"a \" unsafe\"# , b)", "f(r#\" \"# , b)", "");
    check("f(b\"x\", br\"y\\\", c)", "f(b\" \", br\" \", c)", "");
}

#[test]
fn characters_and_lifetimes_are_told_apart() {
    check(r#"let c = '"'; // x"#, "let c = ' ';", "// x");
    check(r"let c = '\''; d // x", "let c = ' '; d", "// x");
    check(r"let c = '\u{7f}'; d", "let c = ' '; d", "");
    check("fn f<'a>(x: &'a str) {} // y", "fn f<'a>(x: &'a str) {}", "// y");
}

#[test]
fn raw_identifiers_are_no_strings() {
    check("r#fn + r # \"x\"", "r#fn + r # \" \"", "");
}

#[test]
fn words_know_their_line_and_what_follows() {
    let text = RustText::new("one\n  two_2 {\n// no\nthree");
    let found: Vec<(usize, &str, bool)> =
        text.words().map(|word| (word.line, word.text, word.rest.starts_with('{'))).collect();
    assert_eq!(found, [(1, "one", false), (2, "two_2", true), (4, "three", false)]);
}
