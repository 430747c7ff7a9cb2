//! Edits of one body: nothing but that is compiled again, and the code is what the whole text gives.

use super::objects::{assert_same_code, of_the_part};
use super::{Jit, compile};
use crate::{Compiled, Error};

pub(super) const SONG: &str = "\
use std::cell::Cell;

static TABLE: [fn(u32) -> u32; 2] = [one, two];

pub struct Voice { level: f32, name: &'static str }

impl Voice {
    pub fn tick(&mut self, by: f32) -> f32 { self.level *= by; half(self.level) }
}

struct Count<'a>(&'a Cell<u32>);

impl Drop for Count<'_> {
    fn drop(&mut self) { self.0.set(self.0.get() + 1); }
}

fn one(x: u32) -> u32 { x + 1 }
fn two(x: u32) -> u32 { x * 2 }
#[inline(never)]
fn half(x: f32) -> f32 { x * 0.5 }

fn all<T: Copy, F: Fn(T) -> u32>(list: &[T], f: F) -> u32 {
    list.iter().map(|x| f(*x)).sum()
}

pub fn steps(x: u32) -> u32 {
    let cell = Cell::new(0);
    let counted = all(&[1_u32, x], |y| { let _count = Count(&cell); TABLE[0](y) + x });
    counted + cell.get()
}

