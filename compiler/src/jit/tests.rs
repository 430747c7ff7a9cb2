//! Texts go in, objects come out.

mod edits;
mod endless;
mod numbers;
mod objects;
mod quick;
mod session;
mod slices;

use std::path::PathBuf;

use object::{Object, ObjectSymbol};

use super::Jit;
use crate::{Cancel, Compiled, Compiler, Error, ErrorKind, Source};

fn compile(jit: &Jit, text: &str) -> Result<Compiled, Error> {
    let source =
        Source { path: PathBuf::from("/songs/song.rs"), text: text.into(), support: Vec::new() };
    jit.compile(&source, &Cancel::default())
}

/// The paths of the functions that are defined, sorted.
fn functions(compiled: &Compiled) -> Vec<String> {
    let file = object::File::parse(&*compiled.object).expect("it is an object");
    let symbols = file.symbols().filter(|symbol| symbol.is_global() && symbol.is_definition());
    let mut names: Vec<String> =
        symbols.filter_map(|symbol| symbol.name().ok().map(crate::function_path)).collect();
    names.sort();
    names
}

#[test]
fn functions_and_their_shims_are_in_the_object() {
    let jit = Jit::new();
    let text = "pub fn twice(x: i32) -> i32 { x * 2 }\nfn inner(x: u8) -> u8 { x & 3 }\npub fn both(x: u8) -> u8 { inner(x) }";
    let compiled = compile(&jit, text).expect("it compiles");
    // Once itself, once its shim.
    assert_eq!(functions(&compiled), ["both", "both", "inner", "inner", "twice", "twice"]);
    assert_eq!(compiled.interface.functions.len(), 3);
    for function in compiled.interface.functions.iter() {
        assert!(function.shim.is_some(), "{function:?}");
    }
}

/// What a text is refused for: of the kind, and as people see it.
fn refusal(text: &str) -> Error {
    compile(&Jit::new(), text).map(|compiled| functions(&compiled)).expect_err("it is refused")
}

#[test]
fn what_is_wrong_is_said_in_the_form_of_rustc() {
    let error = refusal("pub fn gain(x: f32) -> f32 {\n\tx\n}\npub fn off() -> i32 {\n\ttrue\n}\n");
    let [told] = error.diagnostics() else { panic!("{error:?}") };
    assert_eq!((told.line, told.column, told.code.as_deref()), (5, 2, Some("E0308")));
    let expected = "error[E0308]: mismatched types\n --> /songs/song.rs:5:2\n  |\n5 |     true\n  |     ^^^^ expected `i32`, found `bool`\n\n";
    assert_eq!(told.rendered, expected);
    assert!(told.rendered_color.contains("\u{1b}[91m"), "{told:?}");
}

#[test]
fn a_byte_order_mark_is_not_part_of_the_text() {
    let marked = |text: &str| format!("\u{feff}{text}");
    let text =
        |step: &str| format!("pub fn gain(x: f32) -> f32 {{ x * {step} }}\npub fn off() {{}}\n");
    let [first, edited] = [text("0.5"), text("0.25")];
    let (jit, other) = (Jit::new(), Jit::new());
    for text in [&first, &edited] {
        let compiled = compile(&jit, &marked(text)).expect("it compiles");
        let bare = compile(&other, text).expect("it compiles");
        assert_eq!((&compiled.object, &compiled.rest), (&bare.object, &bare.rest));
    }
    assert_eq!(quick::quick_edits(&jit), Some(1), "one body differs");
    assert_eq!(quick::quick_edits(&other), Some(1), "one body differs");
    let error = refusal(&marked("pub fn gain(x: f32) -> f32 { true }"));
    let [told] = error.diagnostics() else { panic!("{error:?}") };
    assert_eq!((told.line, told.column), (1, 30));
    assert!(told.rendered.contains("\n1 | pub fn gain"), "{told:?}");
}

#[test]
fn a_text_that_does_not_parse_is_rejected_at_its_place() {
    let error = refusal("pub fn gain(x: f32) -> f32 { x * }");
    let [told] = error.diagnostics() else { panic!("{error:?}") };
    assert_eq!((told.line, told.column), (1, 34));
    // Brackets that do not match: nothing can be put below such a text.
    let error = refusal("pub fn gain(x: f32) -> f32 { (x }\n");
    assert!(matches!(error.kind(), ErrorKind::Rejected(all) if !all.is_empty()), "{error:?}");
}

