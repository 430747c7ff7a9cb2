//! Edits as data: each file below `tests/cases/edits` is one edit of a live file, and what is expected of it.
//!
//! A case is a file `<area>/<name>.rs`: the text before, a line `//# after`, the text after. Further
//! `//# after` are further edits. Lines that start with `//# ` are directives for the text around them:
//!
//! ```text
//! //# expect: live                     the code changed; `live, changed f g, added h, removed i` names some
//! //# expect: migrated                 the type of the closure's state changed
//! //# expect: unchanged                the code that runs is that of this text already
//! //# expect: refused: live.rs:3       what was live stays; the rest is part of the message
//! //# state: phase: kept               a field's line in the report, and a word of what became of it
//! //# static: COUNT: keeps             a static's line in the report
//! //# carries: COUNT                   results depend on values that edits keep: no comparison with a fresh program
//! //# probe: 0 1 2 5                   what `probe` gives for 0, 1, 2 and 5
//! //# flight: old                      what `flight` gives that was called with 5 before this edit and waits at
//!                                      its gate meanwhile: old, as before the edit, or a number
//! //# step: 3 4                        what two calls of the closure of `step` write for 1 and 2
//! //# file: notes.rs                   what follows is a file beside the live one
//! ```
//!
//! Entry points are `pub fn probe(x: i64) -> i64`, `pub fn flight(gate: *mut u32, x: i64) -> i64`, which calls
//! `host::hold(gate)` when it should wait, and `pub fn step(state: &mut State, io: &mut Io)`. Where they
//! are missing and there are `make(x)` and `fold(made)`, `probe` is `fold(make(x))` and `flight` waits
//! between the two: a value made by old code meets `fold` after the edit.
//!
//! What holds for each edit, beside what it expects: the call in flight ends in the old code where a
//! type changed; old and new handles give the same; a program that opens with the text after gives the same;
//! undo gives what was before, redo what was after; a refused edit changes nothing.
//!
//! `SEGUE_UPDATE_CASES=1 cargo test --test edits` writes what was found into the files, except what an edit
//! ends as. Look at each before you commit it. `SEGUE_CASE=part/of/a/path` runs only some.
//!
//! With `SEGUE_COMPILER=rustc-function` edits are compiled one function at a time where that can be. Then the call in
//! flight may end in old code where it meets new one otherwise, since its callers change too.
//!
//! On top, edits are made up from a small grammar (`generated.rs`); the same holds for them.
//!
//! Each area runs in a process of its own, so that a crash is the failure of one case, by name.

mod area;
mod case;
mod check;
mod generated;
#[allow(
    dead_code,
    unreachable_pub,
    reason = "live files call the gate, and see what is public; the host does not"
)]
#[path = "host.rs"]
mod host;
mod program;

/// A test per folder of the corpus.
macro_rules! areas {
    ($($area:ident),* $(,)?) => {
        $(#[test]
        fn $area() {
            area::run(stringify!($area));
        })*

        #[test]
        fn every_area_has_its_test() {
            assert_eq!(case::areas(), [$(stringify!($area)),*], "sorted names of the folders");
        }
    };
}

areas!(
    aliases,
    attributes,
    closures,
    consts,
    enums,
    fields,
    files,
    generics,
    impls,
    layout,
    macros,
    modules,
    nested,
    panics,
    pointers,
    refused,
    signatures,
    states,
    statics,
    thread_locals,
    traits,
);

#[test]
fn generated() {
    area::run(area::GENERATED);
}

/// Not a test: the process in which [`area::run`] runs an area.
#[test]
fn in_a_process_of_its_own() {
    area::child();
}
