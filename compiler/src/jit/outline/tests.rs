//! Which edits are edits of bodies alone.

use std::path::PathBuf;

use super::Outline;
use crate::source::Source;
use crate::tree::Tree;

const SONG: &str = "\
macro_rules! twice { ($x:expr) => { $x * 2 }; }
macro_rules! voice { ($name:ident) => { struct $name; }; }
pub struct Voice { level: f32 }
impl<T> Level<T> for Voice {
    const BASE: f32 = 0.5;
    fn tick(&mut self) -> f32 { self.level = half(self.level); Self::BASE }
}
trait Named { fn name(&self) -> u32 { 1 } }
const fn size() -> usize { 4 }
fn list() -> impl Iterator<Item = u8> { [1].into_iter() }
mod inner { pub fn half(x: f32) -> f32 { x * 0.5 } }
";

fn outline(text: &str) -> Option<Outline> {
    let path = PathBuf::from("/songs/song.rs");
    let source = Source { path, text: text.into(), support: Vec::new() };
    Outline::of(&Tree::read(&source).unwrap())
}

/// Whether putting `new` in the place of `old` is an edit of bodies alone.
fn is_inside(old: &str, new: &str) -> bool {
    assert_eq!(SONG.matches(old).count(), 1, "{old}");
    let edited = SONG.replace(old, new);
    let (before, after) = (outline(SONG).unwrap(), outline(&edited).unwrap());
    let is_inside = before.differs_in_bodies_from(&after);
    assert_eq!(after.differs_in_bodies_from(&before), is_inside, "the way back: {old}, {new}");
    is_inside
}

#[test]
fn bodies_are_inside() {
    assert!(is_inside("x * 0.5", "x * 0.25"));
    assert!(is_inside("x * 0.5", "let y = x;\n// A comment: struct\n y * 0.25"));
    assert!(is_inside("self.level = half", "self.level = 1.0 + half"));
    assert!(is_inside("{ 1 }", "{ assert!(true); std::assert_eq!(1, 1, \"struct\"); twice!(3) }"));
    assert!(is_inside("{ 1 }", "{ (0..3).map(|x| x * 2).sum() }"));
    assert!(is_inside("\nmod inner", "\n\n// Comments and lines mean nothing.\nmod inner"));
}

#[test]
fn everything_else_is_outside() {
    assert!(!is_inside("x: f32", "x: f64"));
    assert!(!is_inside("level: f32", "level: f64"));
    assert!(!is_inside("f32 = 0.5", "f32 = 0.25"));
    assert!(!is_inside("$x * 2", "$x * 3"));
    assert!(!is_inside("\nmod inner", "\n/// Documentation.\nmod inner"));
    assert!(!is_inside("mod inner { pub fn half(x: f32) -> f32 { x * 0.5 } }", ""));
}

#[test]
fn bodies_that_others_see_are_outside() {
    assert!(!is_inside("{ 4 }", "{ 5 }"), "a length may be computed with it");
    assert!(
        !is_inside("{ [1].into_iter() }", "{ [1, 2].into_iter() }"),
        "its type is that of the body"
    );
    assert!(!is_inside("{ 1 }", "{ impl Other for Voice {} 1 }"));
    assert!(!is_inside("{ 1 }", "{ fn own() {} 1 }"));
    assert!(!is_inside("{ 1 }", "{ voice!(Kick); 1 }"));
    assert!(!is_inside("{ 1 }", "{ unheard_of!(1) }"), "nobody knows what it makes");
    assert!(!is_inside("{ 1 }", "{ twice!(unheard_of!(1)) }"));
}

#[test]
fn texts_that_bring_in_others_have_no_outline() {
    assert!(outline("fn a() -> &'static str { include_str!(\"other\") }").is_none());
    assert!(outline("fn a( {}").is_none());
}

#[test]
fn bodies_that_others_can_do_without_are_blanks() {
    let text = "\
macro_rules! of_items { () => { struct Made; }; }
const LENGTH: usize = named();
fn named() -> usize { 1 }
fn plain() {
    let x = 1;
    assert!(x == 1);
}
fn defines() { struct Own; }
fn calls() { of_items!(); }
fn wide() -> char { 'é' }
impl S { fn own(&self) { plain() } }
";
    let blank = |text: &str| {
        let outline = outline(text).unwrap();
        outline.with_blanks(0, |body| outline.can_be_blank(0, body))
    };
    let mut expected = text.to_owned();
    for gone in ["    let x = 1;", "    assert!(x == 1);", "{ plain() }"] {
        let inside = gone.trim_matches(['{', '}']);
        let blank = gone.replace(inside, &" ".repeat(inside.len()));
        expected = expected.replace(gone, &blank);
    }
    assert_eq!(blank(text), expected);
    // What a macro defines has a number that may depend on other calls.
    for item in ["of_items!();", "impl S { of_items!(); }", "trait T { of_items!(); }"] {
        let text = format!("{text}{item}\n");
        assert_eq!(blank(&text), text);
    }
}
