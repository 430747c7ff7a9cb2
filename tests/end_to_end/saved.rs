//! Running or saved: for every way in which the two can differ, the program says so and says why.

use std::{
    sync::{Mutex, mpsc},
    thread,
};

use crate::song::{
    Remembering, SAMPLE, Sample, Song, open_remembering, remembering_compiler, wait_for,
    watch_remembering,
};
use segue::{
    Closure, ErrorKind, Event, Outcome, Program,
    runtime::{
        Reason, Running, Saved, Status, Watching,
        compiler::{Cancel, Compiled, Compiler, Error, Source},
    },
};

/// Two functions that are called, one that is inlined into one of them.
fn text(one: u32, two: u32) -> String {
    format!(
        "{SAMPLE}#[derive(Default)] pub struct State {{ calls: u32 }}
pub fn one() -> u32 {{ {one} }}
pub fn two() -> u32 {{ inner() + {two} }}
fn inner() -> u32 {{ 1000 }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1; if sample.number == 1 {{ panic!(\"no\") }} sample.value = {one}.0;
}}
"
    )
}

/// Functions that are not as saved, with the reasons.
fn differing(status: &Status) -> Vec<(&str, &Reason)> {
    fn of(saved: &Saved) -> Option<&Reason> {
        match saved {
            Saved::Differs(reason) => Some(reason),
            Saved::Same => None,
        }
    }
    let all = status.functions.iter();
    all.filter_map(|each| Some((each.path.as_str(), of(&each.saved)?))).collect()
}

/// Asserts that everything runs as saved.
#[track_caller]
fn assert_saved(program: &Program) {
    let status = program.status();
    assert!(status.is_saved(), "{status}");
    assert!(differing(&status).is_empty() && status.text.is_none(), "{status:?}");
    assert_eq!(status.saved, Some(status.generation), "{status:?}");
}

/// Asserts that exactly these functions differ, all for this reason.
#[track_caller]
fn assert_differ(program: &Program, paths: &[&str], reason: &Reason) {
    let status = program.status();
    assert!(!status.is_saved());
    let expected: Vec<_> = paths.iter().map(|path| (*path, reason)).collect();
    assert_eq!(differing(&status), expected, "{status}");
}

fn call(closure: &mut Closure<Sample>) -> f32 {
    let mut sample = Sample::default();
    closure.call(&mut sample);
    sample.value
}

const ALL: [&str; 5] = ["State", "inner", "one", "process", "two"];

#[test]
fn what_was_just_opened_is_saved_and_says_since_when_it_runs() {
    let song = Song::new(&text(1, 2));
    let program = song.watch();
    assert_saved(&program);
    let status = program.status();
    assert_eq!(status.watching, Watching::On);
    assert_eq!(status.to_string(), "generation 1 is what is saved");
    song.save(&text(1, 3));
    wait_for(&program, |event| matches!(event, Event::Live(report) if report.generation == 2));
    assert_saved(&program);
    let status = program.status();
    let running = |path: &str| status.function(path).expect("it is there").running.clone();
    assert_eq!(running("one"), Running::Code { since: 1 });
    assert_eq!(running("two"), Running::Code { since: 2 });
    assert_eq!(running("inner"), Running::Inlined { into: vec!["two".to_owned()] });
    let line = status.function("inner").expect("it is there").to_string();
    assert_eq!(line, "inner: inlined into two");
}

#[test]
fn a_comment_makes_no_difference() {
    let song = Song::new(&text(1, 2));
    let program = watch_remembering(&song.path(), 8);
    // As long as it was: what panics holds its column.
    let renamed = text(1, 2).replace("sample", "buffer");
    song.save(&format!("{renamed}// a comment\n"));
    wait_for(&program, |event| matches!(event, Event::Unchanged(_)));
    assert_saved(&program);
}

#[test]
fn a_refused_save_is_named_with_its_place() {
    let song = Song::new(&text(1, 2));
    let program = watch_remembering(&song.path(), 8);
    song.save(&text(1, 2).replace("inner() + 2", "outer() + 2"));
    wait_for(&program, |event| matches!(event, Event::Refused(_)));
    let status = program.status();
    let Some(Reason::Refused { kind, message, place: Some((file, line, column)) }) = &status.text
    else {
        panic!("{status:?}")
    };
    assert_eq!((*kind, *line, *column), (ErrorKind::Rejected, 5, 23));
    assert!(message.contains("`outer`") && file.ends_with("song.rs"), "{status}");
    assert_differ(&program, &ALL, status.text.as_ref().expect("it was refused"));
    assert!(status.to_string().contains("refused at"), "{status}");
    song.save(&text(1, 3));
    wait_for(&program, |event| matches!(event, Event::Live(report) if report.generation == 2));
    assert_saved(&program);
}

#[test]
fn an_undo_is_named_with_the_functions_it_concerns() {
    let song = Song::new(&text(1, 2));
    let program = watch_remembering(&song.path(), 8);
    let more = text(1, 3) + "pub fn more() -> u32 { 7 }\n";
    song.save(&more);
    wait_for(&program, |event| matches!(event, Event::Live(report) if report.generation == 2));
    program.undo().expect("back");
    assert_differ(&program, &["more", "two"], &Reason::Left { generation: 1 });
    let status = program.status();
    assert_eq!(status.function("more").expect("it is saved").running, Running::Nothing);
    let line = "generation 1 is not what is saved: more, two (gone to generation 1)";
    assert_eq!(status.to_string(), line);
    program.go_to(2).expect("forth");
    assert_saved(&program);
    song.save(&text(1, 2));
    wait_for(&program, |event| matches!(event, Event::Live(report) if report.generation == 3));
    program.undo().expect("back");
    assert_eq!(
        program.status().function("more").expect("it runs").running,
        Running::Code { since: 2 }
    );
    assert_differ(&program, &["more", "two"], &Reason::Left { generation: 2 });
}

#[test]
fn what_was_applied_is_not_what_is_saved_unless_it_is_the_same() {
    let song = Song::new(&text(1, 2));
    let program = watch_remembering(&song.path(), 8);
    program.apply(&text(5, 2)).expect("live");
    assert_differ(&program, &["one", "process"], &Reason::Applied);
    program.apply(&text(1, 2)).expect("live");
    assert!(program.status().is_saved(), "the code is the same, and so no other");
}

#[test]
fn a_file_that_nobody_watches_is_compared_when_it_is_asked() {
    let song = Song::new(&text(1, 2));
    let program = open_remembering(&song.path(), 8);
    assert_eq!(program.status().watching, Watching::Off);
    assert_saved(&program);
    song.save(&text(1, 3));
    assert_differ(&program, &ALL, &Reason::Unread { file: song.path() });
    assert_eq!(program.apply_file(song.path()).expect("live").generation, 2);
    assert_saved(&program);
    std::fs::remove_file(song.path()).expect("it can be removed");
    let status = program.status();
    assert!(matches!(&status.text, Some(Reason::Unreadable { .. })), "{status:?}");
    song.save(&text(1, 3));
    assert_saved(&program);
    song.save(&text(1, 3).replace("1000", "lots"));
    program.apply_file(song.path()).expect_err("refused");
    assert!(matches!(program.status().text, Some(Reason::Refused { .. })));
}

#[test]
fn a_module_in_another_file_counts_too() {
    let song = Song::new("mod level;\npub fn gain() -> u32 { level::level() }\n");
    std::fs::write(song.sibling("level.rs"), "pub fn level() -> u32 { 5 }\n").expect("written");
    let program = open_remembering(&song.path(), 8);
    // Written in the same instant as the program was opened, perhaps: then it cannot know.
    let _ = program.apply_file(song.path()).expect("unchanged");
    assert_saved(&program);
    std::fs::write(song.sibling("level.rs"), "pub fn level() -> u32 { 6 }\n").expect("written");
    let status = program.status();
    let file = song.sibling("level.rs");
    assert_eq!(status.text, Some(Reason::Unread { file }), "{status}");
}

#[test]
fn what_its_caller_has_not_taken_is_not_running() {
    let song = Song::new(&text(1, 2));
    let program = watch_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    song.save(&text(1, 3));
    crate::song::wait_until("it is posted", || program.generation() == 2);
    assert_differ(&program, &["two"], &Reason::Posted { generation: 2 });
    assert_eq!(program.status().generation, 1, "what its caller reaches");
    call(&mut closure);
    assert_saved(&program);
    program.undo().expect("posted");
    assert_saved(&program);
    call(&mut closure);
    assert_differ(&program, &["two"], &Reason::Left { generation: 1 });
}

#[test]
fn a_fault_is_named_with_its_message() {
    let song = Song::new(&text(1, 2));
    let program = watch_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let faulty = text(4, 2);
    song.save(&faulty);
    crate::song::wait_until("it is posted", || program.generation() == 2);
    let mut sample = Sample { number: 1, ..Sample::default() };
    // The older code panics for that number too: now there is nothing to go back to.
    assert_eq!(closure.call(&mut sample).outcome, Outcome::Silent);
    let faulted = Reason::Faulted { generation: 2, message: "no".to_owned() };
    let status = program.status();
    assert_eq!(status.function("one").expect("it is there").saved, Saved::Differs(faulted));
    // What is saved now is what runs, but the closure is silent.
    song.save(&text(1, 2));
    wait_for(&program, |event| matches!(event, Event::Unchanged(_)));
    let silent = Reason::Silent { message: "no".to_owned() };
    assert_differ(&program, &["process"], &silent);
    // An edit that waits to be taken does not end that; taking it does.
    song.save(&text(1, 3));
    crate::song::wait_until("it is posted", || program.generation() == 3);
    let status = program.status();
    let process = status.function("process").expect("it is there");
    assert_eq!(process.saved, Saved::Differs(silent));
    call(&mut closure);
    assert_saved(&program);
}

#[test]
fn threads_that_are_still_in_older_code_are_named() {
    let song = Song::new(&text(1, 2));
    let program = watch_remembering(&song.path(), 8);
    let one = program.bind::<fn() -> u32>("one").expect("a handle");
    let (go, wait) = mpsc::channel::<()>();
    let (tell, told) = mpsc::channel();
    let program = &program;
    thread::scope(|scope| {
        let inside = move || {
            let me = program.participant();
            let pinned = one.pin(&me);
            tell.send(()).expect("somebody listens");
            wait.recv().expect("it is told to go on");
            assert_eq!(pinned.call(), 4, "the newest, at its next call");
        };
        let thread = thread::Builder::new().name("player".into());
        let thread = thread.spawn_scoped(scope, inside).expect("a thread");
        told.recv().expect("it is inside");
        song.save(&text(4, 2));
        wait_for(program, |event| matches!(event, Event::Live(report) if report.generation == 2));
        let inside = Reason::OldCode { participants: vec!["player".to_owned()] };
        assert_differ(program, &["one", "process"], &inside);
        go.send(()).expect("it waits");
        thread.join().expect("it called the newest");
        assert_saved(program);
    });
}

/// A compiler that says when it is asked, and then waits until it may go on.
struct Gated {
    asked: mpsc::Sender<()>,
    open: Mutex<mpsc::Receiver<()>>,
    compiler: Remembering,
}

impl Compiler for Gated {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        // Where the test has failed nobody listens, and the gate stands open.
        let _ = self.asked.send(());
        let _ = self.open.lock().expect("no compile panicked").recv();
        self.compiler.compile(source, cancel)
    }
}

#[test]
fn what_is_being_compiled_is_named_as_long_as_it_is() {
    let song = Song::new(&text(1, 2));
    let ((ask, asked), (gate, open)) = (mpsc::channel(), mpsc::channel());
    gate.send(()).expect("the first text is compiled");
    let open = Mutex::new(open);
    let compiler = Gated { asked: ask, open, compiler: remembering_compiler() };
    let builder = Program::builder(song.path()).compiler(compiler);
    let program = builder.open().expect("the file opens");
    // Dropped before the program, whose thread may wait for it.
    let gate = gate;
    asked.recv().expect("the first text was compiled");
    assert_saved(&program);

    song.save_by_rename(&text(1, 3));
    asked.recv().expect("the compiler has it");
    assert_differ(&program, &ALL, &Reason::Compiling);
    let status = program.status();
    assert_eq!((&status.text, status.saved), (&Some(Reason::Compiling), None), "{status}");
    assert_eq!(status.to_string(), "generation 1 is not what is saved: being compiled");
    gate.send(()).expect("it waits");
    wait_for(&program, |event| matches!(event, Event::Live(report) if report.generation == 2));
    assert_saved(&program);

    song.save_by_rename(&text(1, 3).replace("1000", "lots"));
    asked.recv().expect("the compiler has it");
    assert_differ(&program, &ALL, &Reason::Compiling);
    gate.send(()).expect("it waits");
    wait_for(&program, |event| matches!(event, Event::Refused(_)));
    assert!(matches!(program.status().text, Some(Reason::Refused { .. })));
}
