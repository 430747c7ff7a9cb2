//! Texts that have no end for who follows them, or that are deeper than a stack: they are refused, and whoever asked
//! lives on. Each was once a compile that did not end, or the end of the process.

use std::path::PathBuf;
use std::thread;

use super::super::front::effort::{Effort, STRIDE};
use super::{Jit, compile, functions};
use crate::{Cancel, Compiler, ErrorKind, Source};

/// What each text is refused for, by one compiler.
fn are_refused(texts: &[(&str, &str)]) {
    let jit = Jit::new();
    for (text, expected) in texts {
        let error = compile(&jit, text).map(|compiled| functions(&compiled)).expect_err(text);
        let said = error.to_string();
        assert!(said.contains(expected), "{text}\n{said}\ninstead of\n{expected}");
    }
}

#[test]
fn functions_of_ever_larger_types() {
    are_refused(&[
        (
            "fn f<T>(n: u32, t: T) { if n > 0 { f(n - 1, (t,)) } }\npub fn run(n: u32) { f(n, 1_u8) }",
            "song.rs:1:4: reached the recursion limit while instantiating `f`",
        ),
        (
            "fn f<T: Copy>(n: u32, t: T) { if n > 0 { f(n - 1, (t, t)) } }\npub fn run(n: u32) { f(n, 1_u8) }",
            "song.rs:1:4: reached the type-length limit while instantiating `f`",
        ),
        (
            "fn f<T: Copy>(n: u32, t: T) { if n > 0 { f(n - 1, (t,)); f(n - 1, [t]) } }\npub fn run(n: u32) { f(n, 1_u8) }",
            "song.rs:1:4: reached the recursion limit while instantiating `f`",
        ),
        (
            "fn f<F: Fn() -> u32>(n: u32, g: F) -> u32 { if n == 0 { g() } else { f(n - 1, || g() + 1) } }\npub fn run(n: u32) -> u32 { f(n, || 0) }",
            "while instantiating `f`",
        ),
        (
            "pub struct List<T> { value: T, next: Option<Box<List<(T, T)>>> }\npub fn run(n: u32) -> u32 { List { value: n, next: None }.value }",
            "song.rs:2:27: reached the type-length limit while instantiating what drops a value",
        ),
    ]);
}

/// `#![recursion_limit]` is the limit, and what stays below it is Rust like any other.
#[test]
fn types_that_come_to_an_end() {
    let text = "trait Step { fn go() -> u32; }\nstruct Last;\nstruct More<T>(T);\nimpl Step for Last { fn go() -> u32 { 0 } }\nimpl<T: Step> Step for More<T> { fn go() -> u32 { T::go() + 1 } }\n";
    let run = |depth| {
        let (open, close) = ("More<".repeat(depth), ">".repeat(depth));
        format!("{text}pub fn run() -> u32 {{ <{open}Last{close} as Step>::go() }}\n")
    };
    let jit = Jit::new();
    assert!(compile(&jit, &run(20)).is_ok());
    let error = compile(&jit, &format!("#![recursion_limit = \"10\"]\n{}", run(20)));
    let error = error.map(|compiled| functions(&compiled)).expect_err("it is beyond the limit");
    let said = error.to_string();
    assert!(
        said.contains("song.rs:6:37: reached the recursion limit while instantiating `go`"),
        "{said}"
    );
}

#[test]
fn types_that_contain_themselves() {
    are_refused(&[
        ("pub struct A(u8, A);", "song.rs:1:12: recursive type `A` has infinite size"),
        (
            "pub struct A { b: B }\npub struct B { a: A }\npub fn run(a: &A) -> usize { size_of_val(a) }",
            "song.rs:1:12: recursive types `A` and `B` have infinite size",
        ),
        (
            "pub enum A { One, Two((u8, [Option<A>; 2])) }",
            "song.rs:1:10: recursive type `A` has infinite size",
        ),
        (
            "pub struct A<T>(B<(T, T)>);\npub struct B<T>([C<T>; 0]);\npub union C<T> { one: u8, two: std::mem::ManuallyDrop<A<T>> }",
            "song.rs:1:12: recursive types `A`, `B` and `C` have infinite size",
        ),
    ]);
    let fine = "pub struct A(Option<Box<A>>, Vec<A>, std::marker::PhantomData<A>, [*const A; 2], fn(A) -> A);\npub fn run(a: &A) -> usize { size_of_val(a) }";
    assert!(compile(&Jit::new(), fine).is_ok());
}