#[test]
fn what_is_not_supported_is_named_with_its_place() {
    let error = refusal("pub fn fine() {}\npub async fn later() -> i32 {\n    1\n}\n");
    let ErrorKind::Unsupported(text) = error.kind() else { panic!("{error:?}") };
    assert!(text.starts_with("/songs/song.rs:2:"), "{text}");
    assert!(text.contains("not supported by the jit yet: "), "{text}");
    let [told] = error.diagnostics() else { panic!("{error:?}") };
    let what = text.split_once(": not").map_or("", |(_, what)| what);
    let excerpt = "2 | pub async fn later() -> i32 {\n  | ";
    assert!(told.rendered.starts_with(&format!("error: not{what}\n --> /songs/song.rs:2:")));
    assert!(told.rendered.contains(excerpt), "{}", told.rendered);
}

#[test]
fn an_edit_is_compiled_as_if_it_were_the_first_text() {
    let jit = Jit::new();
    let texts = [
        "pub fn gain(x: i32) -> i32 { x + 1 }",
        "pub fn gain(x: i32) -> i32 { x + 2 }\nmod m { pub fn more(x: u8) -> u8 { x } }",
        "pub fn gain(x: i32) -> i32 { oops }",
        "pub fn other(x: i64) -> i64 { x / 3 }",
    ];
    for text in texts {
        let (again, fresh) = (compile(&jit, text), compile(&Jit::new(), text));
        match (again, fresh) {
            (Ok(again), Ok(fresh)) => assert!(again.object == fresh.object, "{text}"),
            (Err(again), Err(fresh)) => assert_eq!(again.to_string(), fresh.to_string()),
            (again, fresh) => panic!("{text}: {again:?} and {fresh:?}"),
        }
    }
}

#[test]
fn a_compile_that_was_cancelled_gives_nothing() {
    let source =
        Source { path: PathBuf::from("/songs/song.rs"), text: "".into(), support: Vec::new() };
    let cancel = Cancel::default();
    cancel.cancel();
    let error = Jit::new().compile(&source, &cancel).expect_err("it was cancelled");
    assert!(matches!(error.kind(), ErrorKind::Cancelled), "{error:?}");
}

#[test]
fn statics_are_global_and_initialised() {
    let text = "static TABLE: [u32; 3] = [7, 8, 9];\npub fn table() -> *const [u32; 3] { &raw const TABLE }";
    let compiled = compile(&Jit::new(), text).expect("it compiles");
    let file = object::File::parse(&*compiled.object).expect("it is an object");
    let table = file
        .symbols()
        .find(|symbol| symbol.name().is_ok_and(|name| crate::function_path(name) == "TABLE"))
        .expect("there is the static");
    assert!(table.is_global());
    let section = table.section_index().expect("it is defined");
    let section = file.section_by_index(section).expect("it exists");
    let data = object::ObjectSection::data(&section).expect("it has contents");
    let at = table.address() as usize;
    assert_eq!(data[at..at + 12], [7, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0, 0]);
}

#[test]
fn what_the_library_cannot_do_is_refused_at_who_wants_it() {
    let error = refusal("pub fn length() -> usize {\n    std::any::type_name::<u8>().len()\n}\n");
    let ErrorKind::Unsupported(text) = error.kind() else { panic!("{error:?}") };
    assert!(text.starts_with("/songs/song.rs:") && !text.contains(":0:0"), "{text}");
}

#[test]
fn names_that_the_library_lacks_are_told_with_their_place() {
    let error = refusal("pub fn fine() {}\npub fn run() {\n    std::thread::yield_now()\n}\n");
    let ErrorKind::Unsupported(text) = error.kind() else { panic!("{error:?}") };
    assert_eq!(text, "/songs/song.rs:3:5: `std::thread` is not there in the jit");
    let [told] = error.diagnostics() else { panic!("{error:?}") };
    assert!(told.rendered.contains("3 |     std::thread::yield_now()\n  |     ^^^^"), "{told}");
}

#[test]
fn a_clone_with_other_checks_compiles_every_function_with_them() {
    let text = |n: u32| format!("pub fn f() -> u32 {{ {n} }}\npub fn g(x: u32) -> u32 {{ x + 1 }}");
    let wraps = Jit::new();
    compile(&wraps, &text(1)).expect("it compiles");
    let checks = wraps.clone().with_checks(true);
    let compiled = compile(&checks, &text(2)).expect("it compiles");
    let fresh = compile(&Jit::new().with_checks(true), &text(2)).expect("it compiles");
    assert_eq!(compiled.object, fresh.object);
}
