//! Splices keep what they do not touch, and know whose each range is.

use super::*;

#[test]
fn marks_are_found_in_the_new_text() {
    let old = "fn f() { 1 }\nfn g() { 2 }\n";
    let mut edits = Edits::default();
    let mut patch = Patch::default();
    patch.push(" fn f1() ");
    patch.push_marked(Mark::Mutant(MutantId(7)), "{ 3 }");
    edits.insert(12, patch);
    edits.replace(0..2, {
        let mut patch = Patch::default();
        patch.push("pub fn");
        patch
    });
    edits.mark(0..12, Mark::Function(1));
    let new = edits.apply(old);
    assert_eq!(new.text, "pub fn f() { 1 } fn f1() { 3 }\nfn g() { 2 }\n");
    let owner = |text: &str| {
        let at = new.text.find(text).unwrap();
        new.owner(&(at..at + text.len()))
    };
    assert_eq!(owner("{ 3 }"), Some(Mark::Mutant(MutantId(7))));
    assert_eq!(owner("3"), Some(Mark::Mutant(MutantId(7))));
    assert_eq!(owner("{ 1 }"), Some(Mark::Function(1)));
    assert_eq!(owner("f1"), Some(Mark::Function(1)));
    assert_eq!(owner("{ 2 }"), None);
}

#[test]
fn one_line_has_the_same_tokens() {
    let text = "{\n    // a comment\n    /// documentation\n    let a = b\n        >> 1; /* c */ let d = \"e\n   f\\\n   g\";\n    x.0.1 ..= 'y'; b\"z\n\";\n}";
    let line = one_line(text).unwrap();
    assert_eq!(line, "{ let a = b >> 1; let d = \"e\\n   fg\"; x.0.1 ..= 'y'; b\"z\\n\"; }");
    let tokens = |text: &str| text.parse::<TokenStream>().unwrap().into_iter().count();
    assert_eq!(tokens(&line), tokens(text));
}

#[test]
fn what_is_no_rust_is_an_error() {
    assert!(one_line("{ \"").is_err());
}