#[test]
fn texts_that_are_deeper_than_a_stack() {
    let many = |one: &str| one.repeat(100_000);
    let function = |inside: &str| format!("pub fn run(n: u64) -> u64 {{\n{inside}\n}}");
    for (text, expected) in [
        (function(&format!("n{}", " + 1".repeat(5_000))), "line 2: more than 5000 tokens"),
        (function(&format!("n{}", many(".min(1)"))), "line 2: more than 5000 tokens"),
        (function(&format!("{} n", many("!"))), "line 2: more than 5000 tokens"),
        (function(&format!("{} 1 }}", many("if n == 1 { 2 } else { "))), "deeper than 500"),
        (function(&many("(")), "line 2: brackets nest deeper than 500"),
        (format!("type A = {}u8{};", many("("), many(",)")), "line 1: brackets nest deeper"),
        (format!("use {}std{};", many("{"), many("}")), "line 1: brackets nest deeper than 500"),
    ] {
        are_refused(&[(&text, expected)]);
    }
}

#[test]
fn macros_that_expand_to_themselves() {
    let count = "macro_rules! count { () => { 0 }; ($a:tt $($t:tt)*) => { 1 + count!($($t)*) } }\n";
    let run = |many| format!("{count}pub fn run() -> u32 {{ count!({}) }}", "x ".repeat(many));
    are_refused(&[
        (
            "macro_rules! m { () => { m!() } }\npub fn run(n: u64) -> u64 { m!() }",
            "song.rs:2:29: recursion limit reached while expanding `m!`",
        ),
        (
            "macro_rules! m { ($($t:tt)*) => { m!($($t)* a); } }\nm!();\npub fn run(n: u64) -> u64 { n }",
            "song.rs:2:1: recursion limit reached while expanding `m!`",
        ),
        (&run(200), "song.rs:2:23: recursion limit reached while expanding `count!`"),
    ]);
    assert!(compile(&Jit::new(), &run(120)).is_ok());
}

/// Where little of an edited text is read, its depth is still what is looked at first.
#[test]
fn edits_that_are_deeper_than_a_stack() {
    let jit = Jit::new();
    assert!(compile(&jit, "pub fn run() -> u32 { 1 }").is_ok());
    let text = |deep: usize| {
        format!("pub fn run() -> u32 {{ {}1{} }}", "(".repeat(deep), ")".repeat(deep))
    };
    let error = compile(&jit, &text(200_000)).map(|compiled| functions(&compiled));
    let said = error.expect_err("it is too deep").to_string();
    assert!(said.contains("brackets nest deeper than 500"), "{said}");
    assert!(compile(&jit, &text(20)).is_ok());
}

/// A compiler that has compiled something, and what counts the questions that it asks.
fn counted() -> (Jit, Effort) {
    let jit = Jit::new();
    compile(&jit, "pub fn f() {}").expect("it compiles");
    let known = jit.known.lock().expect("nobody panicked");
    let effort = known.as_ref().expect("it stays").effort().clone();
    drop(known);
    (jit, effort)
}

/// What is said of a text of which each part may ask so many questions, by a compiler that compiles the next one.
fn beyond(questions: u64, text: &str) -> String {
    let (jit, effort) = counted();
    effort.limit(questions);
    let error = compile(&jit, text).map(|compiled| functions(&compiled)).expect_err(text);
    assert!(matches!(error.kind(), ErrorKind::Unsupported(_)), "{error:?}");
    assert!(compile(&jit, "pub fn run() -> u32 { 1 }").is_ok(), "{text}");
    error.to_string()
}

/// Each of forty macros expands to two calls of the one before.
fn doubling_macros(call: &str) -> String {
    let one = |number: usize| {
        let call = format!("m{}!()", number - 1);
        format!("macro_rules! m{number} {{ () => {{ {call} + {call} }} }}\n")
    };
    let all: String = (1..=40).map(one).collect();
    format!("macro_rules! m0 {{ () => {{ 1 }} }}\n{all}{call}")
}

