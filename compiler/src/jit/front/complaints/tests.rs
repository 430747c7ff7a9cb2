//! What is wrong is said with rustc's code, at rustc's place.

use ra_ap_hir_def::nameres::crate_def_map;
use ra_ap_hir_expand::db::ExpandDatabase as _;

use super::super::database::Database;
use super::super::functions::Items;
use super::super::places::Places;
use super::complaints;

/// `line:column code message` of everything that is wrong.
fn said(db: &Database) -> Vec<String> {
    let items = Items::of(db, db.live_crate());
    let places = Places::new(db);
    let all = complaints(db, &items).into_iter().map(|it| {
        let span = places.span(it.file, it.range.0);
        let code = it.code.unwrap_or("-");
        let label = if it.label.is_empty() { String::new() } else { format!(" [{}]", it.label) };
        format!("{}:{} {code} {}{label}", span.line, span.column, it.message)
    });
    all.collect()
}

fn check(text: &str, expected: &[&str]) {
    let mut db = Database::new();
    db.apply(vec![("/song.rs".to_owned(), text.to_owned())]);
    assert_eq!(db.attach(said), expected);
}

#[test]
fn nothing_is_wrong_with_what_is_right() {
    check(
        "mod a { pub struct S { pub x: i32 } impl S { pub fn f(&self) -> i32 { self.x } } }\nfn g(s: a::S) -> i32 { struct I(i32); impl I { fn h(self) -> i32 { self.0 } } I(s.f()).h() }",
        &[],
    );
}

#[test]
fn a_lifetime_may_be_left_out() {
    check(
        "use std::fmt;\nstruct S;\nimpl fmt::Display for S { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { let again: &mut fmt::Formatter = f; again.write_str(\"S\") } }",
        &[],
    );
}

#[test]
fn generic_arguments_that_do_not_fit() {
    check(
        "struct S<T>(T);\nfn f(x: S<u8, u16>) {}\nfn g() { let x: Option<S<u8, u16>> = None; }",
        &[
            "2:9 E0107 generic arguments do not fit this path",
            "3:24 E0107 generic arguments do not fit this path",
        ],
    );
}

#[test]
fn a_text_that_does_not_parse() {
    check("fn f() -> i32 { 1 + }", &["1:21 - expected expression"]);
}

#[test]
fn names_that_lead_nowhere() {
    check(
        "use missing::Thing;\nfn f(x: Lost) { let y: a::B; foo(); nothing!(); }\nmod absent;\nstruct S { x: Gone }",
        &[
            "1:1 E0432 unresolved import",
            "2:9 E0425 cannot find type `Lost` in this scope [not found in this scope]",
            "2:24 E0433 cannot find `B` in `a` [not found in this scope]",
            "2:30 E0425 cannot find `foo` in this scope [not found in this scope]",
            "2:37 - cannot find macro `nothing` in this scope",
            "3:1 E0583 file not found for module: absent.rs or absent/mod.rs",
            "4:15 E0425 cannot find type `Gone` in this scope [not found in this scope]",
        ],
    );
}

#[test]
fn types_that_do_not_fit() {
    check(
        "struct S { a: i32, b: i32 }\nfn f(s: S) {\n    let x: i32 = true;\n    f();\n    s.zz; s.go();\n    let y = S { a: 1 };\n}",
        &[
            "3:18 E0308 mismatched types [expected `i32`, found `bool`]",
            "4:5 E0061 this function takes 1 argument but 0 arguments were supplied",
            "5:5 E0609 no field `zz` on type `S` [unknown field]",
            "5:11 E0599 no method named `go` found for type `S` in the current scope [method not found in `S`]",
        ],
    );
}

#[test]
fn cases_that_are_missing_and_operations_that_are_unsafe() {
    check(
        "enum E { A, B }\nfn f(e: E) -> i32 {\n    match e { E::A => 1 }\n}\nunsafe fn u() {}\nfn g() { u(); }\nstruct S { a: i32, b: i32 }\nfn h() { let y = S { a: 1 }; }",
        &[
            "3:11 E0004 non-exhaustive patterns: `B` not covered [not all patterns are covered]",
            "6:10 E0133 this operation is unsafe and requires unsafe function or block [needs `unsafe`]",
            "8:18 E0063 missing field `b`",
        ],
    );
}