pub fn process(x: f32, list: &[f32]) -> f32 {
    let mut voice = Voice { level: x, name: \"a\" };
    voice.tick(x) + list[3] + all(&[1_u8, 2], u32::from) as f32 + voice.name.len() as f32
}
";

/// Small functions stand inside of those that call them.
pub(super) const NESTED: &str = "\
fn small(x: u32) -> u32 { x + 1 }

#[inline(never)]
fn apart(x: u32) -> u32 { x + 5 }

fn middle(x: u32) -> u32 { small(x) * 2 }

struct Scale(u32);

impl Scale {
    fn of(&self, x: u32) -> u32 { middle(x) * self.0 }
}

fn all<F: Fn(u32) -> u32>(f: F) -> u32 { f(1) + f(2) }

pub fn one(x: u32) -> u32 { Scale(x).of(x) }
pub fn two(x: u32) -> u32 { all(|y| small(y) + x) }
pub fn three(x: u32) -> u32 { one(x) + 1 }
pub fn four(x: u32) -> u32 { apart(x) }
";

/// How many edits of one body came since the text was last compiled as a whole.
pub(super) fn quick_edits(jit: &Jit) -> Option<usize> {
    let known = jit.known.lock().unwrap();
    known.as_ref().and_then(crate::jit::compile::Known::quick_edits)
}

/// How many functions' bodies the front end was not given for the last edit.
pub(super) fn blank_bodies(jit: &Jit) -> Option<usize> {
    let known = jit.known.lock().unwrap();
    known.as_ref().and_then(crate::jit::compile::Known::blank_bodies)
}

/// The same, by a compiler that has just seen something else.
pub(super) fn whole(other: &Jit, text: &str) -> Result<Compiled, Error> {
    compile(other, "pub fn something_else() {}").unwrap();
    let compiled = compile(other, text);
    assert!(quick_edits(other).is_none_or(|edits| edits == 0));
    compiled
}

/// Edits a text, step by step; the result is that of the whole text, and no more was compiled where `is_quick`.
fn edited(text: &str, steps: &[(&str, &str, bool)]) {
    let (jit, other) = (Jit::new(), Jit::new());
    let mut text = text.to_owned();
    compile(&jit, &text).unwrap();
    for (old, new, is_quick) in steps {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        let before = quick_edits(&jit);
        text = text.replace(old, new);
        let expected = whole(&other, &text).unwrap();
        let compiled = compile(&jit, &text).unwrap();
        assert_same_code(&compiled, &expected, &format!("{old} => {new}"));
        assert_eq!(format!("{:?}", compiled.interface), format!("{:?}", expected.interface));
        assert_eq!(compiled.files, expected.files);
        let was_quick = quick_edits(&jit) == before.map(|before| before + 1);
        assert_eq!(was_quick, *is_quick, "{old} => {new}");
    }
}

#[test]
fn an_edit_of_one_body_gives_what_the_whole_text_gives() {
    edited(
        SONG,
        &[
            ("x * 0.5", "x * 0.25", true),
            ("self.0.get() + 1", "self.0.get() + 2", true),
            ("list.iter().map(|x| f(*x)).sum()", "list.iter().map(|x| f(*x) + 1).sum()", true),
            // What a closure captures decides how it lies in memory, and whoever calls it is made for it.
            ("TABLE[0](y) + x }", "TABLE[1](y) }", true),
            ("TABLE[1](y) }", "let z = x as u8; (move || y + u32::from(z))() }", true),
            ("u32::from) as f32", "|x| u32::from(x) * 2) as f32", true),
            ("x * 0.25", "x * 0.25 /* a comment */", true),
            ("x * 0.25 /* a comment */", "x * 0.5", true),
        ],
    );
}

#[test]
fn an_edit_of_a_small_function_gives_what_the_whole_text_gives() {
    edited(
        NESTED,
        &[
            ("x + 1 }\n\n", "x + 2 }\n\n", true),
            ("self.0 }", "self.0 + middle(3) }", true),
            // It leads to a call now, and nobody has it inside any more.
            ("x + 2 }", "apart(x) }", true),
            ("x + 5 }", "x + 6 }", true),
            ("{ apart(x) }\n\n", "{ apart(x) + 1 }\n\n", true),
            ("{ apart(x) + 1 }", "{ x + 1 }", true),
            ("small(y) + x", "one(y) + x", true),
        ],
    );
}

#[test]
fn an_edit_gives_who_has_the_edited_function_inside() {
    let jit = Jit::new();
    let edit = |old: &str, new: &str| {
        assert_eq!(NESTED.matches(old).count(), 1, "{old}");
        compile(&jit, NESTED).unwrap();
        of_the_part(&compile(&jit, &NESTED.replace(old, new)).unwrap()).join(" ")
    };
    assert_eq!(edit("x + 5", "x + 6"), "apart");
    assert_eq!(edit("one(x) + 1", "one(x) + 2"), "three");
    assert_eq!(edit("self.0 }", "self.0 + 1 }"), "Scale::of one three");
    assert_eq!(edit("x + 1 }\n\n", "x + 2 }\n\n"), "Scale::of middle one small three two");
}

/// The front end sees no other bodies, unless what they are matters.
#[test]
fn an_edit_needs_no_body_but_its_own() {
    let (jit, other) = (Jit::new(), Jit::new());
    let mut text = SONG.to_owned();
    compile(&jit, &text).unwrap();
    let mut edit = |old: &str, new: &str| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
        let result = match (compile(&jit, &text), whole(&other, &text)) {
            (Ok(compiled), Ok(expected)) => {
                assert_same_code(&compiled, &expected, new);
                Ok(())
            }
            (found, expected) => {
                let error = found.unwrap_err().to_string();
                assert_eq!(error, expected.unwrap_err().to_string());
                Err(error)
            }
        };
        (result.is_ok(), quick_edits(&jit), blank_bodies(&jit))
    };
    // Six are plain; `one` and `two` are named by a static, `drop` and `tick` by nobody.
    assert_eq!(edit("x * 0.5", "x / (|| 0.25)()"), (true, Some(1), Some(5)));
    // An instance that nobody had.
    assert_eq!(edit("u32::from) as f32", "|x| x.into()) as f32"), (true, Some(2), Some(0)));
    // It is made for closures of `steps` and `process`. What was edited before may be edited again.
    assert_eq!(edit("f(*x)).sum()", "f(*x) + 1).sum()"), (true, Some(3), Some(2)));
    assert_eq!(edit("self.level *= by;", "self.level *= true;"), (false, Some(4), Some(0)));
    assert_eq!(edit("self.level *= true;", "self.level += by;"), (true, Some(5), Some(1)));
}

/// A word before a colon is no function, though one is called so.
#[test]
fn functions_may_be_called_like_fields() {
    const FIELD: &str = "\
pub struct State { voice: u32, steps: [u32; size()] }
const fn size() -> usize { 2 }
const FIRST: State = State { voice: 3, steps: [4; 2] };
static NAMED: fn(u32) -> u32 = named;
pub fn play(state: &mut State) -> u32 { voice(state.voice) + NAMED(FIRST.voice) + state.steps[1] }
fn voice(x: u32) -> u32 { x + 1 }
fn named(x: u32) -> u32 { x * 2 }
";
    edited(FIELD, &[("x + 1", "x - 1", true), ("x * 2", "x / 2", false)]);
}

