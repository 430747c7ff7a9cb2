//! Copies of what mutants change, and what compares them.

use super::*;
use crate::{LineColumn, Operator, Span};

/// A mutant for each place of a text, with what stands there instead.
fn mutants(text: &str, changes: &[(&str, &str)]) -> Vec<Mutant> {
    let place = LineColumn { line: 1, column: 1 };
    let mutant = |(number, (old, new)): (usize, &(&str, &str))| {
        let start = text.find(old).unwrap();
        Mutant {
            id: MutantId(number as u32),
            package: String::new(),
            file: PathBuf::new(),
            function: None,
            span: Span { start: place, end: place },
            bytes: start..start + old.len(),
            operator: Operator::BinaryOperator,
            replacement: (*new).to_owned(),
            name: String::new(),
        }
    };
    changes.iter().enumerate().map(mutant).collect()
}

fn surveyed(text: &str, changes: &[(&str, &str)]) -> (String, Vec<Claim>) {
    let mutants = mutants(text, changes);
    let mut survey = Survey::default();
    survey.add(Path::new("a.rs"), text, &mutants.iter().collect::<Vec<_>>());
    let text = survey.texts.pop_first().map(|(_, spliced)| spliced.text);
    (text.unwrap_or_default(), survey.claims)
}

fn check(text: &str, changes: &[(&str, &str)], expected: &str) {
    assert_eq!(surveyed(text, changes).0, expected);
}

#[test]
fn a_constant_is_copied_and_compared_in_its_line() {
    let (text, claims) = surveyed(
        "/// Text.\n#[cfg(unix)]\npub(crate) const A: u8 = 1\n    + 2;\nfn f() {}\n",
        &[("+", "-"), ("+", "*")],
    );
    let expected = "/// Text.\n#[cfg(unix)]\npub(crate) const A: u8 = 1\n    + 2; \
        #[cfg(unix)] const SEGUE_ORIGINAL_0: u8 = 1 + 2; \
        #[cfg(unix)] const SEGUE_MUTANT_0: u8 = 1 - 2; \
        #[cfg(unix)] const SEGUE_MUTANT_1: u8 = 1 * 2; \
        #[cfg(unix)] const _: () = [()][((SEGUE_MUTANT_0 & SEGUE_MUTANT_0) == SEGUE_ORIGINAL_0) as usize]; \
        #[cfg(unix)] const _: () = [()][((SEGUE_MUTANT_1 & SEGUE_MUTANT_1) == SEGUE_ORIGINAL_0) as usize]; \
        #[cfg(unix)] const _: () = [()][((SEGUE_MUTANT_1 & SEGUE_MUTANT_1) == SEGUE_MUTANT_0) as usize];\n\
        fn f() {}\n\nconst _: () = [()][1];";
    assert_eq!(text, expected);
    let (one, other) = (MutantId(0), MutantId(1));
    let expected = [
        Claim::Original(vec![one, other]),
        Claim::Same(one, None),
        Claim::Same(other, None),
        Claim::Same(other, Some(one)),
        Claim::Stop,
    ];
    assert_eq!(claims, expected);
}

#[test]
fn statics_functions_and_what_is_associated_are_copied_only() {
    check(
        "static mut A: u8 = 1 + 2;",
        &[("+", "-")],
        "static mut A: u8 = 1 + 2; static mut SEGUE_ORIGINAL_0: u8 = 1 + 2; static mut SEGUE_MUTANT_0: u8 = 1 - 2;\nconst _: () = [()][1];",
    );
    check(
        "impl A { const fn f<T>(self) -> u8 { const B: u8 = 3; 1 + B } const C: u8 = 1 / 2; }",
        &[("+", "-"), ("/", "%")],
        "impl A { const fn f<T>(self) -> u8 { const B: u8 = 3; 1 + B } \
         const fn SEGUE_ORIGINAL_0<T>(self) -> u8 { const B: u8 = 3; 1 + B } \
         const fn SEGUE_MUTANT_0<T>(self) -> u8 { const B: u8 = 3; 1 - B } \
         const C: u8 = 1 / 2; const SEGUE_ORIGINAL_1: u8 = 1 / 2; const SEGUE_MUTANT_1: u8 = 1 % 2; }\n\
         const _: () = [()][1];",
    );
}

#[test]
fn a_constant_in_a_function_is_copied_by_itself() {
    let (text, _) = surveyed("const fn f() -> u8 { const B: u8 = 1 + 2; B }", &[("+", "-")]);
    assert!(!text.contains("fn SEGUE"), "{text}");
    assert!(text.contains("const B: u8 = 1 + 2; const SEGUE_ORIGINAL_0: u8 = 1 + 2;"), "{text}");
}

#[test]
fn what_cannot_stand_twice_is_left_out() {
    for text in [
        "trait A { fn f() -> u8 { 1 + 2 } }",
        "impl A for B { const C: u8 = 1 + 2; }",
        "impl A for B { fn f() -> u8 { 1 + 2 } }",
        "fn f() -> impl A { 1 + 2 }",
        "async fn f() -> u8 { 1 + 2 }",
        "#[a_macro] const A: u8 = 1 + 2;",
        "#[proc_macro] pub fn f() -> u8 { 1 + 2 }",
        "const A: [u8; 1 + 2] = [0; 3];",
    ] {
        assert_eq!(surveyed(text, &[("+", "-")]), (String::new(), Vec::new()), "{text}");
    }
    // Nor what cannot be read: the file would be none.
    check("const A: u8 = 1 + 2;", &[("+", "+ +* )")], "");
}
