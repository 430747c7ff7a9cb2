//! `fn migrate(old: &Old) -> State`: when it is used, when not and why, and what happens when it panics.

use segue::Event;

use crate::{
    carried::{Shown, lines, whole},
    song::wait_for,
};

const BEFORE: &str = "
#[derive(Debug, Default)] pub struct State { notes: Vec<Note>, gain: f32 }
#[derive(Debug, Default)] struct Note { pitch: u8 }
fn step(state: &mut State) { state.notes.push(Note { pitch: 60 }); state.gain += 0.5; }
";

const AFTER: &str = "
#[derive(Debug, Default)] pub struct State { notes: Vec<Note>, gain: f64, was: usize }
#[derive(Debug, Default)] struct Note { hertz: f32, pitch: u8 }
pub struct Old { notes: Vec<OldNote>, gain: f32 }
struct OldNote { pitch: u8 }
fn migrate(old: &Old) -> State {
    let notes = old.notes.iter().map(|note| Note { hertz: 2.0 * f32::from(note.pitch), pitch: note.pitch });
    State { notes: notes.collect(), gain: f64::from(old.gain), was: old.notes.len() }
}
fn step(_: &mut State) {}
";

#[test]
fn migrate_makes_the_new_state_from_the_old_one() {
    let mut shown = Shown::new(BEFORE);
    shown.show();
    shown.show();
    let report = shown.apply(AFTER);
    assert_eq!(
        lines(&report),
        ["notes: made by `migrate`", "gain: made by `migrate`", "was: made by `migrate`"]
    );
    let migrated = "State { notes: [Note { hertz: 120.0, pitch: 60 }, Note { hertz: 120.0, pitch: 60 }], \
                    gain: 1.0, was: 2 }";
    assert_eq!(shown.show(), migrated);
    // The text still holds `migrate`; it is for another state than the one that is live now.
    let report = shown.apply(
        &AFTER.replace("fn step(_: &mut State) {}", "fn step(s: &mut State) { s.was += 1; }"),
    );
    assert_eq!(lines(&report), [""; 0]);
    assert_eq!(shown.show(), migrated.replace("was: 2", "was: 3"));
    // The way back has no `migrate`: field by field.
    shown.program.undo().expect("there is a generation before");
    let report = shown.program.undo().expect("there is a generation before");
    assert_eq!(report.state.len(), 3, "{:?}", report.state);
    assert_eq!(shown.show(), "State { notes: [Note { pitch: 60 }], gain: 0.5 }");
    // And forth again, `migrate` is used again.
    let report = shown.program.redo().expect("there is a generation after");
    assert_eq!(lines(&report)[0], "notes: made by `migrate`");
    assert_eq!(
        shown.show(),
        "State { notes: [Note { hertz: 120.0, pitch: 60 }], gain: 0.5, was: 1 }"
    );
}

#[test]
fn a_migrate_for_another_state_is_not_used_and_the_report_says_why() {
    for (edit, to, why) in [
        (
            "pub struct Old { notes: Vec<OldNote>, gain: f32 }",
            "pub struct Old { notes: Vec<OldNote>, gain: f64 }",
            "`Old` is not what is live: there `gain` is `f32`, here `f64`",
        ),
        (
            "pub struct Old { notes: Vec<OldNote>, gain: f32 }",
            "pub struct Old { gain: f32, notes: Vec<OldNote> }",
            "`Old` is not what is live: its fields stand in another order",
        ),
        (
            "pub struct Old { notes: Vec<OldNote>, gain: f32 }",
            "pub struct Old { notes: Vec<OldNote>, gain: f32, x: u8 }",
            "`Old` is not what is live: nothing live is `x: u8`",
        ),
        (
            "pub struct Old { notes",
            "#[repr(C)] pub struct Old { notes",
            "`Old` is not what is live: its variants or its representation are others",
        ),
        (
            "struct OldNote { pitch: u8 }",
            "struct OldNote { pitch: u8, x: () }",
            "`Old` is not what is live: there `notes` is `Vec<Note>`, here `Vec<OldNote>`",
        ),
    ] {
        let after = AFTER.replace(edit, to);
        assert_ne!(after, AFTER);
        let mut shown = Shown::new(BEFORE);
        shown.show();
        let report = shown.apply(&after.replace("as_f64(old.gain)", "0.0"));
        let told = lines(&report);
        assert_eq!(
            told.last().map(String::as_str),
            Some(&*format!("`migrate` was not used: {why}"))
        );
        assert_eq!(told[1], "gain: f32 widened to f64");
        assert_eq!(shown.show(), "State { notes: [], gain: 0.5, was: 0 }");
    }
}

