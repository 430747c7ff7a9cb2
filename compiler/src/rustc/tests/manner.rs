//! What may be asked of a compile besides, and what of it is always so: less optimising, where loops lie, line tables,
//! checks.

use object::{Object, ObjectSection, ObjectSymbol};

use super::{Files, SONG, compile, with_prelude};
use crate::rustc::Rustc;
use crate::{Cancel, Compiler, function_path};

#[test]
fn less_optimised_code_has_the_same_interface() {
    let files = with_prelude(SONG);
    let source = files.source("songs/song.rs");
    let fast = Rustc::find().unwrap().with_opt_level(0);
    let quick = fast.compile(&source, &Cancel::default()).unwrap();
    let full = compile(&source).unwrap();
    assert_eq!(quick.interface.types, full.interface.types);
    assert_ne!(quick.object, full.object);
}

#[test]
fn loops_begin_at_cache_lines() {
    let text = "pub fn around(n: u64) -> u64 { (0..n).fold(0, |sum, x| std::hint::black_box(sum) ^ x) }\n\
                pub fn straight(n: u64) -> u64 { n ^ 1 }\n";
    let files = Files::new(&[("live.rs", text)]);
    let compiled = compile(&files.source("live.rs")).unwrap();
    let object = object::File::parse(&*compiled.object).unwrap();
    let aligned = |name: &str| {
        let is_it = |symbol: &object::Symbol<'_, '_>| function_path(symbol.name().unwrap()) == name;
        let section = object.symbols().find(is_it).unwrap().section_index().unwrap();
        object.section_by_index(section).unwrap().align()
    };
    assert_eq!([aligned("around"), aligned("straight")], [64, 16]);
}

#[test]
fn line_tables_are_written_when_asked_for_and_change_nothing_else() {
    let files = with_prelude(SONG);
    let source = files.source("songs/song.rs");
    let compiler = Rustc::find().unwrap().with_lines();
    let with_lines = compiler.compile(&source, &Cancel::default()).unwrap();
    let without = compile(&source).unwrap();
    let has_lines = |object: &[u8]| object.windows(11).any(|name| name == b".debug_line");
    assert!(has_lines(&with_lines.object) && !has_lines(&without.object));
    assert_eq!(with_lines.interface.types, without.interface.types);
}

#[test]
fn overflow_is_checked_when_asked_for() {
    let files = with_prelude("pub fn up(x: u8) -> u8 { x + 1 }\n");
    let source = files.source("songs/song.rs");
    let compiled = |rustc: Rustc| rustc.compile(&source, &Cancel::default()).unwrap().object;
    let panics = |object: &[u8]| object.windows(22).any(|name| name == b"panic_const_add_overfl");
    let rustc = Rustc::find().unwrap();
    assert!(!panics(&compiled(rustc.clone())) && panics(&compiled(rustc.with_checks())));
}
