//! Edits of numbers: the front end is not told of them, and the code is what the whole text gives.

use super::objects::of_the_part;
use super::quick::{NESTED, SONG, blank_bodies};
use super::session::{Session, Way};
use super::{Jit, compile};

/// A number in every place where it is a value, and some where it is more.
const PLACES: &str = "\
pub struct Pair { a: u32, b: f32 }

static TABLE: [u32; 2] = [3, 4];

const fn computed() -> u32 { 201 }

pub fn constant() -> u32 { const { 202 } }

fn take<const N: usize>(list: [u32; N]) -> u32 { list[N - 1] }

fn all<F: Fn(u32) -> u32>(f: F) -> u32 { f(101) + f(102) }

macro_rules! twice { ($x:expr) => { $x + $x } }

pub fn values(x: u32, list: &[u32]) -> u32 {
    let mut sum = x + 110; sum += list[111]; sum -= list[3];
    let pair = Pair { a: 112, b: 11.3 };
    let wide = -114_i64;
    let array = [115, 116, 117, 118_u32];
    let same = [119; 3];
    let tuple = (120, 121_u8);
    let lasting: &[u32] = &[122, 123];
    for step in 124..=125 { if step == 126 { break } sum += step }
    sum = sum.wrapping_add((127_u16) as u32) + 1.5e2 as u32;
    let by = all(|y| y * 128 + TABLE[1]);
    let looped = loop { break 129 };
    let matched = match sum { _ if x > 130 => 131, 1 => return 132, _ => 0x85 };
    let Some(found) = x.checked_sub(134) else { return 135 };
    while sum < 136 { sum += 'block: { if x < 137 { break 'block 138 } 139 } }
    if let Some(140) = Some(x + 141) { sum += array[0]; }
    sum + pair.a + wide as u32 + same[0] + tuple.0 + lasting[1] + by + looped + matched + found
        + pair.b as u32 + u32::from(tuple.1)
}

pub fn others(x: u32) -> u32 {
    let [a, b] = [210; 2];
    let list: [u32; 2] = [a, b];
    let chosen = match x { 211 => 1, 212..=213 => 2, _ => 214 };
    let pair = (x, b, 5);
    assert!(x < 215);
    let unsigned = 216_u64 as u32;
    let signed = 217;
    chosen + take::<2>(list) + computed() + pair.1 + unsigned + twice!(218) + signed + 8.5 as u32
}
";

#[test]
fn numbers_that_are_values_are_not_told_to_the_front_end() {
    let mut session = Session::new(PLACES);
    values(&mut session);
    session.change(PLACES);
    other_numbers(&mut session);
    session.change(ONE_LINE);
    one_line(&mut session);
}

fn values(session: &mut Session) {
    let values: [(&str, &str); 34] = [
        // What follows in the line panics in another column.
        ("x + 110", "x + 1_000"),
        ("list[111]", "list[5]"),
        ("a: 112", "a: 0x1F"),
        ("b: 11.3", "b: 2.25e1"),
        ("-114_i64", "-1_i64"),
        ("[115, 116", "[7, 116"),
        ("118_u32]", "1_u32]"),
        ("[119;", "[0b11;"),
        ("(120,", "(1,"),
        ("121_u8", "21_u8"),
        ("&[122", "&[1220"),
        ("123]", "1]"),
        ("124..=125", "12..=125"),
        ("12..=125", "12..=15"),
        ("step == 126", "step == 13"),
        ("(127_u16)", "(1_u16)"),
        ("1.5e2", "1.5"),
        ("y * 128", "y * 3"),
        ("break 129", "break 1"),
        ("x > 130", "x > 1"),
        ("=> 131", "=> 11"),
        ("return 132", "return 1320"),
        ("0x85", "133"),
        ("sub(134)", "sub(1)"),
        ("return 135", "return 15"),
        ("sum < 136", "sum < 1"),
        ("x < 137", "x < 12"),
        ("'block 138", "'block 1"),
        ("139 }", "19 }"),
        ("x + 141", "x + 1"),
        ("list[3]", "list[30]"),
        ("same[0]", "same[2]"),
        ("f(101)", "f(1)"),
        // Back again.
        ("x + 1_000", "x + 110"),
    ];
    for (number, (old, new)) in values.into_iter().enumerate() {
        assert_eq!(session.edit(old, new), Way::Number, "{old} => {new}");
        if number == 0 {
            session.check();
        }
    }
    session.check();
    assert_eq!(blank_bodies(&session.jit), Some(0));
}

