//! Edits that are compiled one function at a time: callers see them whatever was inlined, values stay,
//! and panics name the line of today.

use std::{
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use segue::{
    Event, Participant, Program,
    runtime::compiler::{self, Cancel, Compiled, Compiler, Rustc, RustcFunction, Source},
};

use crate::song::{Song, wait_for};

/// The compiler of one program, which starts every compile when the last one's background work is done.
#[derive(Clone)]
struct Settled {
    compiler: Arc<RustcFunction>,
    /// Whether the last compile was one of single functions.
    was_alone: Arc<AtomicBool>,
}

impl Compiler for Settled {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, compiler::Error> {
        self.compiler.settle();
        let compiled = self.compiler.compile(source, cancel)?;
        self.was_alone.store(!compiled.is_final, Ordering::Relaxed);
        Ok(compiled)
    }

    fn compile_optimised(
        &self,
        source: &Source,
        cancel: &Cancel,
    ) -> Result<Compiled, compiler::Error> {
        self.compiler.compile_optimised(source, cancel)
    }
}

struct Session {
    program: Program,
    settled: Settled,
    me: Participant,
    text: String,
}

impl Session {
    fn new(song: &Song) -> Session {
        Session::with(song, None)
    }

    fn with(song: &Song, prelude: Option<PathBuf>) -> Session {
        let rustc = Rustc::find().expect("rustc is on the machine");
        let compiler = Arc::new(RustcFunction::new(rustc));
        let settled = Settled { compiler, was_alone: Arc::default() };
        let mut builder = Program::builder(song.path()).compiler(settled.clone()).watch(false);
        if let Some(prelude) = prelude {
            builder = builder.support("prelude", prelude);
        }
        let program = builder.open().expect("the song opens");
        let me = program.participant();
        let text = std::fs::read_to_string(song.path()).expect("the song is there");
        Session { program, settled, me, text }
    }

    /// Replaces `old`, which must be there, and says whether that was compiled alone.
    fn edit(&mut self, old: &str, new: &str) -> bool {
        assert!(self.text.contains(old), "{old} is in the text");
        self.text = self.text.replacen(old, new, 1);
        self.program.apply(&self.text).expect("the edit goes live");
        self.settled.was_alone.load(Ordering::Relaxed)
    }

    fn call(&self, function: &str, x: i64) -> i64 {
        let bound = self.program.bind::<fn(i64) -> i64>(function).expect("a handle");
        bound.pin(&self.me).call(x)
    }

    /// The place at which `function` panics, as `line:column`.
    fn place_of_panic(&self, function: &str, x: i64) -> String {
        static PLACE: Mutex<String> = Mutex::new(String::new());
        let bound = self.program.bind::<fn(i64) -> i64>(function).expect("a handle");
        let before = panic::take_hook();
        panic::set_hook(Box::new(|info| {
            let place = info.location().map(|it| format!("{}:{}", it.line(), it.column()));
            *PLACE.lock().expect("nobody panicked here") = place.unwrap_or_default();
        }));
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| bound.pin(&self.me).call(x)));
        panic::set_hook(before);
        assert!(outcome.is_err(), "{function}({x}) panics");
        PLACE.lock().expect("nobody panicked here").clone()
    }

    /// Where `token` stands in the text of today, as `line:column`.
    fn place_of(&self, token: &str) -> String {
        let at = self.text.find(token).expect("the token is in the text");
        let before = &self.text[..at];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{line}:{column}")
    }

    /// `probe` gives what it gives in a program that starts with the text of today.
    fn agrees(&self) {
        let song = Song::new(&self.text);
        let program = Program::builder(song.path()).watch(false).open().expect("the text opens");
        let me = program.participant();
        let fresh = program.bind::<fn(i64) -> i64>("probe").expect("a handle");
        for x in [0, 1, 5, -7] {
            assert_eq!(self.call("probe", x), fresh.pin(&me).call(x), "{}, {x}", self.text);
        }
    }
}

/// Small enough that rustc puts all of it into `probe`.
const NESTED: &str = "\
use std::ops::{Add, Deref};
use std::sync::atomic::{AtomicI64, Ordering};

static CALLS: AtomicI64 = AtomicI64::new(0);

#[derive(Clone, Copy)]
pub struct Voice { level: i64 }

fn leaf(x: i64) -> i64 { x + 1 }

fn middle(x: i64) -> i64 { leaf(x) * 10 }

impl Voice {
    fn tick(&self) -> i64 { middle(self.level) }
    fn by_closure(&self) -> i64 { (0..3).map(|i| leaf(i + self.level)).sum() }
}

