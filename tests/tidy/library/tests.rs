//! The rule catches what it is for.

use super::*;

const LIBRARY: &str = "pub trait Shown {\n    fn shown(&self);\n}\nimpl T {\n    pub const fn called(self) {}\n    fn own(self) {}\n    pub unsafe fn forgotten<T>(self) {}\n    // pub fn comment()\n}\n";

#[test]
fn a_function_that_no_program_calls_is_found() {
    let found = called(&[("a.rs", LIBRARY)], &["x.called(); y.shown()"]);
    let here: Vec<usize> = found.iter().filter(|it| it.path == "a.rs").map(|it| it.line).collect();
    assert_eq!(here, [7]);
    let none = called(&[("a.rs", LIBRARY)], &["x.called_twice()"]);
    assert_eq!(none.iter().filter(|it| it.path == "a.rs").count(), 3);
}

#[test]
fn a_hook_that_is_gone_is_found() {
    let found = called(&[("a.rs", "pub fn must_use() {}\n")], &[]);
    assert!(!found.iter().any(|it| it.message.contains("`must_use`")));
    assert!(found.iter().any(|it| it.message.contains("`panic_fmt`")));
}
