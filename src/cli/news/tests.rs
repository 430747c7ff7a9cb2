//! What a save changed, in one line of bounded length.

use super::*;

fn names(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("f{n}")).collect()
}

#[test]
fn only_what_happened_is_said() {
    let (none, two, one) = (names(0), names(2), names(1));
    let said = |groups: &[(&str, &[String])]| changes(groups);
    assert_eq!(said(&[("changed", &two), ("added", &none)]).as_deref(), Some("changed f1, f2"));
    assert_eq!(
        said(&[("changed", &two), ("added", &one)]).as_deref(),
        Some("changed f1, f2; added f1")
    );
    assert_eq!(said(&[("changed", &none)]), None);
}

#[test]
fn functions_that_nobody_wrote_are_not_named() {
    let generated = vec!["__segue_layout_State".to_owned()];
    let both = vec!["__segue_layout_State".to_owned(), "kick".to_owned()];
    assert_eq!(changes(&[("changed", &generated)]), None);
    assert_eq!(changes(&[("changed", &both)]).as_deref(), Some("changed kick"));
}

#[test]
fn many_names_are_counted() {
    let eight = names(8);
    let eight: Vec<&str> = eight.iter().map(String::as_str).collect();
    assert_eq!(some_of(&eight[..6]), "f1, f2, f3, f4, f5, f6");
    assert_eq!(some_of(&eight), "f1, f2, f3, f4, f5, f6 and 2 more");
}

#[test]
fn a_lost_device_matters_even_to_the_quiet() {
    let news = of_notice(&Notice::Lost("speaker: unplugged".to_owned()));
    assert!(news.matters && news.text.contains("speaker: unplugged"));
}

#[test]
fn why_a_function_is_not_compiled_alone_is_said_and_warnings_are_counted() {
    let told = |level, message: &str| Diagnostic {
        level,
        code: None,
        file: "/song.rs".into(),
        line: 4,
        column: 1,
        message: message.to_owned(),
        rendered: String::new(),
        rendered_color: String::new(),
    };
    let note = told(Level::Note, "edits of this function compile the whole file: `hidden`");
    let text = warnings(&[told(Level::Warning, "unused"), note], "song.rs");
    assert!(text.contains("1 warning") && !text.contains("unused"), "{text}");
    assert!(text.contains("compile the whole file: `hidden` (line 4)"), "{text}");
    assert_eq!(warnings(&[], "song.rs"), "");
}