impl Add for Voice {
    type Output = Voice;
    fn add(self, other: Voice) -> Voice { Voice { level: self.level + other.level } }
}

struct Holder(Voice);

impl Deref for Holder {
    type Target = Voice;
    fn deref(&self) -> &Voice { &self.0 }
}

struct Bell<'a>(&'a mut i64);

impl Drop for Bell<'_> {
    fn drop(&mut self) { *self.0 += 1000; }
}

mod voices {
    pub(super) fn octave(x: i64) -> i64 { x * 2 }
    pub mod deep {
        pub fn fifth(x: i64) -> i64 { super::octave(x) * 3 / 2 }
    }
}

fn twice<T: Copy + Add<Output = T>>(x: T) -> T { x + x }

fn generic_caller(x: i64) -> i64 { twice(Voice { level: x }).level + apply(leaf, x) }

fn apply<F: Fn(i64) -> i64>(f: F, x: i64) -> i64 { f(x) }

const TABLE: [fn(i64) -> i64; 2] = [leaf, middle];

macro_rules! squared { ($x:expr) => { leaf($x) * leaf($x) } }

pub fn probe(x: i64) -> i64 {
    CALLS.fetch_add(1, Ordering::Relaxed);
    let mut bells = 0;
    drop(Bell(&mut bells));
    let sum = Voice { level: x } + Voice { level: 1 };
    let held = Holder(sum);
    sum.tick() + sum.by_closure() + held.level + bells + voices::deep::fifth(x)
        + generic_caller(x) + TABLE[(x & 1) as usize](x) + squared!(x)
}

pub fn calls(_: i64) -> i64 { CALLS.load(Ordering::Relaxed) }
";

#[test]
fn an_edit_reaches_everybody_who_had_the_function_inlined() {
    let song = Song::new(NESTED);
    let mut session = Session::new(&song);
    let edits = [
        ("{ x + 1 }", "{ x + 2 }"),
        ("{ leaf(x) * 10 }", "{ leaf(x) * 100 + 1 }"),
        ("level: self.level + other.level", "level: self.level - other.level"),
        (
            "{ &self.0 }",
            "{ static OTHER: Voice = Voice { level: 77 }; if self.0.level > 3 { &self.0 } else { &OTHER } }",
        ),
        ("+= 1000", "+= 5000"),
        ("leaf(i + self.level)", "leaf(i * self.level)"),
        ("{ x + 2 }", "{ x - 2 }"),
        ("apply(leaf, x)", "apply(|y| leaf(y) + middle(y), x)"),
        ("{ x - 2 }", "{ x + 1 }"),
    ];
    for (old, new) in edits {
        assert!(session.edit(old, new), "{old} is compiled alone");
        session.agrees();
    }
    assert_eq!(session.call("calls", 0), edits.len() as i64 * 4, "the static kept its value");
}

#[test]
fn an_edit_of_a_function_of_the_prelude_reaches_the_song() {
    let song = Song::new("use prelude::shape; pub fn probe(x: i64) -> i64 { shape(x) + 1 }\n");
    let prelude = song.sibling("prelude.rs");
    let text = "pub fn shape(x: i64) -> i64 { step(x) * 2 }\nfn step(x: i64) -> i64 { x + 1 }\n";
    std::fs::write(&prelude, text).expect("the folder can be written");
    let mut session = Session::with(&song, Some(prelude.clone()));
    assert_eq!(session.call("probe", 3), 9);
    std::fs::write(&prelude, text.replace("x + 1", "x + 5")).expect("the folder can be written");
    assert!(session.edit("+ 1", "+ 2"), "both are compiled alone");
    assert_eq!(session.call("probe", 3), 18);
}

#[test]
fn statics_inside_of_an_edited_function_keep_their_values() {
    let song = Song::new(
        "use std::sync::atomic::{AtomicI64, Ordering};
pub fn probe(x: i64) -> i64 {
    static CALLS: AtomicI64 = AtomicI64::new(0);
    CALLS.fetch_add(1, Ordering::Relaxed) * 10 + x
}
",
    );
    let mut session = Session::new(&song);
    assert_eq!((session.call("probe", 0), session.call("probe", 0)), (0, 10));
    assert!(session.edit("* 10", "* 100"));
    assert_eq!(session.call("probe", 0), 200);
    assert!(session.edit("+ x", "+ x * 2"));
    assert_eq!(session.call("probe", 1), 302);
}

