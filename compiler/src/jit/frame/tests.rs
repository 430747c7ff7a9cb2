//! The frame holds what the user wrote, and regions that say what each of their lines is for.

use std::path::PathBuf;

use super::{Frame, relative};
use crate::shim::{Exclusions, Origin};
use crate::source::Source;
use crate::states::Survey;
use crate::tree::Tree;

fn source(text: &str) -> Source {
    Source { path: PathBuf::from("/songs/song.rs"), text: text.into(), support: Vec::new() }
}

#[test]
fn the_text_comes_first_and_its_region_says_what_it_is_for() {
    let source = source("pub fn gain(x: f32) -> f32 {\n    x\n}\n");
    let tree = Tree::read(&source).expect("it can be read");
    let survey = Survey::of(&tree);
    let frame = Frame::write(&source, &tree, &survey, &Exclusions::new()).expect("it is written");
    let text = frame.find("/songs/song.rs").expect("it is there");
    assert_eq!(text.own(), &*source.text);
    assert_eq!(text.generated(3), None);
    assert_eq!(text.generated(5), Some(None));
    assert!(text.below().contains("#[path = \"song.rs.exports\"] pub mod __segue;"));
    let region = frame.find("/songs/song.rs.exports").expect("it has a file of its own");
    let lines: Vec<&str> = region.full.lines().collect();
    assert_eq!(lines[0], "use super::*;");
    assert_eq!(lines.len(), region.lines.len());
    let shim = lines.iter().position(|line| line.contains("fn __segue_f0")).expect("a shim");
    let line = u32::try_from(shim + 1).expect("a small number");
    assert_eq!(region.generated(line), Some(Some(Origin::Function(0))));
    assert_eq!(region.own(), "");
    let without = Exclusions::from([(Origin::Function(0), "why".to_owned())]);
    let frame = Frame::write(&source, &tree, &survey, &without).expect("it is written");
    assert!(frame.all().all(|text| !text.full.contains("fn __segue_f0")));
}

#[test]
fn no_region_speaks_of_types_that_own_heap_memory() {
    let source =
        source("#[derive(Default)] pub struct S { x: f32 } pub fn play(s: &mut S) { s.x = 1.0 }");
    let tree = Tree::read(&source).expect("it can be read");
    let survey = Survey::of(&tree);
    let frame = Frame::write(&source, &tree, &survey, &Exclusions::new()).expect("it is written");
    let text = &frame.regions[0].full;
    assert!(text.contains("trait Known"), "{text}");
    for name in ["boxed", "Box", "Vec", "String"] {
        assert!(!text.contains(name), "{name} in {text}");
    }
}

#[test]
fn files_elsewhere_are_named_from_the_folder_of_the_first() {
    assert_eq!(relative("/songs/song.rs", "/lib/prelude.rs"), "../lib/prelude.rs");
    assert_eq!(relative("/a/b/c.rs", "/a/b/d.rs"), "../../a/b/d.rs");
    assert_eq!(relative("/c.rs", "/d.rs"), "d.rs");
}
