//! What the check relies on is tried with examples made up for it.

use super::{
    Outcomes,
    batch::{self, Outcome},
    known::Known,
    pages::Example,
    table,
};

fn example(name: &str, body: &str, panics: bool) -> Example {
    let text = format!("#![allow(unused)]\nfn main() {{\n    {body}\n}}");
    Example { name: format!("core/a.html#{name} 1"), text, panics }
}

/// Refused, known or not, or ended in another way: each stands with its example, and the others run.
#[test]
fn each_example_of_many_is_judged() {
    let examples = [
        example("runs", "assert_eq!(1 + 1, 2);", false),
        example("refused", "let it: u8 = 5u8.no_such_method();", false),
        example("panics", "let none: Option<u8> = None; none.unwrap();", true),
        example("differs", "assert_eq!(1 + 1, 3);", false),
        example("does_not_panic", "print!(\"no line's end\");", true),
        example("known", "let it: u8 = \"text\";", false),
    ];
    let known = Known::parse(
        "rustc 1.0.0\ncore/a.html#known 1: refused: mismatched types\ncore/a.html#runs 1: refused: so",
    );
    let found = batch::run(&examples, |it| known.of(&it.name).is_some());
    let outcome = |name: &str| &found[format!("core/a.html#{name} 1").as_str()].1;
    assert_eq!(found.len(), examples.len());
    assert_eq!((outcome("runs"), outcome("panics")), (&Outcome::Runs, &Outcome::Runs));
    for refused in ["refused", "known"] {
        assert!(matches!(outcome(refused), Outcome::Refused { has_place: true, .. }), "{found:?}");
    }
    for failed in ["differs", "does_not_panic"] {
        assert!(matches!(outcome(failed), Outcome::Fails(_)), "{found:?}");
    }
    let names = |is_same| -> Vec<String> {
        let problems = known.problems(&found, is_same);
        problems
            .iter()
            .map(|it| it["core/a.html#".len()..].split(' ').next().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(names(true), ["differs", "does_not_panic", "refused", "runs"]);
    assert_eq!(names(false), ["differs", "does_not_panic"]);
    assert!(known.without(&Outcomes::new()).len() == 2 && known.without(&found).is_empty());
    let table = table(&found);
    assert!(
        table.contains("core                                           2       2       2"),
        "{table}"
    );
}