#[test]
fn variables_that_nobody_else_sees_are_the_same_for_everybody() {
    let song = Song::new(
        "use std::cell::Cell;
thread_local! { static LAST: Cell<i64> = const { Cell::new(5) }; }
thread_local! { static LAZY: Cell<i64> = Cell::new(start()); }
fn start() -> i64 { 100 }
mod hidden {
    use std::sync::atomic::{AtomicI64, Ordering};
    static COUNT: AtomicI64 = AtomicI64::new(0);
    pub fn next() -> i64 { COUNT.fetch_add(1, Ordering::Relaxed) }
    pub fn now() -> i64 { let before = COUNT.load(Ordering::Relaxed); next(); before * 10 + COUNT.load(Ordering::Relaxed) }
}
fn set(x: i64) { LAST.set(x); LAZY.set(LAZY.get() + x); }
pub fn probe(x: i64) -> i64 {
    LAST.set(1);
    set(x);
    LAST.get() + LAZY.get() * 1000 + hidden::now() * 1_000_000
}
",
    );
    let mut session = Session::new(&song);
    assert_eq!(session.call("probe", 7), 1_107_007);
    assert!(session.edit("LAST.get() +", "LAST.get() * 2 +"));
    assert_eq!(session.call("probe", 7), 12_114_014);
    assert!(session.edit("LAST.set(x);", "LAST.set(x + 1);"));
    assert_eq!(session.call("probe", 7), 23_121_016);
    session.edit("before * 10", "before * 100");
    assert_eq!(session.call("probe", 7), 304_128_016);
}

const PANICS: &str = "\
fn early(list: &[i64], x: i64) -> i64 { list[x as usize] }

// A comment.
pub fn probe(x: i64) -> i64 {
    let list = [1, 2, 3];
    early(&list, x)
}

fn generic<T>(list: &[T], x: usize) -> &T { &list[x + 1] }

pub fn late(x: i64) -> i64 {
    *generic(&[1, 2], x as usize)
}

pub fn last(x: i64) -> i64 { let none: Option<i64> = None; none.unwrap() + x }
";

#[test]
fn panics_name_the_line_and_column_of_today() {
    let song = Song::new(PANICS);
    let mut session = Session::new(&song);
    let check = |session: &Session| {
        assert_eq!(session.place_of_panic("probe", 7), session.place_of("list[x as"));
        assert_eq!(session.place_of_panic("late", 7), session.place_of("list[x + 1"));
        assert_eq!(session.place_of_panic("last", 7), session.place_of("unwrap"));
    };
    check(&session);
    // Each moves what stands below it, or beside it.
    assert!(session.edit("list[x as usize] }", "if x < 0 { return 0; }\n\n    list[x as usize] }"));
    check(&session);
    assert!(session.edit("    let list = [1, 2, 3];", "    // More.\n\n    let list = [1, 2, 4];"));
    check(&session);
    assert!(session.edit("none.unwrap() + x", "/* moved */ none.unwrap() + x + 1"));
    check(&session);
    session.edit("// A comment.", "// A comment\n// of three\n// lines.");
    check(&session);
    assert!(session.edit("x as usize)\n", "1 + x as usize)\n"));
    check(&session);
}

#[test]
fn the_optimised_tier_gives_the_same_and_later_edits_build_on_it() {
    let song = Song::new(NESTED);
    let mut session = Session::new(&song);
    assert!(session.edit("{ x + 1 }", "{ x + 2 }"));
    let source =
        Source { path: song.path(), text: session.text.as_str().into(), support: Vec::new() };
    let whole =
        session.settled.compile_optimised(&source, &Cancel::default()).expect("it compiles");
    assert!(whole.is_final, "there is nothing after it");
    assert!(
        session.edit("{ leaf(x) * 10 }", "{ leaf(x) * 11 }"),
        "no second wait for the background"
    );
    session.agrees();
}

#[test]
fn what_cannot_be_compiled_alone_is_compiled_as_a_whole() {
    let song = Song::new(NESTED);
    let mut session = Session::new(&song);
    let edits = [
        ("{ x + x }", "{ x + x + x }"),
        ("[leaf, middle]", "[middle, leaf]"),
        ("level: i64 }\n", "level: i64, }\n\npub struct More;\n"),
        ("{ x * 2 }", "{ x * 4 }"),
        ("leaf($x) * leaf($x)", "leaf($x) + leaf($x)"),
    ];
    for (old, new) in edits {
        session.edit(old, new);
        session.agrees();
    }
    assert!(session.edit("{ x + 1 }", "{ x + 3 }"), "after all of these");
    session.agrees();
}

