//! Edits of statements: the front end is given a slice of the body, and the code is what the whole text gives.

use std::path::Path;

use super::session::{Session, Way};

/// Statements of many kinds, in functions of many kinds.
const SONG: &str = "\
const SIZE: usize = 4;

pub struct Voice { level: f32, phase: [f32; SIZE], name: &'static str }

struct Loud<'a>(&'a mut f32);

impl Drop for Loud<'_> {
    fn drop(&mut self) { *self.0 += 1.0; }
}

impl Voice {
    pub fn tick(&mut self, by: f32) -> f32 {
        let next = self.level * by;
        self.level = next;
        next
    }
}

fn shape(x: f32) -> f32 { x * 0.5 }

pub fn process(voice: &mut Voice, (left, right): (f32, f32), list: &[f32], SIZE: usize) -> f32 {
    let mut sum = 0.25 + left;
    let gain = sum * 2.0;
    for (at, x) in list.iter().enumerate() { sum += *x * gain; if at > 3 { break } }
    let [first, second, ..] = voice.phase;
    let sum_before = sum;
    let Some(last) = list.last().copied() else { return 0.0 };
    { let _loud = Loud(&mut sum); voice.level += last; }
    let index = list.len() + 1;
    sum += list[index];
    let gain = gain + first; sum -= gain * second;
    let view: &[f32] = &[sum, shape(sum_before)];
    let later = 7;
    sum += view[1] + f32::from(u8::try_from(SIZE).unwrap_or(later));
    if right > 0.5 { return sum }
    sum * 0.001 + right
}

pub fn count(x: u32) -> i32 {
    let plain = 5;
    let said: i32 = 6;
    let other = plain + said;
    let by = |y: i32| y + other;
    let many = x as i32;
    by(said) + many
}

fn generic<T: Copy + Into<f32>, const N: usize>(list: [T; N], by: T) -> f32 where T: PartialOrd {
    let mut sum = by.into();
    let most = list[0];
    for x in list { if x > most { sum += x.into(); } }
    sum
}

pub fn calls(x: u8) -> f32 {
    let a = generic([x, 3], 1);
    let b = generic([0.5_f32; 3], a);
    a + b
}

pub unsafe fn raw(at: *const f32) -> f32 {
    let value = unsafe { *at };
    value + 1.0
}
";

#[test]
fn statements_are_given_in_slices() {
    let edits = [
        // The value, and what stands before it.
        ("sum * 0.001 + right", "sum * 0.001 - right", Way::Slice),
        ("sum * 0.001 - right", "(sum - first) * 0.5 + right * left", Way::Slice),
        // Two statements, and the number in a third one.
        ("0.25 + left;", "0.75 * left;", Way::Slice),
        ("gain = sum * 2.0", "gain = sum * 3.0", Way::Number),
        // Back again, together with another one: nothing else is left.
        ("0.75 * left;", "0.25 + left;", Way::Slice),
        ("sum -= gain * second", "sum -= second.max(gain) * gain", Way::Slice),
        ("*x * gain; if", "*x - gain; if", Way::Slice),
        ("let _loud = Loud(&mut sum); voice", "voice", Way::Slice),
        // Four are many.
        ("sum += list[index];", "sum -= list[index - 2] + list[0];", Way::Body),
        ("sum -= list[index - 2] + list[0];", "sum -= shape(list[index - 1]);", Way::Slice),
        ("shape(sum_before)", "sum_before", Way::Slice),
        ("sum -= shape(list[index - 1])", "sum += 0.5", Way::Slice),
        // Some of it leads out of the block.
        ("if right > 0.5 { return sum }", "if right < 0.5 { return last }", Way::Slice),
        ("let Some(last) = list.last()", "let Some(last) = list.first()", Way::Slice),
        ("if right < 0.5 { return last }", "return last;", Way::Body),
    ];
    Session::new(SONG).edits(&edits);
}

