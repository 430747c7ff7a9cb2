//! Any text: nothing panics, and every place that is found is the place of what is named.

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::{Change, Found, Rules};
use crate::Operator;
use crate::discover::conditions::Conditions;
use crate::discover::source::read;

/// Texts that other texts are made from.
const TEXTS: [&str; 5] = [
    include_str!("../../../../tests/cases/mutants/operators/operators/src/lib.rs"),
    include_str!("../../../../tests/cases/mutants/operators/places/src/lib.rs"),
    include_str!("../../../../tests/cases/mutants/operators/skips/src/lib.rs"),
    include_str!("../../../../tests/cases/mutants/operators/values/src/lib.rs"),
    include_str!("../more.rs"),
];
const INSERTED: [&str; 24] = [
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "\"",
    "'",
    "#",
    "!",
    "-",
    "é\u{301}",
    "\r\n",
    "/*",
    "//",
    "r#\"",
    "=>",
    "|",
    " match x { _ => 1 } ",
    " unsafe ",
    "\u{feff}",
    "\0",
];

fn all_operators() -> &'static [Operator] {
    static ALL: OnceLock<Vec<Operator>> = OnceLock::new();
    ALL.get_or_init(|| Operator::STANDARD.into_iter().chain(Operator::MORE).collect())
}

fn find(text: &str) -> Result<Found, String> {
    let conditions = Conditions::for_tests(&["unix"], std::collections::BTreeSet::new());
    let rules = Rules {
        errors: &[],
        skipped_calls: &[],
        operators: all_operators(),
        conditions: &conditions,
    };
    read(text, &rules)
}

/// With the stack that discovery has.
fn deeply<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(crate::discover::STACK);
        thread.spawn_scoped(scope, run).expect("there is a thread").join().expect("nothing panics")
    })
}

/// What must be true of every change in whatever text.
fn check(text: &str, change: &Change) {
    let replaced = text.get(change.bytes.clone()).expect("the place is one of the text");
    let before = &text[..change.bytes.start];
    assert_eq!(change.span.start.line, before.matches('\n').count() + 1, "{change:?}");
    match change.operator {
        Operator::BinaryOperator | Operator::UnaryOperator | Operator::Boundary => {
            assert!(change.name.contains(replaced), "{change:?} at {replaced:?}");
        }
        _ => assert!(!replaced.trim().is_empty(), "{change:?}"),
    }
}

/// The text with a change in it. An operator may be one that Rust does not accept there, such as `<` after a
/// cast: cargo-mutants lists it too, and the compiler refuses it.
fn applied(text: &str, change: &Change) -> Option<String> {
    let is_operator = matches!(change.operator, Operator::BinaryOperator | Operator::Boundary);
    let mut changed = text.to_owned();
    changed.replace_range(change.bytes.clone(), &change.replacement);
    (!is_operator).then_some(changed)
}

#[test]
fn every_mutant_of_every_text_is_rust() {
    deeply(|| {
        for text in TEXTS {
            let found = find(text).expect("it is Rust");
            assert!(found.changes.len() > 50, "{} changes", found.changes.len());
            for change in &found.changes {
                check(text, change);
            }
            for change in found.changes.iter().step_by(7) {
                let Some(changed) = applied(text, change) else { continue };
                assert!(syn::parse_file(&changed).is_ok(), "{change:?}");
            }
        }
    });
}

#[test]
fn no_text_makes_discovery_panic() {
    let edit = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..INSERTED.len() * 2);
    let texts = (0..TEXTS.len(), any::<prop::sample::Index>(), prop::collection::vec(edit, 0..4));
    let config = Config { cases: 96, failure_persistence: None, ..Config::default() };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&texts, |(text, choice, edits)| {
        let mut text = piece(TEXTS[text], &choice);
        for (from, to, what) in edits {
            let (from, to) = (
                boundary(&text, from.index(text.len() + 1)),
                boundary(&text, to.index(text.len() + 1)),
            );
            match INSERTED.get(what) {
                Some(inserted) => text.insert_str(from, inserted),
                None => text.replace_range(from.min(to)..from.max(to).min(from.min(to) + 20), ""),
            }
        }
        deeply(|| {
            let Ok(found) = find(&text) else { return };
            for change in &found.changes {
                check(&text, change);
            }
            if let Some(change) = found.changes.get(choice.index(found.changes.len().max(1)))
                && let Some(changed) = applied(&text, change)
            {
                assert!(syn::parse_str::<syn::File>(&changed).is_ok(), "{change:?} in {text}");
            }
        });
        Ok(())
    });
    result.expect("every text is read or refused");
}

/// Some forty lines from anywhere.
fn piece(text: &str, choice: &prop::sample::Index) -> String {
    let lines: Vec<_> = text.lines().collect();
    let first = choice.index(lines.len());
    lines[first..lines.len().min(first + 40)].join("\n")
}

/// The next place at which a character begins.
fn boundary(text: &str, from: usize) -> usize {
    (from..).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[test]
fn deep_texts_are_read_or_refused() {
    let nested =
        |depth: usize| format!("fn f() -> u8 {{ {}1{} }}", "(".repeat(depth), ")".repeat(depth));
    deeply(|| {
        assert!(find(&nested(900)).is_ok());
        assert!(find(&nested(100_000)).expect_err("it is too deep").contains("deep"));
        let chain = format!("fn f() -> u8 {{ {} 1 }}", "1 +".repeat(5_000));
        assert!(find(&chain).expect("it is Rust").changes.len() > 10_000);
    });
}

#[test]
fn first_lines_for_others_are_passed_over() {
    let changes = |text: &str| find(text).expect("it is Rust").changes;
    let plain = changes("\nfn f() { g(1 + 2) }");
    let shell = changes("#!/usr/bin/env ünï\nfn f() { g(1 + 2) }");
    assert_eq!(plain.len(), shell.len());
    assert_eq!(plain[0].span, shell[0].span);
    for text in [
        "\u{feff}\nfn f() { g(1 + 2) }",
        "\r\nfn f() { g(1 + 2) }",
        "#![allow(unused)]\nfn f() { g(1 + 2) }",
    ] {
        let found = changes(text);
        assert_eq!(found[0].span, plain[0].span, "{text:?}");
        found.iter().for_each(|change| check(text, change));
    }
}

#[test]
fn a_text_that_is_not_rust_is_refused_with_its_place() {
    assert!(find("fn f() {\n  let = 1;\n}").expect_err("it is not Rust").starts_with("2:7: "));
}