#[test]
fn other_edits_are_compiled_as_a_whole() {
    edited(
        SONG,
        &[
            ("x * 0.5", "\n    x * 0.5", false),
            ("x * 0.5", "x * 0.75", true),
            // A static names it: something's type may depend on it.
            ("x + 1 }", "x + 3 }", false),
            ("fn two(x: u32) -> u32 { x * 2 }", "fn two(y: u32) -> u32 { y * 2 }", false),
            ("x * 0.75", "{ fn inner() -> f32 { 0.5 } x * inner() }", false),
            ("0.5 } x", "0.25 } x", false),
        ],
    );
}

#[test]
fn what_is_wrong_with_one_body_is_said_until_it_is_mended() {
    let jit = Jit::new();
    compile(&jit, SONG).unwrap();
    let wrong = SONG.replace("x * 0.5", "x * true");
    let also_wrong = wrong.replace("*= by;", "*= oops;");
    let mended = also_wrong.replace("x * true", "x * 0.75");
    let other = Jit::new();
    for (text, edits) in [(&wrong, 1), (&also_wrong, 2), (&mended, 3)] {
        let error = compile(&jit, text).unwrap_err().to_string();
        assert_eq!(error, whole(&other, text).unwrap_err().to_string());
        assert_eq!(quick_edits(&jit), Some(edits));
    }
    let right = mended.replace("*= oops;", "*= by * 2.0;");
    let compiled = compile(&jit, &right).unwrap();
    assert_same_code(&compiled, &whole(&other, &right).unwrap(), "mended");
    assert_eq!(quick_edits(&jit), Some(4));
}

#[test]
fn what_does_not_parse_is_said_until_it_is_mended() {
    let jit = Jit::new();
    compile(&jit, SONG).unwrap();
    let wrong = SONG.replace("x * 0.5", "let = x * 0.5;");
    let elsewhere = wrong.replace("*= by;", "*= by * 2.0;");
    let other = Jit::new();
    for (text, edits) in [(&wrong, 1), (&elsewhere, 2)] {
        let error = compile(&jit, text).unwrap_err().to_string();
        assert_eq!(error, whole(&other, text).unwrap_err().to_string());
        assert_eq!(quick_edits(&jit), Some(edits));
    }
    let right = elsewhere.replace("let = x * 0.5;", "x * 0.75");
    let compiled = compile(&jit, &right).unwrap();
    assert_same_code(&compiled, &whole(&other, &right).unwrap(), "mended");
    assert_eq!(quick_edits(&jit), Some(3));
}

/// The live functions that each edit of the song makes again.
#[test]
fn an_edit_gives_a_part_that_builds_on_the_last_whole() {
    let jit = Jit::new();
    let whole = compile(&jit, SONG).unwrap();
    assert!(whole.rest.is_none());
    let mut text = SONG.to_owned();
    let mut edit = |old: &str, new: &str| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
        let compiled = compile(&jit, &text).unwrap();
        let rest = compiled.rest.as_ref().map(|rest| rest == &whole.object);
        let part = if rest.is_some() { of_the_part(&compiled) } else { Vec::new() };
        (rest, part.join(" "), compiled)
    };
    let part = |(rest, names, _): (Option<bool>, String, Compiled)| (rest, names);
    assert_eq!(part(edit("x * 0.5", "x * 0.25")), (Some(true), "half".to_owned()));
    // Edits add up, and what is as it was is left out.
    assert_eq!(part(edit("voice.name.len()", "1")), (Some(true), "half process".to_owned()));
    assert_eq!(part(edit("x * 0.25", "x * 0.5")), (Some(true), "process".to_owned()));
    // What is private is part of who leads to it.
    let both = (Some(true), "process steps".to_owned());
    assert_eq!(part(edit("f(*x)).sum()", "f(*x) + 1).sum()")), both);
    assert_eq!(part(edit("f(*x) + 1).sum()", "f(*x)).sum()")), (Some(true), "process".to_owned()));
    // Nothing differs from the whole any more: it is the object itself.
    let (rest, _, compiled) = edit("as f32 + 1 as f32", "as f32 + voice.name.len() as f32");
    assert!(rest.is_none() && compiled.object == whole.object);
}
