//! Texts that have no end for who follows them, or that are deeper than a stack: they are refused, and whoever asked
//! lives on. Each was once a compile that did not end, or the end of the process.

use super::{Jit, compile, functions};

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
