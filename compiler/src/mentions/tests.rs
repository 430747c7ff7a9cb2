//! Who mentions whom.

use crate::{Interface, Source};

fn mentioned_by(text: &str, path: &str) -> Vec<String> {
    let source = Source { path: "/song.rs".into(), text: text.into(), support: Vec::new() };
    Interface::read(&source).unwrap().mentioned_by(path)
}

#[test]
fn functions_methods_modules_and_macros_mention() {
    let text = "
fn level() -> f32 { 0.5 }
pub fn gain(x: f32) -> f32 { x * level() }
pub fn other(x: f32) -> f32 { x }
pub struct Voice;
impl Voice { pub fn tick(&self) -> f32 { crate::level() } }
mod inner { pub fn deep() { println!(\"{}\", super::level()) } }
";
    assert_eq!(mentioned_by(text, "level"), ["Voice::tick", "gain", "inner::deep"]);
    assert!(mentioned_by(text, "gain").is_empty());
}

#[test]
fn a_function_that_calls_itself_does_not_count() {
    assert!(mentioned_by("pub fn down(n: u32) -> u32 { down(n - 1) }", "down").is_empty());
}