/// Those that may decide more.
fn other_numbers(session: &mut Session) {
    let others: [(&str, &str, Way); 20] = [
        ("[a, b] = [210; 2]", "[a, b] = [3; 2]", Way::Number),
        ("Some(140)", "Some(14)", Way::Slice),
        ("; 2];\n    let list", "; 3];\n    let list", Way::Body),
        ("[a, b] = [3; 3]", "[a, b, _] = [3; 3]", Way::Body),
        ("[u32; 2] = [a, b]", "[u32; 0x2] = [a, b]", Way::Slice),
        ("211 =>", "21 =>", Way::Body),
        ("212..", "22..", Way::Body),
        ("=> 214", "=> 24", Way::Number),
        ("x < 215", "x < 25", Way::Body),
        ("216_u64", "216_u16", Way::Slice),
        ("= 217;", "= -217_i32 as u32;", Way::Slice),
        ("pair.1", "pair.2", Way::Body),
        ("take::<2>", "take::<0x2>", Way::Slice),
        ("twice!(218)", "twice!(28)", Way::Slice),
        ("8.5 as u32", "85 as u32", Way::Slice),
        ("85 as u32", "85 /* a comment */ as u32", Way::Slice),
        ("[3; 3]", "[0x; 3]", Way::Whole),
        ("[0x; 3]", "[3; 3]", Way::Whole),
        ("u32 { 201 }", "u32 { 21 }", Way::Whole),
        ("const { 202 }", "const { 22 }", Way::Whole),
    ];
    for (old, new, way) in others {
        assert_eq!(session.edit(old, new), way, "{old} => {new}");
        if old.contains("212") || matches!(way, Way::Slice | Way::Whole) {
            session.check();
        }
    }
}

#[test]
fn edits_of_numbers_come_between_others() {
    let mut session = Session::new(NESTED);
    small_functions(&mut session);
    session.change(SONG);
    mixed(&mut session);
}

fn mixed(session: &mut Session) {
    let edits: [(&str, &str, Way); 15] = [
        ("x * 0.5", "x * 0.125", Way::Number),
        // One closure's body, in a body that is named by nobody, and one of an `impl`.
        ("Cell::new(0)", "Cell::new(10)", Way::Number),
        ("get() + 1", "get() + 20", Way::Number),
        ("list[3] + all(&[1_u8, 2]", "list[3] + all(&[100_u8, 2]", Way::Number),
        // The front end is told of the rest together with this.
        ("f(*x)).sum()", "f(*x) + 1).sum()", Way::Body),
        ("f(*x) + 1", "f(*x) + 11", Way::Number),
        // It was not given this one; now it has both.
        ("x * 0.125", "x * 0.25", Way::Body),
        ("f(*x) + 11", "f(*x) + 2", Way::Number),
        ("x * 0.25", "x * 1.5", Way::Number),
        ("x * 1.5", "x * 0.5_f64", Way::Body),
        // What is wrong is told until it is mended.
        ("f(*x) + 2", "f(*x) + 21", Way::Body),
        ("0.5_f64", "0.5", Way::Body),
        ("x * 0.5", "x * 0.75", Way::Number),
        ("TABLE[0](y) + x", "TABLE[1](y) + x", Way::Number),
        ("get() + 20", "get() + 2", Way::Body),
    ];
    for (old, new, way) in edits {
        assert_eq!(session.edit(old, new), way, "{old} => {new}");
        if old.len() % 4 == 0 {
            session.check();
        }
    }
    session.check();
    assert_eq!(session.edit("x * 0.75", "\n    x * 0.75"), Way::Whole);
    assert_eq!(session.edit("x * 0.75", "x * 0.5"), Way::Number);
    session.check();
}

/// A number in a small function changes who has it inside.
fn small_functions(session: &mut Session) {
    assert_eq!(session.edit("x + 1 }\n\n", "x + 200 }\n\n"), Way::Number);
    let compiled = session.compiled.as_ref().unwrap();
    assert_eq!(of_the_part(compiled).join(" "), "Scale::of middle one small three two");
    assert_eq!(session.edit("x + 5", "x + 6"), Way::Number);
    session.check();
    // And back: nothing differs from the whole any more.
    assert_eq!(session.edit("x + 200", "x + 1"), Way::Number);
    assert_eq!(session.edit("x + 6", "x + 5"), Way::Number);
    assert!(session.compiled.as_ref().unwrap().rest.is_none());
    session.check();
}

const ONE_LINE: &str = "\
pub fn one() -> u32 { 1 } pub fn list(x: &[u32]) -> u32 { x[5] }
pub fn two() -> u32 { 2 }
";

/// What follows in the line of a body has another column.
fn one_line(session: &mut Session) {
    assert_eq!(session.edit("u32 { 1 }", "u32 { 1000 }"), Way::Whole);
    session.check();
    assert_eq!(session.edit("u32 { 1000 }", "u32 { 2000 }"), Way::Number);
    assert_eq!(session.edit("u32 { 2 }", "u32 { 2000 + 3 }"), Way::Slice);
    session.check();
}

