//! What is read in texts.

use super::super::site::sites;
use super::*;

#[test]
fn a_call_is_told_from_a_field() {
    let names = called("{ Self { len: 0, é: f (1), g: A::new::<u8>(h), } }");
    let names: Vec<_> = names.iter().filter(|name| !name.is_empty()).map(String::as_str).collect();
    assert_eq!(names, ["f", "new"]);
}

#[test]
fn what_is_made_by_the_standard_library_is_no_call_of_a_function_with_the_same_name() {
    let text = "impl<T> Own<T> { const fn new() -> Self { Own } } const fn default() -> u8 { 0 }";
    let sites = sites(text).unwrap();
    let of = |text: &str| -> Vec<bool> {
        sites.iter().map(|site| is_called(site, &calls(text))).collect()
    };
    assert_eq!(of("Some(String::new())"), [false, false]);
    assert_eq!(of("Some(Own::new())"), [true, false]);
    assert_eq!(of("Other::new()"), [true, false], "it may be another name of the type");
    assert_eq!(of("Default::default()"), [false, false]);
    assert_eq!(of("default ()"), [false, true]);
}
