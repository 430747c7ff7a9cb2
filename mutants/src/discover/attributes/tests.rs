//! Attributes that leave code alone, and those that only look so.

use std::collections::BTreeSet;

use super::{are_left_alone, path_of};
use crate::discover::conditions::Conditions;

fn attributes(text: &str) -> Vec<syn::Attribute> {
    syn::parse_str::<syn::ItemMod>(&format!("{text} mod m;")).expect("it is Rust").attrs
}

#[test]
fn people_and_tests_are_left_alone() {
    let left = [
        "#[mutants::skip]",
        "#[cfg_attr(test, mutants::skip)]",
        "#[cfg_attr(feature = \"x\", inline, mutants::skip)]",
        "#[test]",
        "#[tokio::test(flavor = \"current_thread\")]",
        "#[cfg(test)]",
        "#[inline] #[cfg(test)]",
    ];
    for text in left {
        assert!(are_left_alone(&attributes(text)), "{text}");
    }
    let changed = [
        "",
        "#[skip]",
        "#[mutants::skipped]",
        "#[cfg(feature = \"test\")]",
        "#[cfg(not(test))]",
        "#[cfg_attr(test, allow(unused))]",
        "#[test_case(1)]",
        "#[doc = \"mutants::skip\"]",
        "#[cfg]",
        "#[cfg_attr(1, 2)]",
    ];
    for text in changed {
        assert!(!are_left_alone(&attributes(text)), "{text}");
    }
}

#[test]
fn a_path_is_found_where_it_holds() {
    let path = |text: &str| path_of(&attributes(text), &Conditions::default());
    assert_eq!(path("#[path = \"a.rs\"]").as_deref(), Some("a.rs"));
    assert_eq!(path("#[path = 1]"), None);
    assert_eq!(path("#[cfg_attr(unix, path = \"a.rs\")]"), None, "nobody knows whether it holds");
    let known = Conditions::for_tests(&["unix"], BTreeSet::new());
    let text = "#[cfg_attr(windows, path = \"b.rs\")] #[cfg_attr(unix, path = \"a.rs\")]";
    assert_eq!(path_of(&attributes(text), &known).as_deref(), Some("a.rs"));
}