#[test]
fn a_rejected_edit_is_told_as_the_whole_file_tells_it() {
    let song = Song::new(NESTED);
    let session = Session::new(&song);
    for (old, new, line) in [
        ("{ leaf(x) * 10 }", "{ leaf(\"x\") * 10 }", 11),
        ("middle(self.level) }", "let a = &mut self.level; *a = 1; 2 }", 14),
        ("{ x * 2 }", "{ x * }", 37),
    ] {
        let text = session.text.replacen(old, new, 1);
        assert_ne!(text, session.text, "{old}");
        let error = session.program.apply(&text).expect_err("rustc rejects it");
        let told = error.diagnostics().iter().find(|it| it.is_error()).expect("an error");
        assert_eq!((told.file.as_path(), told.line), (song.path().as_path(), line), "{told}");
        assert!(
            told.rendered.contains(new.trim_end_matches(" }").trim_start_matches("{ ")),
            "{}",
            told.rendered
        );
    }
    session.agrees();
}

#[test]
fn the_songs_of_the_demo_are_edited_one_function_at_a_time() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("audio-demo");
    let text = std::fs::read_to_string(folder.join("songs/first.rs")).expect("the song is there");
    let song = Song::new(&text);
    let mut session = Session::with(&song, Some(folder.join("prelude/mod.rs")));
    assert!(session.edit("let plucks = plucks * 0.34;", "let plucks = plucks * 0.35;"));
}

/// To the unit of `probe`, `up` has a body that writes nothing: its caller must not rely on that.
#[test]
fn a_function_does_not_know_which_memory_another_writes() {
    let song = Song::new(
        "struct Counter { n: i64 }
impl Counter {
    fn up(&mut self, by: i64) { self.n += by; }
    fn end(self) -> i64 { self.n * 2 }
}
pub fn probe(x: i64) -> i64 {
    let mut counter = Counter { n: 5 };
    counter.up(x);
    counter.end() + 0
}
",
    );
    let mut session = Session::new(&song);
    assert!(session.edit("+ 0", "+ 1"), "it is compiled alone");
    assert_eq!(session.call("probe", 10), 31);
    session.agrees();
}

/// `round` is too large to be inlined where others could call it.
const ROOTS: &str = "\
use std::cell::Cell;
use std::sync::atomic::{AtomicI64, Ordering};

static CALLS: AtomicI64 = AtomicI64::new(0);
thread_local! { static LAST: Cell<i64> = const { Cell::new(0) }; }

macro_rules! rounds {
    ($x:ident $($n:literal)*) => { $( $x = ($x ^ $n).rotate_left($n).wrapping_mul(SCALE[($x & 3) as usize]); )* };
}

static SCALE: [i64; 4] = [3, 5, 7, 9];

fn round(x: i64, shape: &dyn Fn(i64) -> i64, list: &[i64]) -> i64 {
    static OWN: AtomicI64 = AtomicI64::new(0);
    CALLS.fetch_add(1, Ordering::Relaxed);
    OWN.fetch_add(100, Ordering::Relaxed);
    LAST.set(LAST.get() + 10_000);
    let mut x = shape(x);
    rounds!(x 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40);
    x % 1000 + list[4] + OWN.load(Ordering::Relaxed)
}

fn middle(x: i64, list: &[i64]) -> i64 { round(x, &|x| x * 2, list) }

pub fn calls(_: i64) -> i64 { CALLS.load(Ordering::Relaxed) + LAST.get() }
pub fn probe(x: i64) -> i64 { middle(x, &[x; 9]).rem_euclid(100) }
pub fn short(x: i64) -> i64 { middle(x, &[1, 2, 3]) }
pub fn down(x: i64) -> i64 { if x > 0 { up(x - 1) } else { 0 } }
pub fn up(x: i64) -> i64 { if x > 0 { down(x - 2) + 1 } else { 1 } }
";

#[test]
fn roots_have_inlined_what_a_program_would_and_edits_reach_them() {
    let song = Song::new(ROOTS);
    let mut session = Session::new(&song);
    let mut calls = 0;
    let edits = [
        ("shape(x);", "shape(x + 1);"),
        ("round(x, &|x| x * 2, list)", "round(x, &|x| x * 3, list) + 1"),
        ("list[4]", "(list[4] ^ 6)"),
        ("&[x; 9]", "&[x; 10]"),
        ("if x > 0 { up(x - 1) }", "if x > 1 { up(x - 1) }"),
    ];
    for (old, new) in edits {
        assert!(session.edit(old, new), "{old} is compiled alone");
        wait_for(&session.program, |event| matches!(event, Event::Optimised(_)));
        session.agrees();
        calls += 4;
        // The same counters, whichever of its bodies counted.
        assert_eq!(session.call("calls", 0), calls * 10_001, "{new}");
        assert_eq!(session.place_of_panic("short", 1), session.place_of("list[4]"));
        calls += 1;
    }
}
