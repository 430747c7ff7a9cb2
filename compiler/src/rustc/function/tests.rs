//! Whole sessions: what is compiled alone, what the object then says, and what is said where that cannot be.

use std::collections::BTreeSet;

use object::{Object, ObjectSymbol};

use super::*;
use crate::function_path;
use crate::rustc::tests::Files;

const SONG: &str = "\
use std::sync::atomic::{AtomicU32, Ordering};

static COUNT: AtomicU32 = AtomicU32::new(0);

pub struct Voice { level: f32 }

impl Voice {
    fn tick(&mut self) -> f32 {
        self.level = half(self.level);
        self.level
    }
}

fn half(x: f32) -> f32 { x * 0.5 }

pub fn process(x: f32, list: &[f32]) -> f32 {
    COUNT.fetch_add(1, Ordering::Relaxed);
    let mut voice = Voice { level: x };
    voice.tick() + list[3]
}
";

struct Session {
    files: Files,
    compiler: RustcFunction,
}

impl Session {
    /// With `text` compiled, and everything that follows from that.
    fn new(text: &str) -> Session {
        let session = Session {
            files: Files::new(&[("song.rs", text)]),
            compiler: RustcFunction::new(Rustc::find().unwrap()),
        };
        assert!(session.compile(text).unwrap().is_final, "the first one is the whole file");
        session
    }

    /// The text it began with.
    fn source(&self) -> Source {
        self.files.source("song.rs")
    }

    fn compile(&self, text: &str) -> Result<Compiled, Error> {
        let source = Source { text: text.into(), ..self.source() };
        let compiled = self.compiler.compile(&source, &Cancel::default());
        self.compiler.settle();
        compiled
    }
}

/// The functions of the source that `object` defines for others, as people write them.
fn defined(object: &[u8], interface: &Interface) -> BTreeSet<String> {
    let object = object::File::parse(object).unwrap();
    let own = object.symbols().filter(|it| it.is_definition() && it.is_global());
    let names = own.map(|symbol| symbol.name().unwrap().to_owned());
    names
        .filter(|name| interface.is_live(name) && !name.starts_with("__segue"))
        .map(|name| function_path(&name))
        .collect()
}

fn functions(compiled: &Compiled) -> Vec<String> {
    let mut names = defined(&compiled.object, &compiled.interface);
    if let Some(rest) = &compiled.rest {
        names.extend(defined(rest, &compiled.interface));
    }
    names.into_iter().collect()
}

fn notices(compiled: &Compiled) -> Vec<&str> {
    let notes = compiled.warnings.iter().filter(|it| it.level == Level::Note);
    notes.map(|note| note.message.as_str()).collect()
}

#[test]
fn an_edited_body_is_compiled_alone_into_a_whole_object() {
    let session = Session::new(SONG);
    let compiled = session.compile(&SONG.replace("x * 0.5", "x * 0.25")).unwrap();
    assert!(!compiled.is_final);
    assert_eq!(functions(&compiled), ["Voice::tick", "half", "process"]);
    let object = object::File::parse(&*compiled.object).unwrap();
    let counters = object.symbols().filter(|it| it.name().unwrap().ends_with("5COUNT"));
    assert_eq!(counters.count(), 1, "everybody counts with the same counter");
    assert_eq!(compiled.interface.functions.len(), 2);
    assert!(compiled.warnings.is_empty(), "{:?}", compiled.warnings);
}

#[test]
fn going_back_gives_the_object_of_before() {
    let session = Session::new(SONG);
    let edited = session.compile(&SONG.replace("x * 0.5", "x * 0.25")).unwrap();
    let back = session.compile(SONG).unwrap();
    assert!(back.is_final, "nothing differs from the last compile of the whole file");
    assert_eq!(
        functions(&back),
        functions(&Rustc::find().unwrap().compile(&session.source(), &Cancel::default()).unwrap())
    );
    let again = session.compile(&SONG.replace("x * 0.5", "x * 0.25")).unwrap();
    assert_eq!(again.object, edited.object, "from what is remembered");
}

#[test]
fn an_edit_gives_what_differs_from_the_last_whole_object() {
    let text = format!("{SONG}\npub fn last(list: &[f32]) -> f32 {{ list[1] }}\n");
    let session = Session::new(&text);
    let whole = session.compiler.shared.lock().base.clone().unwrap().compiled.object.clone();
    let own = |text: &str| {
        let compiled = session.compile(text).unwrap();
        let is_whole = compiled.rest.as_ref().is_some_and(|rest| Arc::ptr_eq(rest, &whole));
        assert!(is_whole, "{text}");
        Vec::from_iter(defined(&compiled.object, &compiled.interface))
    };
    assert_eq!(own(&text.replace("list[1]", "list[2]")), ["last"]);
    // With those that had it inlined, and all that they call.
    let other = ["Voice::tick", "half", "process"];
    assert_eq!(own(&text.replace("x * 0.5", "x * 0.25")), other);
    // Another line, and `last` says which one it stands in.
    let moved = text.replace("    let mut voice", "\n\n    let mut voice");
    let compiled = session.compile(&moved).unwrap();
    let (is_final, notices) = (compiled.is_final, notices(&compiled));
    assert!(compiled.rest.is_none(), "a whole object: {is_final} {notices:?}");
}

