//! Spaces, where cargo-mutants has them.

use super::{one_line, pretty};

#[track_caller]
fn check(expected: &str) {
    let tokens: proc_macro2::TokenStream = expected.parse().expect("it is made of tokens");
    assert_eq!(pretty(&tokens), expected);
}

#[test]
fn types_look_as_people_write_them() {
    check("-> Option<&'static str>");
    check("<impl Iterator for Own<'a, T, N>>::next");
    check("impl Iterator<Item = u8>");
    check("impl Iterator<Item =(u8, [u8; 4])>");
    check("Box<dyn Fn(u8)-> u8>");
    check("std::num::NonZero<u8>");
}

#[test]
fn patterns_and_values_look_as_people_write_them() {
    check("Some(1 | 2)");
    check("\"a\" | \"b\"");
    check("| None");
    check("a || b");
    check("{fn f(a:u8)-> u8{}}");
    check("vec![\"xyzzy\".into()]");
    check("(-1).try_into().unwrap()");
}

#[test]
fn a_piece_of_a_file_becomes_one_line() {
    assert_eq!(one_line("a\n    b c \n\nd  \r\n\t e"), "a b c d  e");
    assert_eq!(one_line("a b"), "a b");
}
