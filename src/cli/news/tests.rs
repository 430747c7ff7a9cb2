//! What a save changed, in one line of bounded length.

use super::*;

fn names(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("f{n}")).collect()
}

#[test]
fn only_what_happened_is_said() {
    let (none, two, one) = (names(0), names(2), names(1));
    assert_eq!(changes(&[("changed", &two), ("added", &none)]), "changed f1, f2");
    assert_eq!(changes(&[("changed", &two), ("added", &one)]), "changed f1, f2; added f1");
    assert_eq!(changes(&[("changed", &none)]), "no function changed");
}

#[test]
fn many_names_are_counted() {
    assert_eq!(some_of(&names(6)), "f1, f2, f3, f4, f5, f6");
    assert_eq!(some_of(&names(8)), "f1, f2, f3, f4, f5, f6 and 2 more");
}

#[test]
fn a_lost_device_matters_even_to_the_quiet() {
    let news = of_notice(&Notice::Lost("speaker: unplugged".to_owned()));
    assert!(news.matters && news.text.contains("speaker: unplugged"));
}