#[test]
fn what_changes_the_frame_compiles_the_whole_file_without_a_word() {
    let session = Session::new(SONG);
    for (old, new) in [
        ("pub struct Voice { level: f32 }", "pub struct Voice { level: f32, more: f32 }"),
        ("-> f32 { x * 0.5", "-> f64 { x as f64 * 0.5"),
        ("static COUNT", "pub static COUNT"),
        ("fn half", "fn more() {}\nfn half"),
    ] {
        let text =
            SONG.replace(old, new).replace("Voice { level: x }", "Voice { level: x, ..todo() }");
        let text = text.replace("half(self.level)", "half(self.level) as f32");
        let text = format!("{text}\nfn todo() -> Voice {{ panic!() }}\n");
        let compiled = session.compile(&text).unwrap();
        assert!(compiled.is_final, "{new}");
        assert_eq!(notices(&compiled), [""; 0], "{new}");
    }
    let text = format!("{SONG}\nfn last() {{}}\n");
    assert!(session.compile(&text).unwrap().is_final);
    let compiled = session.compile(&text.replace("0.5", "0.75")).unwrap();
    assert!(!compiled.is_final, "alone again");
}

#[test]
fn what_cannot_be_compiled_alone_says_so_once() {
    let text = "\
thread_local! { static LAST: std::cell::Cell<f32> = const { std::cell::Cell::new(1.0) }; }
mod inner {
    #[inline(never)]
    pub(super) fn hidden(x: f32) -> f32 { x + 1.0 }
}
pub fn process(x: f32) -> f32 { LAST.with(|last| last.replace(x)) + inner::hidden(x) }
";
    let session = Session::new(text);
    let first = session.compile(&text.replace("replace(x)", "replace(x + 1.0)")).unwrap();
    assert!(!first.is_final && first.warnings.is_empty(), "{:?}", first.warnings);
    let third = session.compile(&text.replace("x + 1.0 }", "x + 2.0 }")).unwrap();
    assert!(third.is_final);
    let [notice] = &third.warnings[..] else { panic!("{:?}", third.warnings) };
    assert!(notice.message.contains("`inner::hidden`"), "{notice}");
    assert_eq!(notice.line, 4);
    let fourth = session.compile(&text.replace("x + 1.0 }", "x + 3.0 }")).unwrap();
    assert!(fourth.is_final && fourth.warnings.is_empty(), "{:?}", fourth.warnings);
}

#[test]
fn errors_are_those_of_the_whole_file() {
    let session = Session::new(SONG);
    let plain = Rustc::find().unwrap();
    for (old, new) in [
        ("x * 0.5", "x * \"a\""),
        ("self.level\n", "let a = &mut self.level; let b = &mut self.level; *a + *b\n"),
        ("x * 0.5", "x * "),
        ("x * 0.5", "x * missing(x)"),
        // What is not in a body.
        ("pub struct Voice { level: f32 }", "pub struct Voice { level: Missing }"),
        ("pub struct Voice { level: f32 }", "pub struct Voice { level: f32 "),
        ("pub fn process", "#![deny(unused_variables)] pub fn process"),
    ] {
        let text = SONG.replace(old, new);
        let source = Source { text: text.as_str().into(), ..session.source() };
        let (told, expected) =
            (session.compile(&text).unwrap_err(), plain.compile(&source, &Cancel::default()));
        let rejected = told.diagnostics().iter().find(|it| it.is_error());
        let place =
            rejected.map(|it| (it.line > 0, it.column > 0, it.rendered.contains("song.rs:")));
        assert_eq!(place, Some((true, true, true)), "{new}: {told}");
        assert_eq!(told.diagnostics(), expected.unwrap_err().diagnostics(), "{new}");
    }
    let compiled = session.compile(&SONG.replace("x * 0.5", "x * 0.75")).unwrap();
    assert!(!compiled.is_final, "as if nothing had been");
}

#[test]
fn warnings_of_an_edited_body_are_told_at_their_place() {
    let session = Session::new(SONG);
    let text = SONG
        .replace("    voice.tick() + list[3]", "    let unused = 1;\n    voice.tick() + list[3]");
    let compiled = session.compile(&text).unwrap();
    assert!(!compiled.is_final);
    let [warning] = &compiled.warnings[..] else { panic!("{:?}", compiled.warnings) };
    assert_eq!((warning.line, warning.column), (19, 9), "{warning}");
    assert_eq!(warning.file, session.files.path("song.rs"));
    assert!(warning.rendered.contains("song.rs:19:9"), "{}", warning.rendered);
    let again = session.compile(&text.replace("0.5", "0.25")).unwrap();
    assert_eq!(again.warnings.len(), 1, "it is still true: {:?}", again.warnings);
}

#[test]
fn a_denied_lint_is_asked_of_the_whole_file() {
    let text = format!("#![deny(unused_variables)]\n{SONG}");
    let session = Session::new(&text);
    assert!(!session.compile(&text.replace("0.5", "0.25")).unwrap().is_final);
    let error = session.compile(&text.replace("x * 0.5", "let a = 1; x")).unwrap_err();
    assert_eq!(error.diagnostics()[0].code.as_deref(), Some("unused_variables"));
}

#[test]
fn one_that_is_dropped_or_cancelled_leaves_no_work_behind() {
    let files = Files::new(&[("song.rs", SONG)]);
    let compiler = RustcFunction::new(Rustc::find().unwrap());
    let source = Source { path: files.path("song.rs"), text: SONG.into(), support: Vec::new() };
    compiler.compile(&source, &Cancel::default()).unwrap();
    let shared = Arc::downgrade(&compiler.shared);
    drop(compiler);
    assert_eq!(shared.strong_count(), 0, "the background has ended");
    let compiler = RustcFunction::new(Rustc::find().unwrap());
    let cancel = Cancel::default();
    cancel.cancel();
    let error = compiler.compile(&source, &cancel).unwrap_err();
    assert!(matches!(error.kind(), crate::ErrorKind::Cancelled), "{error}");
}
