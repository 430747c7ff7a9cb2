//! What is known after rustc has spoken, from messages as it writes them.

use std::path::PathBuf;

use super::*;
use crate::{LineColumn, Operator, Span};

const TEXT: &str = "const A: u8 = 4 / 2;\nconst B: u8 = 1 + 1;\n";

/// Four mutants of `A`, one of `B`.
fn mutants() -> Vec<Mutant> {
    let place = LineColumn { line: 1, column: 1 };
    let mutant = |(number, (old, new)): (u32, (&str, &str))| Mutant {
        id: MutantId(number),
        package: String::new(),
        file: PathBuf::from("a.rs"),
        function: None,
        span: Span { start: place, end: place },
        bytes: TEXT.find(old).map(|at| at..at + 1).unwrap(),
        operator: Operator::BinaryOperator,
        replacement: new.to_owned(),
        name: String::new(),
    };
    let changes = [("/", "%"), ("/", "-"), ("/", "&"), ("/", "/ 0 *"), ("+", "*")];
    (0..).zip(changes).map(mutant).collect()
}

fn found(rejections: &[(&str, &str)]) -> (Option<bool>, BTreeMap<MutantId, Known>) {
    let mutants = mutants();
    let mutants: Vec<&Mutant> = mutants.iter().collect();
    let mut survey = Survey::default();
    survey.add(&mutants[0].file, TEXT, &mutants);
    let text = survey.texts[&mutants[0].file].text.clone();
    let diagnostics = rejections.iter().map(|(code, of)| diagnostic(&text, code, of)).collect();
    let mut found = Found::default();
    let said = Said { diagnostics, ..Said::default() };
    let copy = Copy {
        root: PathBuf::new(),
        tree: PathBuf::from("/tree"),
        build: PathBuf::new(),
        original: PathBuf::new(),
        suffix: "",
    };
    let is_complete = found.read(&said, &survey, &copy);
    (is_complete, found.known(&mutants))
}

/// An error at a piece of the text.
fn diagnostic(text: &str, code: &str, of: &str) -> Diagnostic {
    let start = text.find(of).unwrap();
    let json = format!(
        r#"{{"message":"no","code":{{"code":"{code}"}},"level":"error","rendered":null,"spans":[{{"file_name":"a.rs",
        "byte_start":{start},"byte_end":{},"is_primary":true,"expansion":null}}]}}"#,
        start + of.len()
    );
    serde_json::from_str(&json).unwrap()
}

const STOP: (&str, &str) = ("E0080", "[()][1]");

fn same(one: &'static str, other: &'static str) -> (&'static str, String) {
    ("E0080", format!("[()][(({one} & {one}) == {other}) as usize]"))
}

#[test]
fn errors_say_what_is_rejected_and_what_is_the_same() {
    let unchanged = same("SEGUE_MUTANT_1", "SEGUE_ORIGINAL_0");
    let other = same("SEGUE_MUTANT_2", "SEGUE_MUTANT_0");
    let no_integers = ("E0369", same("SEGUE_MUTANT_4", "SEGUE_ORIGINAL_4").1);
    let (is_complete, known) = found(&[
        ("E0308", "SEGUE_MUTANT_3: u8"),
        (unchanged.0, &unchanged.1),
        (other.0, &other.1),
        (no_integers.0, &no_integers.1),
        STOP,
    ]);
    assert_eq!(is_complete, Some(true));
    let expected = [
        (MutantId(1), Known::Unchanged),
        (MutantId(2), Known::Same(MutantId(0))),
        (MutantId(3), Known::Rejected("E0308: no".into())),
    ];
    assert_eq!(known, BTreeMap::from(expected));
}

#[test]
fn what_differs_between_two_compilations_of_a_file_is_not_known() {
    let unchanged = same("SEGUE_MUTANT_1", "SEGUE_ORIGINAL_0");
    let unchanged = (unchanged.0, unchanged.1.as_str());
    assert_eq!(found(&[unchanged, STOP, STOP]), (Some(true), BTreeMap::new()));
    let known = BTreeMap::from([(MutantId(1), Known::Unchanged)]);
    assert_eq!(found(&[unchanged, STOP, unchanged, STOP]), (Some(true), known));
    // And where it was not compiled to its end.
    assert_eq!(found(&[unchanged]), (Some(false), BTreeMap::new()));
}

#[test]
fn a_rejected_copy_of_the_original_says_nothing_of_its_mutants() {
    let (_, known) = found(&[
        ("E0425", "SEGUE_ORIGINAL_0: u8"),
        ("E0425", "SEGUE_MUTANT_1: u8"),
        ("E0425", "SEGUE_MUTANT_4: u8"),
        STOP,
    ]);
    assert_eq!(known, BTreeMap::from([(MutantId(4), Known::Rejected("E0425: no".into()))]));
}

#[test]
fn an_error_elsewhere_ends_it() {
    let of_the_original = ("E0428", "A: u8");
    assert_eq!(found(&[of_the_original, ("E0425", "SEGUE_MUTANT_4: u8"), STOP]).0, None);
}

#[test]
fn a_constant_that_is_never_computed_is_rejected_and_hides_others() {
    let (is_complete, known) = found(&[(ENDLESS, "SEGUE_MUTANT_0: u8"), STOP]);
    assert_eq!(is_complete, Some(false));
    let rejected = Known::Rejected(format!("{ENDLESS}: no"));
    assert_eq!(known, BTreeMap::from([(MutantId(0), rejected)]));
}