#[test]
fn numbers_that_do_not_fit_are_refused_from_the_start_and_in_an_edit() {
    let text = |byte: &str, signed: &str, float: &str| {
        format!("pub fn run() -> (u8, i8, f32) {{ ({byte}, {signed}, {float}) }}\n")
    };
    let fine = text("255", "-128", "3.4e38");
    for (text, said) in [
        (
            text("256", "1", "1.0"),
            "song.rs:1:34: not supported by the jit yet: a literal that is out of range",
        ),
        (
            text("1", "-129", "1.0"),
            "song.rs:1:37: not supported by the jit yet: a literal that is out of range",
        ),
        (text("1", "1", "3.5e38"), "3.5e38, which is out of range for its type"),
        (text("5foo", "1", "1.0"), "song.rs:1:34: invalid suffix `foo` for number literal"),
    ] {
        let jit = Jit::new();
        let from_the_start = compile(&jit, &text).map(|_| ()).expect_err(&text).to_string();
        assert!(from_the_start.contains(said), "{from_the_start}");
        assert!(compile(&jit, &fine).is_ok());
        let edited = compile(&jit, &text).map(|_| ()).expect_err(&text).to_string();
        assert!(edited.contains(said), "{edited}");
    }
}

/// Floats in many places: inlined from others, computed with, negated, in an array, beside integers.
const FLOATS: &str = "\
fn small(x: f32) -> f32 { x * 0.31 }

pub struct Filter { state: [f64; 2] }

impl Filter {
    pub fn tick(&mut self, x: f64) -> f64 {
        let y = x * 0.41 - self.state[0] * 0.42;
        self.state = [y, self.state[0]];
        y
    }
}

pub fn process(x: f32, list: &mut [f32], filter: &mut Filter) -> f32 {
    let mut sum = 0.51 + small(x);
    for (index, value) in list.iter_mut().enumerate() {
        *value = value.clamp(-0.52, 0.53) * 0.54;
        if *value > 0.55 { sum += *value * 0.56 } else { sum += x * -0.57 }
        sum += [0.58, 0.59, x][index % 3] + list_of(index) as f32 * 0.61;
    }
    let gain = 0.62 * 2.0;
    let fixed: f32 = 0.63;
    sum * gain + filter.tick(f64::from(x) + 0.64) as f32 + (fixed.to_bits() % 7) as f32 + 5_f32
}

fn list_of(index: usize) -> usize {
    let mut found = index * 71;
    while found > 72 { found /= 2; found -= found % 3; }
    (0..found).filter(|it| it % 5 == 3).map(|it| it * it).sum::<usize>() + (found as f32 * 0.73) as usize
}
";

impl Session {
    /// In how many functions numbers were written, and nothing else was made of them.
    fn written(&self) -> usize {
        let known = self.jit.known.lock().unwrap();
        known.as_ref().map_or(0, crate::jit::compile::Known::written)
    }
}

#[test]
fn floats_are_written_into_code_that_was_made_before() {
    let mut session = Session::new(FLOATS);
    let mut edits = |old: &str, new: [&str; 3]| {
        let (mut last, before) = (old.to_owned(), session.written());
        for new in new {
            assert_eq!(session.edit(&last, new), Way::Number, "{new}");
            session.check();
            new.clone_into(&mut last);
        }
        session.edit(&last, old);
        session.written() - before
    };
    // The first tells where it stands.
    assert_eq!(edits("0.51 +", ["0.64 +", "0.65 +", "0.66 +"]), 2);
    assert_eq!(edits("0.51 +", ["0.61 +", "0.65 +", "0.66 +"]), 0, "one of them is there already");
    assert_eq!(edits("0.57 }", ["0.77 }", "0.78 }", "1e20 }"]), 2);
    assert_eq!(edits("0.54;", ["0.74;", "0.75;", "0.00;"]), 1);
    // It is computed with, its function stands inside of another one, or it is an integer.
    assert_eq!(edits("0.62 *", ["0.82 *", "0.83 *", "0.84 *"]), 0);
    assert_eq!(edits("0.63;", ["0.93;", "0.94;", "0.95;"]), 0);
    assert_eq!(edits("x * 0.31", ["x * 0.32", "x * 0.33", "x * 0.34"]), 0);
    assert_eq!(edits("* 71", ["* 73", "* 74", "* 75"]), 0);
    // Two at once, which take turns and become one.
    let before = session.written();
    for (a, b) in [("81", "82"), ("83", "84"), ("84", "83"), ("86", "87"), ("85", "85")] {
        session
            .change(&FLOATS.replace("0.55", &format!("0.{a}")).replace("0.56", &format!("0.{b}")));
        session.check();
    }
    assert_eq!(session.written() - before, 1);
}
