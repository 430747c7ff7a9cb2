//! Which expression a change is put around.

use super::*;

/// The smallest expression around the text between `«` and `»`, with that replaced.
fn check(body: &str, replacement: &str, root: &str, changed: &str) {
    let start = body.find('«').unwrap();
    let text = body.replace('«', "");
    let end = text.find('»').unwrap();
    let text = text.replace('»', "");
    let block: syn::Block = syn::parse_str(&text).unwrap();
    let change = change(&text, &Roots::of(&block), &(start..end), replacement).unwrap();
    assert_eq!(&text[change.root.range.clone()], root);
    assert_eq!(change.text, changed);
}

#[test]
fn operators_are_taken_with_what_is_around_them() {
    check("{ f(a + b «+» c * d) }", "*", "a + b + c * d", "a + b * c * d");
    check("{ let x = -(a «-» b); }", "/", "a - b", "a / b");
    check("{ a «+=» b; }", "-=", "a += b", "a -= b");
    check("{ &v[a «+» 1..] }", "-", "a + 1..", "a - 1..");
    check("{ if «!»a && b {} }", "", "!a && b", "a && b");
}

#[test]
fn a_let_in_a_condition_stays_where_it_is() {
    check("{ if a «<» b && let Some(c) = d {} }", "==", "a < b", "a == b");
}

#[test]
fn an_arm_is_taken_with_its_match() {
    let whole = "match a { 0 => 1, _ => 2 }";
    check("{ match a { «0 => 1,» _ => 2 } }", "", whole, "match a { _ => 2 }");
    check("{ match a { b if «b == c» => 1, _ => 2 } }", "true", "b == c", "true");
}

#[test]
fn the_originals_pattern_is_the_rest() {
    assert_eq!(all_but([2, 3, 7].into_iter()), "0usize..=1usize | 4usize..=6usize | 8usize..");
    assert_eq!(all_but([1].into_iter()), "0usize..=0usize | 2usize..");
}

#[test]
fn switches_in_switches() {
    let text = "{ match a { 0 => b + c, _ => 2 } }";
    let block: syn::Block = syn::parse_str(text).unwrap();
    let roots = Roots::of(&block);
    let arm = text.find("0 =>").unwrap();
    let plus = text.find('+').unwrap();
    let outer = change(text, &roots, &(arm..text.find(" _").unwrap()), "").unwrap();
    let inner = change(text, &roots, &(plus..plus + 1), "-").unwrap();
    let mut edits = Edits::default();
    splice("S", &[(1, MutantId(0), &inner), (2, MutantId(1), &outer)], &mut edits);
    let new = edits.apply(text).text;
    syn::parse_str::<syn::Block>(&new).unwrap();
    assert_eq!(
        new,
        "{ match S.chosen() { 0usize..=1usize | 3usize.. => match a { 0 => (match S.chosen() { 0usize..=0usize | 2usize.. => b + c, \
         1usize => b - c }), _ => 2 }, 2usize => match a { _ => 2 } } }"
    );
}