/// The library is read by nobody but this front end: what is wrong with it is found here.
#[test]
fn nothing_is_wrong_with_the_library() {
    let db = Database::new();
    let found: Vec<String> = db.attach(|db| {
        let items = Items::of(db, db.core_crate());
        assert!(items.functions.len() > 1000, "{} functions", items.functions.len());
        let places = Places::new(db);
        let all = super::about(db, db.core_crate(), &items);
        let said = all.into_iter().map(|it| {
            let span = places.span(it.file, it.range.0);
            let file = db.file(it.file).map(|(path, _)| path).unwrap_or_default();
            format!("{file}:{}:{} {} [{}]", span.line, span.column, it.message, it.label)
        });
        said.chain(expansions(db)).collect()
    });
    assert!(found.is_empty(), "{} complaints:\n{}", found.len(), found.join("\n"));
}

/// What does not parse of what the library's macros made.
fn expansions(db: &Database) -> Vec<String> {
    let modules = crate_def_map(db, db.core_crate()).modules();
    let calls = modules.flat_map(|(_, module)| module.scope.all_macro_calls());
    let failed = calls.filter_map(|call| db.parse_macro_expansion_error(call));
    failed
        .map(|it| format!("{:?} {:?}", it.err.map(|it| it.render_to_string(db).message), it.value))
        .collect()
}

#[test]
fn macros_that_do_not_expand() {
    check(
        "macro_rules! one { (1) => { 1 } }\nfn f() -> i32 { one!(1) }\nfn g() -> i32 { one!(2) }",
        &["3:17 - unexpected token in input"],
    );
}

#[test]
fn what_the_library_lacks_is_named() {
    let mut db = Database::new();
    let label = "[not in the jit's library]";
    let told =
        |place: &str, name: &str| format!("{place} - `{name}` is not there in the jit {label}");
    for (text, expected) in [
        ("fn f() { std::thread::spawn(|| 1); }", told("1:10", "std::thread")),
        ("fn f(x: &std::time::Instant) {}", told("1:10", "std::time::Instant")),
        ("use std::{mem::{self, swap}, fs};", told("1:30", "std::fs")),
        ("use std::fs::{File, self};", told("1:15", "std::fs")),
        ("use core::mem;\nfn f() { mem::no_such(); }", told("2:10", "mem::no_such")),
        ("thread_local! { static N: u8 = 0 }", told("1:1", "thread_local!")),
        ("fn f() { std::arch::asm!(\"nop\"); }", told("1:10", "std::arch::asm!")),
        (
            "fn f(x: &f32) { x.no_such(); }",
            "1:17 E0599 no method named `no_such` found for type `&f32` in the current scope \
             [method not found in `&f32`, as the jit's library has it]"
                .to_owned(),
        ),
        (
            "fn f() { use std::panic; panic::catch_unwind(|| 1); }",
            told("1:26", "panic::catch_unwind"),
        ),
    ] {
        db.renew();
        db.apply(vec![("/song.rs".to_owned(), text.to_owned())]);
        let found: Vec<String> = db.attach(said);
        assert!(found.contains(&expected), "{text}: {found:?}");
    }
    check("fn f() { tokio::join!(); }", &["1:10 - cannot find macro `tokio::join` in this scope"]);
    check(
        "mod std { pub fn f() {} }\nfn g() { crate::std::f(); std::f(); std::mem::size_of_val; }",
        &[],
    );
}

#[test]
fn numbers_that_are_none() {
    check(
        "fn f() -> f64 { let a = 0X1F; let b = 5foo; let c = 0x8.5; let d = 0b1f32; let e = 1.5u8; 1e3_f64 + 0x1f as f64 + 5f64 }",
        &[
            "1:25 - invalid base prefix for number literal",
            "1:39 - invalid suffix `foo` for number literal",
            "1:53 - hexadecimal float literal is not supported",
            "1:68 - binary float literal is not supported",
            "1:84 - invalid suffix `u8` for number literal",
        ],
    );
    check(
        "fn f() -> u128 { 340282366920938463463374607431768211455 }\nfn g() -> u128 { 340282366920938463463374607431768211456 }",
        &["2:18 - integer literal is too large"],
    );
}
