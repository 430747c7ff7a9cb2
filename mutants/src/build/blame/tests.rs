//! Whom errors belong to, from messages as rustc writes them.

use super::*;
use crate::MutantId;
use crate::instrument::{Edits, Patch};

fn texts() -> BTreeMap<PathBuf, Spliced> {
    let mut edits = Edits::default();
    let mut patch = Patch::default();
    patch.push_marked(Mark::Mutant(MutantId(3)), "MUTANT");
    edits.insert(10, patch);
    edits.mark(5..15, Mark::Function(1));
    BTreeMap::from([(PathBuf::from("src/lib.rs"), edits.apply("0123456789abcdefghij"))])
}

fn check(json: &str, expected: Blame) {
    let diagnostic: Diagnostic = serde_json::from_str(json).unwrap();
    assert!(is_rejection(&diagnostic));
    assert_eq!(blame(&diagnostic, &texts(), Path::new("/tree")), expected);
}

fn span(start: usize, primary: bool) -> String {
    format!(
        r#"{{"file_name":"src/lib.rs","byte_start":{start},"byte_end":{},"is_primary":{primary},"expansion":null}}"#,
        start + 1
    )
}

fn error(message: &str, code: &str, spans: &[String]) -> String {
    let spans = spans.join(",");
    format!(
        r#"{{"message":"{message}","code":{{"code":"{code}"}},"level":"error","spans":[{spans}],"children":[]}}"#
    )
}

#[test]
fn a_mutant_before_its_function() {
    let mutant = Blame::Marks(vec![Mark::Mutant(MutantId(3))]);
    check(&error("mismatched types", "E0308", &[span(12, true), span(6, false)]), mutant.clone());
    check(&error("moved", "E0382", &[span(6, true), span(12, false)]), mutant);
    check(&error("moved", "E0382", &[span(6, true)]), Blame::Marks(vec![Mark::Function(1)]));
    check(&error("moved", "E0382", &[span(1, true)]), Blame::Nobody);
}

#[test]
fn a_macro_in_a_mutant() {
    let inner = r#"{"file_name":"/rust/macros.rs","byte_start":1,"byte_end":2,"is_primary":true,"expansion":{"span":"#;
    let spans = [format!("{inner}{}}}}}", span(12, false))];
    check(&error("no", "E0277", &spans), Blame::Marks(vec![Mark::Mutant(MutantId(3))]));
}

#[test]
fn constants() {
    for (path, name) in
        [("f", "f"), ("m::Type::<T>::f", "f"), ("Type::f::<{integer}>", "f"), ("f::<A<B>>", "f")]
    {
        let message = format!("cannot call non-const function `{path}` in constants");
        check(&error(&message, "E0015", &[span(1, true)]), Blame::NotConst(name.into()));
    }
}

#[test]
fn lints_that_deny_are_rejections_and_summaries_are_none() {
    let level = |level: &str, code: &str| -> Diagnostic {
        serde_json::from_str(&format!(
            r#"{{"message":"m","code":{code},"level":"{level}","spans":[],"children":[]}}"#
        ))
        .unwrap()
    };
    assert!(is_rejection(&level("warning", r#"{"code":"arithmetic_overflow"}"#)));
    assert!(!is_rejection(&level("warning", r#"{"code":"unused_variables"}"#)));
    assert!(!is_rejection(&level("error", "null")));
}
