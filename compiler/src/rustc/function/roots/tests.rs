//! Which functions are no roots, and what roots have inlined.

use std::collections::BTreeSet;

use super::*;
use crate::rustc::tests::Files;
use crate::{Compiled, Compiler, RustcFunction};

/// `round` is too large to be inlined where others could call it.
const SONG: &str = "\
use std::sync::atomic::{AtomicI64, Ordering};

static CALLS: AtomicI64 = AtomicI64::new(0);

macro_rules! rounds {
    ($x:ident $list:ident $($n:literal)*) => { $( $x = ($x ^ $n).rotate_left($n) + $list[($x & 15) as usize]; )* };
}

fn round(x: i64, list: &[i64]) -> i64 {
    CALLS.fetch_add(1, Ordering::Relaxed);
    let mut x = x;
    rounds!(x list 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40);
    x
}

#[inline(never)]
fn step(x: i64) -> i64 { x * 3 }

pub fn run(x: i64) -> i64 { round(x, &[x; 9]) + step(x) }
pub fn also(x: i64) -> i64 { step(x) }

#[inline(never)]
pub fn down(x: i64) -> i64 { if x > 0 { up(x - 1) } else { 0 } }
#[inline(never)]
pub fn up(x: i64) -> i64 { if x > 0 { down(x - 2) + 1 } else { 1 } }
";

struct Session {
    files: Files,
    compiler: RustcFunction,
}

impl Session {
    fn new() -> Session {
        let files = Files::new(&[("song.rs", SONG)]);
        Session { files, compiler: RustcFunction::new(Rustc::find().unwrap()) }
    }

    fn source(&self, text: &str) -> Source {
        let path = self.files.path("song.rs");
        Source { path, text: text.into(), support: Vec::new() }
    }

    fn part(compiled: &Compiled) -> Part {
        Part::with_names(compiled.object.clone(), &|name| is_live(name, "song")).unwrap()
    }
}

/// The functions that the code of `name` calls, as people write them.
fn callees(part: &Part, name: &str) -> BTreeSet<String> {
    let (_, edges) = part.all_edges().find(|(other, _)| *other == name).unwrap();
    edges.by_code.iter().map(|name| function_path(name)).collect()
}

#[test]
fn a_function_that_another_one_calls_is_no_root() {
    let session = Session::new();
    let whole = session.compiler.compile(&session.source(SONG), &Cancel::default()).unwrap();
    let part = Session::part(&whole);
    let paths: BTreeSet<String> = called(&part, "song").into_iter().map(function_path).collect();
    // Of `down` and `up`, which call each other, each may be where it begins.
    assert_eq!(Vec::from_iter(paths), ["round", "step"]);
}

#[test]
fn a_root_has_inlined_what_it_alone_calls_until_that_is_edited() {
    let session = Session::new();
    let (source, cancel) = (session.source(SONG), Cancel::default());
    let whole = session.compiler.compile(&source, &cancel).unwrap();
    assert!(callees(&Session::part(&whole), "__segue_fn_run").contains("round"));

    let optimised = session.compiler.compile_optimised(&source, &cancel).unwrap();
    let part = Session::part(&optimised);
    let inlined = callees(&part, "__segue_fn_run");
    let calls = |name: &str| inlined.contains(name);
    assert_eq!([calls("run"), calls("round"), calls("step")], [false, false, true], "{inlined:?}");
    // Who else may be called is there as before, and there is one of each.
    let functions = |part: &Part| -> BTreeSet<String> {
        let is_own = |name: &&String| is_live(name, "song") && is_function(part, name);
        let names = part.named.keys().filter(is_own);
        names.map(|name| function_path(name)).collect()
    };
    assert_eq!(functions(&part), functions(&Session::part(&whole)));
    let counters = part.symbols.iter().filter(|it| it.name.ends_with("5CALLS"));
    assert_eq!(counters.count(), 1, "everybody counts with the same counter");

    session.compiler.settle();
    let edited = SONG.replace("1 2 3 4", "4 3 2 1");
    let edited = session.compiler.compile(&session.source(&edited), &cancel).unwrap();
    let rest = edited.rest.as_ref().unwrap();
    assert!(Arc::ptr_eq(rest, &optimised.object), "everything else is as it was");
    let part = Session::part(&edited);
    assert!(callees(&part, "__segue_fn_run").contains("run"), "the root has let go of it");
    let own = functions(&part);
    assert_eq!(Vec::from_iter(own), ["round", "run"]);
}

#[test]
fn where_nobody_is_called_there_is_nothing_to_gain() {
    let session = Session::new();
    let source = session.source("pub fn run(x: i64) -> i64 { x + 1 }\n");
    let (rustc, cancel) = (Rustc::find().unwrap(), Cancel::default());
    let tree = Tree::read(&source).unwrap();
    let whole = rustc.compile(&source, &cancel).unwrap().object;
    let made = compile(&rustc, &source, &tree, &whole, &Exclusions::new(), &cancel);
    assert!(made.unwrap().is_none());
    cancel.cancel();
    let source = session.source(SONG);
    let tree = Tree::read(&source).unwrap();
    let whole = rustc.compile(&source, &Cancel::default()).unwrap().object;
    let given_up = compile(&rustc, &source, &tree, &whole, &Exclusions::new(), &cancel);
    assert!(matches!(given_up.unwrap_err().kind(), ErrorKind::Cancelled));
}
