//! What is too deep, and what only looks so.

#[cfg(feature = "jit")]
use super::is_shallow;
use super::too_deep;

fn why(text: &str) -> String {
    too_deep(text).unwrap_or_default()
}

#[test]
fn brackets_and_tokens_in_a_row_are_counted() {
    let brackets = |count| format!("fn f() {{\n{}1{}\n}}", "(".repeat(count), ")".repeat(count));
    assert_eq!(too_deep(&brackets(499)), None);
    assert_eq!(why(&brackets(500)), "line 2: brackets nest deeper than 500");
    for one in ["!", "& ", "x + ", "x.y", "return ", "|| ", "x as u8 as u8 ", "if x {} else "] {
        let text = format!("fn f() {{\n{}1 }}", one.repeat(5_001));
        assert!(why(&text).starts_with("line 2: more than 5000 tokens"), "{one}: {}", why(&text));
    }
}

#[test]
fn tokens_before_what_is_open_count_too() {
    let text = format!("fn f() {{ {}1 }}", format!("{}(", "x + ".repeat(600)).repeat(5));
    assert!(why(&text).contains("tokens"), "{}", why(&text));
}

#[cfg(feature = "jit")]
#[test]
fn a_shallow_text_within_another_is_not_too_deep() {
    let nested = |count, inside: &str| {
        format!("fn f() {{ {}{inside}{} }}", "(".repeat(count), ")".repeat(count))
    };
    let sum = |count, inside: &str| format!("{{ {}{inside} }}", "x + ".repeat(count));
    assert!(is_shallow(&nested(249, "1")) && !is_shallow(&nested(250, "1")));
    assert!(is_shallow(&sum(1_249, "1")) && !is_shallow(&sum(1_250, "1")));
    assert_eq!(too_deep(&nested(249, &nested(249, "1"))), None);
    assert_eq!(too_deep(&sum(1_249, &sum(1_249, "1"))), None);
}

#[test]
fn what_ends_an_expression_begins_again() {
    for one in ["x = x + 1; ", "1, ", "fn g() { x } ", "if x { y } ", "if x { y } else { z } "] {
        let text = format!("fn f() {{ {} }}", one.repeat(3_000));
        assert_eq!(too_deep(&text), None, "{one}");
    }
}

#[test]
fn comments_texts_and_characters_are_no_brackets() {
    let long = "( + - ".repeat(6_000);
    for (before, after) in [
        ("/*", "*/"),
        ("/* /* */", "*/"),
        ("//", "\n"),
        ("\"\\\"", "\""),
        ("r\"\\", "\""),
        ("br##\"\"#", "\"##"),
    ] {
        let text = format!("fn f() {{ {before}{long}{after} 1 }}");
        assert_eq!(too_deep(&text), None, "{before}");
    }
    let text = format!("fn f<'a>() {{ {} }}", "['(', '\\'', 'é', '\u{1f600}', b'{'];".repeat(600));
    assert_eq!(too_deep(&text), None);
}

/// It comes to an end wherever the text ends.
#[test]
fn what_is_not_closed_is_no_danger() {
    let text = "fn f<'a>() { r#\"x\"# \"\\\"\" '\\u{1}' 'é' /* /* */ */ // x\n }) /";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert_eq!(too_deep(&text[..end]), None, "{end}");
        assert_eq!(too_deep(&format!("{}\\", &text[..end])), None, "{end}");
    }
}

#[test]
fn arms_and_what_they_begin_with_do_not_add_up() {
    for arm in
        ["(0, _) => { x } ", "&Some(1) if a == b => { x } ", "[a, b] => {} ", "-1 | -2 => {} "]
    {
        let text = format!("fn f() {{ match x {{ {} }} }}", arm.repeat(6_000));
        assert_eq!(too_deep(&text), None, "{arm}");
    }
    let sum = format!("fn f() {{ 0 {} }}", "+ {a}[0] ".repeat(2_000));
    assert!(why(&sum).contains("tokens"), "{}", why(&sum));
}
