//! What becomes of a source's text: which functions are copied, which mutants it has, what is left alone.

use super::changes::{self, LeftAlone};
use super::function;
use super::preprocess::Preprocessed;
use super::syntax::Source;
use super::types::Types;
use crate::Operator;

/// A source without headers, as the preprocessor would leave it, but for its directives.
fn found(text: &str) -> (Vec<String>, LeftAlone) {
    let numbered = format!("# 1 \"a.c\"\n{text}");
    let preprocessed = Preprocessed::read(&numbered, "a.c");
    let types = Types::of(&preprocessed.text).unwrap();
    let source = Source::parse(text.to_owned(), &preprocessed.macros).unwrap();
    let (sites, unread) = function::sites(&source, &preprocessed, &types);
    let mut left = LeftAlone::new();
    let mut lines: Vec<String> = unread.into_iter().map(|it| format!("unread {it}")).collect();
    for site in &sites {
        let way = if site.can_be_copied { "copies" } else { "switch" };
        let out = site.left_out.map_or(String::new(), |it| format!(", {it}"));
        lines.push(format!("{}: {way}{out}", site.name));
        let all = changes::changes(site, &source, &preprocessed, &Operator::STANDARD, &mut left);
        lines.extend(all.iter().map(|it| format!("  {}", it.name)));
    }
    changes::outside(&source, &preprocessed, &mut left);
    (lines, left)
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(text).0, expected);
}

#[test]
fn values_are_those_of_the_return_type() {
    check(
        "int f(int a) { return a; }",
        &[
            "f: copies",
            "  replace f -> int with 0",
            "  replace f -> int with 1",
            "  replace f -> int with -1",
        ],
    );
    check(
        "unsigned long f(void) { return 0; }",
        &["f: copies", "  replace f -> unsigned long with 1"],
    );
    check(
        "static const char *f(const char *p) { return p; }",
        &["f: copies", "  replace f -> const char * with NULL"],
    );
    check("void f(int *a) { *a = 3; }", &["f: copies", "  replace f with {}"]);
    check(
        "double f(double x) { return x; }",
        &[
            "f: copies",
            "  replace f -> double with 0.0",
            "  replace f -> double with 1.0",
            "  replace f -> double with -1.0",
        ],
    );
}

#[test]
fn names_of_types_are_followed() {
    check(
        "typedef unsigned int word; typedef word w; w f(void) { return 5; }",
        &["f: copies", "  replace f -> w with 0", "  replace f -> w with 1"],
    );
    check(
        "typedef struct { int a; } pair; pair f(pair p) { return p; }",
        &["f: copies", "  replace f -> pair with (pair){0}"],
    );
    check(
        "typedef struct node *list; list f(list p) { return p; }",
        &["f: copies", "  replace f -> list with NULL"],
    );
}

#[test]
fn operators_become_those_of_the_table() {
    check(
        "void f(int *a, int b) { *a += b < 2 && !b; }",
        &[
            "f: copies",
            "  replace f with {}",
            "  replace += with -= in f",
            "  replace += with *= in f",
            "  replace && with || in f",
            "  replace < with == in f",
            "  replace < with > in f",
            "  replace < with <= in f",
            "  delete ! in f",
        ],
    );
}

#[test]
fn bodies_that_cannot_stand_twice_are_not_copied() {
    for (text, name) in [
        ("void f(void) { static int n; n = 1; }", "f: switch"),
        ("void f(int a, ...) { a = 1; }", "f: switch"),
        ("void f(a) int a; { a = 1; }", "f: switch"),
        ("void f(int a) { a = sizeof __func__; }", "f: switch"),
        ("__attribute__((noinline)) void f(int a) { a = 1; }", "f: switch"),
        ("inline void f(int a) { a = 1; }", "f: switch"),
        ("static inline void f(int a) { a = 1; }", "f: copies"),
        ("int main(void) { return 0; }", "main: switch"),
    ] {
        assert_eq!(found(text).0[0], name, "{text}");
    }
}

#[test]
fn functions_that_no_mutant_may_stand_for_say_why() {
    let first = |text: &str| found(text).0[0].clone();
    let never = first("_Noreturn void f(int a) { for (;;) a = 1; }");
    assert_eq!(never, "f: copies, it is declared to never return, and a mutant of it could");
    let early = first("__attribute__((constructor)) void f(void) { g(); }");
    assert_eq!(early, "f: switch, it runs before or after the test");
}

#[test]
fn constants_and_operands_that_are_not_evaluated_are_left_alone() {
    let (lines, left) = found(
        "enum { A = 1 + 2 }; int g = 3 * 4;\n\
         void f(int a) { int b[2 + 3]; switch (a) { case 1 + 1: b[0] = sizeof(a + a); } }\n",
    );
    assert_eq!(lines, ["f: copies", "  replace f with {}"]);
    assert_eq!(left.values().sum::<usize>(), 5, "{left:?}");
}

#[test]
fn what_cannot_be_read_is_said() {
    let (lines, _) = found("int f(int a) STRANGE(x { return 1; }\n");
    assert!(lines.iter().all(|it| it.starts_with("unread")), "{lines:?}");
}
