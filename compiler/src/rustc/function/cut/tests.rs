//! What counts as frame and what as body.

use super::*;

use crate::source::Source;

fn cut(text: &str) -> Cut {
    let source = Source { path: "/cut/song.rs".into(), text: text.into(), support: Vec::new() };
    Cut::of(&Tree::read(&source).unwrap()).unwrap()
}

fn found(text: &str) -> Vec<String> {
    let cut = cut(text);
    cut.ids().map(|id| format!("{}: {}", cut.piece(id).key.as_str(), cut.body(id).trim())).collect()
}

const SONG: &str = "
/// Doc.
pub(crate) fn gain(x: f32) -> f32 { x * 0.5 }
struct Voice { x: f32 }
impl Voice {
    fn tick(&mut self) -> f32 { self.x += 1.0; self.x }
}
impl Default for Voice { fn default() -> Voice { Voice { x: 1.0 } } }
mod inner { pub fn deep() { loop {} } }
";

#[test]
fn functions_and_methods_of_concrete_types_are_found() {
    let expected = [
        "gain: x * 0.5",
        "<Voice>::tick: self.x += 1.0; self.x",
        "<Voice as Default>::default: Voice { x: 1.0 }",
        "inner::deep: loop {}",
    ];
    assert_eq!(found(SONG), expected);
}

#[test]
fn what_others_may_contain_belongs_to_the_frame() {
    for text in [
        "fn f<T>(x: T) {}",
        "fn f(x: impl Copy) {}",
        "fn f() -> impl Copy {}",
        "const fn f() {}",
        "async fn f() {}",
        "#[inline] fn f() {}",
        "#[inline(always)] fn f() {}",
        "#[track_caller] fn f() {}",
        "#[unsafe(no_mangle)] fn f() {}",
        "fn f() { #![inline(never)] }",
        "fn f() { struct A; impl A { fn g() {} } }",
        "struct A<T>(T); impl<T> A<T> { fn f() {} }",
        "trait A { fn f() {} }",
        "macro_rules! a { () => { fn f() {} } }",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
    assert_eq!(found("#[inline(never)] #[must_use] fn f<'a>(x: &'a u8) -> &'a u8 { x }"), ["f: x"]);
    assert_eq!(found("fn f() { let implicit = 1; }"), ["f: let implicit = 1;"]);
}

#[test]
fn only_bodies_may_differ() {
    let before = cut(SONG);
    for (old, new, same) in [
        ("x * 0.5", "x * 0.75", true),
        ("fn deep() { loop {} }", "fn deep() {\n\n    loop { break } }", true),
        ("struct Voice", "// a comment\nstruct  Voice", true),
        ("struct Voice", "pub struct Voice", false),
        ("(x: f32)", "(y: f32)", false),
        ("Doc.", "Docs.", false),
        ("mod inner", "fn more() {} mod inner", false),
    ] {
        let after = cut(&SONG.replace(old, new));
        assert_eq!(after.has_frame_of(&before), same, "{new}");
    }
}

#[test]
fn blanks_and_comments_change_no_body() {
    let before = cut(SONG);
    let after = cut(&SONG.replace("x * 0.5", "x  *\n // half\n 0.5"));
    assert!(before.ids().all(|id| after.has_body_of(&before, id)));
    let after = cut(&SONG.replace("x * 0.5", "x * 0.50"));
    let changed: Vec<Id> = before.ids().filter(|id| !after.has_body_of(&before, *id)).collect();
    assert_eq!(changed, [Id(0, 0)]);
}
