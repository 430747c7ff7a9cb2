//! What needs no second look has the interface that a second look finds.

use super::*;

const SONG: &str = "\
use inner::named;
macro_rules! makes { () => { struct Made; } }
struct Voice(f32);
impl Voice {
    fn tick(&mut self) -> f32 { gain(self.0) }
}
fn gain(x: f32) -> f32 {
    let level = 0.5;
    x * level
}
pub fn other(x: f32) -> f32 { x }
mod inner {
    pub fn named() { println!(\"{}\", 1); }
}
";

fn source(text: &str) -> Source {
    Source { path: "/quick/song.rs".into(), text: text.into(), support: Vec::new() }
}

fn last() -> Arc<Last> {
    let source = source(SONG);
    let tree = Tree::read(&source).unwrap();
    let interface = Interface::read(&source).unwrap();
    let (object, rest) = (Arc::from([]), None);
    let (warnings, files) = (Vec::new(), Vec::new());
    let compiled =
        Compiled { object, rest, interface, warnings, is_final: true, files, declined: None };
    Arc::new(Last::new(&source, &tree, &Cut::of(&tree).unwrap(), &compiled))
}

#[test]
fn an_edit_within_a_body_is_known_without_a_second_look() {
    for (old, new) in [
        ("0.5;", "0.25;"),
        ("x * level", "x.abs() * other(level)"),
        ("gain(self.0)", "other(self.0) + { 2.0 }"),
        ("{ x }", "{}"),
        ("{ x }", "{ /* } */ x }"),
    ] {
        let text = SONG.replace(old, new);
        let quick = last().edited(&source(&text)).unwrap_or_else(|| panic!("{new}"));
        let (found, read) = (quick.interface(), Interface::read(&source(&text)).unwrap());
        let tree = Tree::read(&source(&text)).unwrap();
        let cut = Cut::of(&tree).unwrap();
        assert_eq!(format!("{:?}", quick.cut), format!("{cut:?}"), "{new}");
        assert_eq!(found.functions, read.functions);
        assert_eq!((&found.states, found.types), (&read.states, read.types));
        for path in ["gain", "other", "Voice::tick"] {
            assert_eq!(found.mentioned_by(path), read.mentioned_by(path), "{path} after {new}");
        }
    }
}

#[test]
fn everything_else_is_read_again() {
    for (old, new) in [
        ("", ""),
        ("x * level", "x *\n level"),
        ("(x: f32) -> f32 { x }", "(y: f32) -> f32 { y }"),
        ("0.5", "{ const HALF: f32 = 0.5; HALF }"),
        ("0.5", "{ makes!(); 0.5 }"),
        ("{ x }", "{ x } }"),
        ("{ x }", "{ x // }"),
        ("{ x }", "{ x \" }"),
        ("{ x }", "{ line!() as f32 + x }"),
        ("println!(\"{}\", 1)", "println!(\"{}\", 2)"),
        ("use inner", "use  inner"),
    ] {
        let text = SONG.replacen(old, new, 1);
        assert!(last().edited(&source(&text)).is_none(), "{new}");
    }
    let elsewhere =
        Source { path: "/quick/other.rs".into(), ..source(&SONG.replace("0.5", "0.25")) };
    assert!(last().edited(&elsewhere).is_none(), "another file");
}
