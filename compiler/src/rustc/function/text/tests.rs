//! Lines stay where they are, and every offset leads back.

use super::*;

use crate::rustc::function::cut::Cut;
use crate::source::Source;
use crate::tree::Tree;

const SONG: &str = "\
use std::ops::Add;
/// Half.
pub fn half(x: f32) -> f32 {
    x * 0.5
}
fn gone() {
    half(1.0);
}
struct Voice(f32);
impl Voice {
    fn tick(&mut self) -> f32 { half(self.0) }
    fn tock(&mut self) {
        loop {}
    }
}
impl Add for Voice {
    type Output = Voice;
    fn add(self, other: Voice) -> Voice {
        Voice(self.0 + other.0)
    }
}
";

fn cut() -> FileCut {
    let source = Source { path: "/text/song.rs".into(), text: SONG.into(), support: Vec::new() };
    Cut::of(&Tree::read(&source).unwrap()).unwrap().files.remove(0)
}

fn check(cut: &FileCut, derived: &Derived, token: &str) {
    let at = derived.text.find(token).unwrap();
    assert_eq!(derived.original(at), cut.text.find(token), "{token}");
}

#[test]
fn a_unit_has_the_lines_of_the_text() {
    let cut = cut();
    let compiled = HashSet::from([Id(0, 2)]);
    let plan = Plan {
        compiled: &compiled,
        kept: &HashSet::new(),
        words: &|name| name == "half",
        declarations: &HashMap::from([(Id(0, 0), "DECLARED".to_owned())]),
    };
    let derived = unit(&cut, 0, &plan);
    let expected = "\
use std::ops::Add;
DECLARED


 
         
              
 
struct Voice(f32);
impl Voice {
    fn tick(&mut self) -> f32 {#![inline(never)] half(self.0) }
";
    let blank = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.trim_end().to_owned()).collect()
    };
    let lines = blank(&derived.text);
    assert_eq!(lines[..11], blank(expected)[..]);
    assert_eq!(lines.len(), SONG.lines().count());
    assert!(!derived.text.contains("tock"), "nobody names it");
    assert!(lines[17].contains("fn add"), "a trait's method is there: {}", derived.text);
    assert!(!derived.text.contains("other.0"));
    for token in ["use std", "struct", "half(self.0)", "impl Add", "fn add"] {
        check(&cut, &derived, token);
    }
    assert_eq!(derived.original(derived.text.find("DECLARED").unwrap()), None);
}

#[test]
fn the_opaque_whole_has_every_function() {
    let cut = cut();
    let derived = opaque(&cut);
    assert_eq!(derived.text.matches(OPAQUE).count(), cut.functions.len());
    assert_eq!(derived.text.replace(OPAQUE, ""), SONG);
    for token in ["use std", "x * 0.5", "half(1.0)", "half(self.0)", "other.0", "}\n}\n"] {
        check(&cut, &derived, token);
    }
}