#[test]
fn what_the_slice_does_not_decide_is_given_as_a_whole() {
    let edits = [
        // Integers get their type where nobody says it, and somebody may say it later.
        ("other = plain + said;", "other = plain - said;", Way::Body),
        ("many = x as i32;", "many = -(x as i32);", Way::Slice),
        ("said: i32 = 6;", "said: i32 = 6 + 1;", Way::Body),
        ("said: i32 = 6 + 1;", "said: i32 = 6 - 1;", Way::Slice),
        // Closures are bodies of their own.
        ("y + other;", "y - other;", Way::Body),
        ("by(said) + many", "by(said) - many", Way::Body),
        // Generic functions, for each instance.
        ("sum += x.into(); }", "sum -= x.into(); }", Way::Body),
        ("most = list[0];", "most = list[N - 1];", Way::Slice),
        ("[0.5_f32; 3], a);", "[0.5_f32; 5], a);", Way::Body),
        ("[0.5_f32; 5], a);", "[a; 5], 0.5);", Way::Slice),
        ("value + 1.0", "value - 1.0", Way::Body),
        ("value = unsafe { *at };", "value = unsafe { *at } * 3.0;", Way::Slice),
        // A method's words mean something else elsewhere.
        ("next = self.level * by;", "next = self.level - by;", Way::Body),
        // Another pattern, another type, and one that is as it was.
        ("a = generic([x, 3], 1);", "mut a = generic([x, 3], 1);", Way::Body),
        ("shape(x: f32) -> f32 { x * 0.5 }", "shape(x: f32) -> f32 { 0.5 - x }", Way::Body),
    ];
    Session::new(SONG).edits(&edits);
}

/// A macro's call stands for statements; what it is given in strings may be names.
#[test]
fn macros_in_slices_are_given_with_all_that_they_name() {
    let text = "\
pub fn said(x: u32) -> usize {
    let (first, second) = (x + 1, x * 2);
    let text = format!(\"{first}\");
    assert!(x > 3, \"{second}\");
    text.len()
}
";
    Session::new(text).edits(&[
        ("format!(\"{first}\")", "format!(\"{second}\")", Way::Slice),
        ("x > 3", "x < 3", Way::Body),
    ]);
}

/// What stands in loops needs their heads, and nothing else of them.
#[test]
fn slices_have_the_loops_around_them() {
    let text = "\
pub fn fill(out: &mut [[f32; 2]], by: f32) {
    let mut phase = by * 0.5;
    let most = out.len() as f32;
    for (at, frame) in out.iter_mut().enumerate() {
        let x = phase * by;
        let y = x + at as f32;
        if y > most { break }
        let mut left = 3;
        while left > 0_u8 {
            phase += x * 0.1;
            left -= 1;
            if phase > 4.0 { continue }
            frame[0] += phase;
        }
        frame[1] = y
    }
}
";
    Session::new(text).edits(&[
        ("frame[1] = y\n", "frame[1] = y - x\n", Way::Slice),
        ("phase += x * 0.1;", "phase -= x + 0.1;", Way::Slice),
        ("frame[0] += phase;", "frame[0] += phase * most;", Way::Slice),
        ("frame[0] += phase * most;", "frame[at] += phase * most;", Way::Slice),
        ("y = x + at as f32;", "y = x.max(at as f32);", Way::Slice),
        ("{ continue }", "{ phase = 0.0 }", Way::Body),
        ("left -= 1;", "left -= 2;", Way::Number),
        ("{ phase = 0.0 }", "{ phase = by; break }", Way::Slice),
        ("left > 0_u8", "left >= 2_u8", Way::Slice),
        ("most = out.len() as f32;", "most = out.len() as f32 + by;", Way::Slice),
        ("frame[1] = y - x\n", "frame[2] = y * x\n", Way::Slice),
    ]);
}

/// Blocks in a slice have statements of their own, with numbers that mean others in the body.
#[test]
fn blocks_in_slices_are_their_own() {
    let text = "\
#[derive(Debug)]
pub struct Wrong;

pub fn run(x: Result<u32, Wrong>, by: u32) -> Result<u32, Wrong> {
    let a = x?;
    let c = { let most = 5; if a > 3 { most } else { a } };
    let d = a;
    Ok(c + d)
}
";
    Session::new(text).edits(&[
        ("{ most } else { a }", "{ most + by } else { by }", Way::Slice),
        ("Ok(c + d)", "if c > 3 { Err(Wrong) } else { Ok(c - d) }", Way::Slice),
        ("let d = a;", "let d = { let most = by; a + most };", Way::Slice),
    ]);
}

/// A file has room for the slice of one function.
#[test]
fn functions_are_sliced_in_turn() {
    let text = "\
pub fn first(x: f32, list: &[f32]) -> f32 {
    let p = x + 1.0_f32;
    let q = p * 2.0_f32;
    q + list[3]
}

pub fn second(x: f32, list: &[f32]) -> f32 {
    let p = x + 4.0_f32;
    let q = p * 5.0_f32;
    list[1] * q
}
";
    Session::new(text).edits(&[
        ("q + list[3]", "q - list[30] + p", Way::Slice),
        ("list[1] * q", "list[1] / q", Way::Body),
        ("list[1] / q", "p * list[1] / q", Way::Slice),
        ("2.0_f32", "3.0_f32", Way::Body),
        ("q - list[30] + p", "q - list[30]", Way::Slice),
        ("5.0_f32", "50.0_f32", Way::Number),
    ]);
}