#[test]
fn macros_that_expand_to_two_of_themselves() {
    let said = beyond(50_000, &doubling_macros("pub fn run() -> u64 { m40!() }"));
    assert!(said.contains("song.rs: this text asks for more than"), "{said}");
    let both = "macro_rules! m { ($($t:tt)*) => { m!($($t)* a); m!($($t)* b); } }\n";
    let said = beyond(5_000, &format!("{both}m!();\npub fn run() {{}}"));
    assert!(said.contains("song.rs: this text asks for more than"), "{said}");
}

/// Finding the items takes about a hundred questions, and what `run` needs of the library a hundred thousand.
#[test]
fn a_body_that_asks_for_too_much_is_named() {
    let text = "pub fn fine() {}\npub fn run(x: &[u32]) -> u32 { x.iter().map(|x| x + 1).sum() }";
    let said = beyond(2_000, text);
    assert!(said.contains("song.rs:2:8: `run` asks for more than"), "{said}");
}

#[test]
fn types_that_double() {
    let nest = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(40), close.repeat(40))
    };
    let lets: String = (1..=40).map(|_| " let v = (v, v);\n").collect();
    let aliases = (1..=40).map(|it| format!("type A{it} = (A{}, A{});\n", it - 1, it - 1));
    let aliases: String = aliases.collect();
    let size = "-> usize { size_of_val(x) }";
    let texts = [
        format!("pub fn run(v: u8) -> usize {{\n{lets} size_of_val(&v) }}"),
        format!("type A0 = u8;\n{aliases}pub fn run(x: &A40) {size}"),
        format!("type D<T> = (T, T);\npub fn run(x: &{}) {size}", nest("D<", "u8", ">")),
        format!(
            "trait D {{ type O; }}\nimpl<T> D for T {{ type O = (T, T); }}\npub fn run(x: &{}) {size}",
            nest("<", "u8", " as D>::O"),
        ),
        "struct S<T>(std::marker::PhantomData<T>);\ntrait T { const N: u32; }\nimpl<X> T for S<X> { const N: u32 = <S<(X, X)> as T>::N + 1; }\npub fn run() -> u32 { <S<u8> as T>::N }".to_owned(),
        format!(
            "trait G {{ type O<T>; fn g<T>(t: T) -> Self::O<T>; }}\nstruct Z;\nimpl G for Z {{ type O<T> = (T, T); fn g<T>(t: T) -> (T, T) {{ loop {{}} }} }}\npub fn run() {{ let _x = {}; }}",
            nest("Z::g(", "1_u8", ")"),
        ),
    ];
    let expected = "reached the type-length limit while instantiating `run`";
    let all: Vec<_> = texts.iter().map(|text| (text.as_str(), expected)).collect();
    are_refused(&all);
}

/// Somebody who edits on does not wait for what a text without an end asks.
#[test]
fn a_compile_ends_in_the_midst_of_its_questions() {
    let (jit, effort) = counted();
    let (before, cancel) = (effort.asked(), Cancel::default());
    let text = doubling_macros("pub fn run() -> u64 { m40!() }");
    let path = PathBuf::from("/songs/song.rs");
    let source = Source { path, text: text.into(), support: Vec::new() };
    let result = thread::scope(|scope| {
        let compiling = scope.spawn(|| jit.compile(&source, &cancel));
        while effort.asked() < before + 50_000 && !compiling.is_finished() {
            thread::yield_now();
        }
        cancel.cancel();
        compiling.join().expect("it gives an answer")
    });
    let error = result.expect_err("it was cancelled");
    assert!(matches!(error.kind(), ErrorKind::Cancelled), "{error:?}");
    assert!(compile(&jit, "pub fn f() -> u32 { 2 }").is_ok());
}

/// Between the steps of such a compile it is asked whether it was cancelled, and what is known stays.
#[test]
fn an_ordinary_edit_asks_little() {
    let (jit, effort) = counted();
    compile(&jit, "pub fn f(x: u32) -> u32 { x + 1 }").expect("it compiles");
    for text in ["pub fn f(x: u32) -> u32 { x + 2 }", "pub fn f(x: u32) -> u32 { x - 2 * x }"] {
        compile(&jit, text).expect("it compiles");
        assert!(effort.asked() < STRIDE, "{}", effort.asked());
    }
}
