//! Places move with their tokens.

use super::*;

use crate::rustc::function::text;
use crate::source::Source;
use crate::tree::Tree;

const SONG: &str = "\
fn one(x: u8) -> u8 { x + 1 }
fn two(x: u8) -> u8 {
    x + 2
}
struct S;
";

fn cut(text: &str) -> Cut {
    let source = Source { path: "/places/song.rs".into(), text: text.into(), support: Vec::new() };
    Cut::of(&Tree::read(&source).unwrap()).unwrap()
}

/// Where `token` stands, from 1.
fn place(text: &str, token: &str) -> (u32, u32) {
    let before = &text[..text.find(token).unwrap()];
    let column = before.rsplit('\n').next().unwrap().chars().count();
    (before.matches('\n').count() as u32 + 1, column as u32 + 1)
}

#[test]
fn what_did_not_change_is_found_again() {
    let before = cut(SONG);
    for (old, new) in [
        ("x + 1", "x + 3"),
        ("x + 1", "{ let ö = x;\n\n ö + 9 }"),
        ("    x + 2\n", "// a comment\n  x + 2\n"),
        ("struct S", "// a comment\n   struct S"),
        ("fn two(", "fn  two( "),
    ] {
        let changed = SONG.replace(old, new);
        let after = cut(&changed);
        for derived in [text::unchanged(&before.files[0]), text::opaque(&before.files[0])] {
            let derived = [derived];
            let moves = Moves::new(&derived, &before, &after);
            for token in ["x + 1", "x + 2", "struct S", "two"] {
                let (line, column) = place(&derived[0].text, token);
                let expected = changed.contains(token).then(|| place(&changed, token));
                assert_eq!(moves.moved(0, line, column), expected, "{token} after {new}");
            }
        }
    }
}

#[test]
fn places_that_are_not_there_are_nowhere() {
    let before = cut(SONG);
    let derived = [text::unchanged(&before.files[0])];
    let moves = Moves::new(&derived, &before, &before);
    assert_eq!(moves.moved(0, 1, 1), Some((1, 1)));
    for (file, line, column) in [(1, 1, 1), (0, 99, 1), (0, 0, 1), (0, 1, 0), (0, 5, 999)] {
        assert_eq!(moves.moved(file, line, column), None);
    }
}

#[test]
fn only_what_stands_still_is_in_place() {
    let before = cut(SONG);
    for (old, new, still) in [
        ("x + 1", "x + 3", true),
        ("    x + 2\n", "    x + 20\n", true),
        ("x + 1", "x + 30", false),
        ("    x + 2\n", "\n    x + 2\n", false),
        ("struct S", " struct S", false),
    ] {
        assert_eq!(is_in_place(&before, &cut(&SONG.replace(old, new))), still, "{new}");
    }
}