/// A body without a value whose end is not reached: it is wrong as soon as it is.
#[test]
fn whether_the_end_is_reached_is_seen_in_the_whole() {
    let text = "\
pub fn run(c: bool, x: u32) -> u32 {
    let y = x + 1;
    let _z: u32 = if c { return y; } else { return x; };
}

pub fn other(c: bool, x: u32) -> u32 {
    let y = x + 1;
    let _z: u32 = match c { true => { return y; } false => { return x; } };
}
";
    Session::new(text).edits(&[
        ("else { return x; };", "else { x * 2 };", Way::Body),
        ("else { x * 2 };", "else { return x * 2; };", Way::Body),
        ("{ return x; } };", "{ y } };", Way::Body),
        ("{ y } };", "{ return x - 1; } };", Way::Body),
    ]);
}

/// Macros may declare what they are given the name of, and write closures.
#[test]
fn macros_that_are_not_known_are_given_with_the_whole() {
    let text = "\
macro_rules! declare { ($name:ident, $value:expr) => { let $name = $value; } }
macro_rules! called { ($name:ident, $by:expr) => { (|x: u32| x * $by)($name) } }

pub fn run(x: u32) -> u32 {
    let first = x + 1;
    let second = first * 2;
    declare!(first, 7);
    let third = called!(second, 3);
    let fourth = third + x;
    first - fourth
}
";
    Session::new(text).edits(&[
        ("first - fourth", "first + fourth", Way::Body),
        ("fourth = third + x", "fourth = third * x", Way::Slice),
        ("called!(second, 3)", "called!(second, x)", Way::Body),
        ("called!(second, x)", "called!(x, 4)", Way::Body),
        ("second = first * 2", "second = first - 2", Way::Slice),
    ]);
}

/// What is wrong is said as of the whole text, and nothing of it stays.
#[test]
fn mistakes_in_slices_are_those_of_the_text() {
    let edits = [
        ("sum * 0.001 + right", "sum * 0.001 + wrong", Way::Body),
        ("sum * 0.001 + wrong", "sum * 0.001 - right", Way::Body),
        ("gain = sum * 2.0", "gain = sum * true", Way::Body),
        ("gain = sum * true", "gain = sum as f64", Way::Body),
        ("gain = sum as f64", "gain = sum + 1.0", Way::Body),
        ("gain = sum + 1.0", "gain = sum - 1.0", Way::Slice),
        ("index = list.len() + 1", "index = list.len() as u32 + 1", Way::Body),
        ("list.len() as u32", "list.len()", Way::Body),
        ("+= view[1]", "+= view(1]", Way::Whole),
    ];
    Session::new(SONG).edits(&edits);
}

/// Every operator and call of the corpus' programs that may be another one.
const SWAPS: [(&str, &str); 8] = [
    (" + ", " - "),
    (" * ", " + "),
    (" < ", " >= "),
    (" && ", " || "),
    (".wrapping_add(", ".wrapping_sub("),
    (" += ", " -= "),
    ("true", "false"),
    ("(a, b)", "(b, a)"),
];

/// Programs of the corpus, edited here and there. `SEGUE_SLICES` says every how manieth place; by default few are.
#[test]
fn slices_of_the_corpus_give_what_whole_texts_give() {
    let step = std::env::var("SEGUE_SLICES").ok().and_then(|it| it.parse().ok()).unwrap_or(1_000);
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/rust");
    let mut files = Vec::new();
    for folder in std::fs::read_dir(&directory).unwrap() {
        let inside = std::fs::read_dir(folder.unwrap().path()).into_iter().flatten();
        files.extend(inside.map(|file| file.unwrap().path()));
    }
    files.retain(|file| file.extension().is_some_and(|it| it == "rs"));
    files.sort();
    assert!(files.len() > 300, "the programs are in {}", directory.display());
    let texts = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    let (mut places, mut slices) = (0_usize, 0);
    for text in texts {
        let mut session = None;
        for (old, new) in SWAPS {
            for (at, _) in text.match_indices(old) {
                places += 1;
                if !places.is_multiple_of(step) {
                    continue;
                }
                let session = session.get_or_insert_with(|| Session::new(&text));
                let edited = [&text[..at], new, &text[at + old.len()..]].concat();
                if session.change(&edited) == Way::Slice {
                    slices += 1;
                    session.check();
                }
                session.change(&text);
            }
        }
    }
    assert!(slices > 0, "no slice in {places} places");
}