#[test]
fn a_migrate_that_panics_leaves_the_old_state_and_the_old_code() {
    let mut shown = Shown::new(BEFORE);
    shown.show();
    let panics =
        AFTER.replace("let notes", "if old.notes.len() == 1 { panic!(\"one note\") } let notes");
    let report = shown.apply(&panics);
    let before = shown.show();
    assert_eq!(before, "State { notes: [Note { pitch: 60 }, Note { pitch: 60 }], gain: 1.0 }");
    assert_eq!(shown.closure.generation(), 1);
    let event = wait_for(&shown.program, |event| matches!(event, Event::Fault(_)));
    let Event::Fault(fault) = event else { return };
    assert_eq!((fault.closure.as_str(), fault.message.as_str()), ("migrate", "one note"));
    assert_eq!((fault.generation, fault.back_to), (report.generation, Some(1)));
    let line =
        whole(&panics).lines().position(|line| line.contains("one note")).expect("it is there");
    assert_eq!(fault.line as usize, line + 1);
    // The next edit finds the program as it was; now there are three notes.
    shown.apply(&panics.replace("one note", "1 note"));
    assert_eq!(
        shown.show(),
        "State { notes: [Note { hertz: 120.0, pitch: 60 }, Note { hertz: 120.0, pitch: 60 }], gain: 1.0, was: 2 }"
    );
}

#[test]
fn new_code_that_panics_after_migrate_gives_the_old_state_back() {
    let mut shown = Shown::new(BEFORE);
    shown.show();
    shown.apply(&AFTER.replace(
        "fn step(_: &mut State) {}",
        "fn step(s: &mut State) { s.notes.clear(); panic!(\"new\") }",
    ));
    assert_eq!(
        shown.show(),
        "State { notes: [Note { pitch: 60 }, Note { pitch: 60 }], gain: 1.0 }"
    );
    let event = wait_for(&shown.program, |event| matches!(event, Event::Fault(_)));
    assert!(event.to_string().starts_with("`process` panicked"), "{event}");
}

#[test]
fn a_default_that_panics_refuses_the_edit() {
    let mut shown = Shown::new(BEFORE);
    shown.show();
    for default in [
        "#[derive(Debug)] pub struct State { gain: f32 }
         impl Default for State { fn default() -> State { panic!(\"no default\") } }",
        "#[derive(Debug, Default)] pub struct State { gain: f32, x: Option<X> }
         #[derive(Debug)] struct X { y: u8, z: u8 }
         impl Default for X { fn default() -> X { panic!(\"no default\") } }",
    ] {
        let text = format!("{default} fn step(_: &mut State) {{}}");
        if default.contains("Option") {
            let before = "#[derive(Debug, Default)] pub struct State { x: Option<X> }
                          #[derive(Debug, Default)] struct X { y: u8 }
                          fn step(_: &mut State) {}";
            shown = Shown::new(before);
        }
        let first = shown.show();
        let error = shown.program.apply(&whole(&text)).expect_err("its default panics");
        assert!(error.to_string().contains("no default"), "{error}");
        let again = shown.show();
        assert_eq!(shown.closure.generation(), 1, "{first} {again}");
    }
}
