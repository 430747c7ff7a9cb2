//! Reading rustc's JSON lines.

use super::*;

#[test]
fn colours_are_taken_off() {
    assert_eq!(without_color("\u{1b}[1m\u{1b}[91merror\u{1b}[0m: ü"), "error: ü");
    assert_eq!(without_color("plain"), "plain");
    assert_eq!(without_color("\u{1b}"), "");
}

#[test]
fn lines_that_are_not_json_are_kept() {
    let stderr = "warning from a wrapper\n\
        {\"message\":\"m\",\"code\":null,\"level\":\"error\",\"spans\":[],\"children\":[],\"rendered\":null}\n\
        \n\
        {\"message\":\"aborting due to 1 previous error\",\"code\":null,\"level\":\"error\",\"spans\":[],\"rendered\":null}\n";
    let (messages, rest) = Message::read_all(stderr);
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[0].level(), Level::Error);
    assert!(!messages[0].is_summary());
    assert!(messages[1].is_summary());
    assert_eq!(rest, "warning from a wrapper\n");
}

#[test]
fn a_place_in_a_macro_of_another_crate_is_where_it_was_called() {
    let span = |file: &str, expansion| Span {
        file_name: file.to_owned(),
        line_start: 1,
        column_start: 2,
        is_primary: true,
        expansion,
    };
    let call = span("/song.rs", None);
    let message = Message {
        message: "m".to_owned(),
        code: None,
        level: "warning".to_owned(),
        spans: vec![span("/rustc/0/std.rs", Some(Box::new(Expansion { span: call })))],
        rendered: None,
    };
    assert_eq!(message.place().unwrap().file_name, "/song.rs");
    assert_eq!(message.level(), Level::Warning);
}
