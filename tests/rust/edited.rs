//! Edits as data: each file below `tests/cases/edited` is a program and edits of it, compiled one function at a
//! time. After each edit it must give what the edited text gives as an ordinary program: whoever had the edited
//! function inlined, and however it is come to (a call, an address in a table, a destructor), does the new thing.
//!
//! A program is one of `tests/cases/rust` in form; instead of the directives there it has these, in order:
//!
//! ```text
//! //# inputs: 0 1 2          what `run` is called with, after the text was opened and after each edit
//! //# held: 0                inputs that are called once, when the text was opened: they make what is held
//! //# alone: old => new      an edit: the one place where `old` stands becomes `new`; functions are compiled alone
//! //# whole: old => new      an edit for which the whole file is compiled, after which nothing is left to optimise
//! //# optimised              the optimised tier of the text so far: later edits build on it
//! ```

use std::path::Path;

#[cfg(feature = "jit")]
use segue::runtime::compiler::Jit;
use segue::{Closure, Event, Program as Live, runtime::compiler::Rustc};

#[cfg(feature = "jit")]
use crate::compared::UNSUPPORTED;

use crate::{
    answer::{Answer, one_line},
    compilers::Settled,
    generate, ordinary,
    program::Program,
};

/// What of std some programs use and the jit's library does not have.
#[cfg(feature = "jit")]
const NOT_IN_THE_JIT: [&str; 2] = ["thread_local!", "std::sync::Mutex"];

/// One step of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Alone(String),
    Whole(String),
    /// Either.
    Edit(String),
    Optimised,
}

impl Step {
    /// The text after it, where it is an edit.
    fn text(&self) -> Option<&str> {
        match self {
            Step::Alone(text) | Step::Whole(text) | Step::Edit(text) => Some(text),
            Step::Optimised => None,
        }
    }
}

/// One file of the folder.
struct Session {
    name: String,
    text: String,
    inputs: Vec<u64>,
    held: Vec<u64>,
    steps: Vec<Step>,
    caller: Caller,
}

/// Who calls `run`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    /// A closure, the only caller of the program: edits reach it between two calls.
    Closure,
    /// A handle, which gets an answer from calls that panic.
    Handle,
}

/// What calls of the closure exchange.
#[repr(C)]
struct Io {
    number: u64,
}

// SAFETY: `SOURCE` defines the type above, which is `repr(C)` over a number.
unsafe impl segue::Shared for Io {
    const NAME: &'static str = "Io";
    const SOURCE: &'static str = "#[repr(C)] pub struct Io { pub number: u64 }";
}

/// What stands below each text.
const CLOSURE: &str = "
#[repr(C)] pub struct Io { pub number: u64 }
#[derive(Default)] pub struct State;
pub fn step(_: &mut State, io: &mut Io) { io.number = run(io.number); }
";

impl Session {
    fn read(name: &str, file: &str) -> Result<Session, String> {
        let (directives, text): (Vec<&str>, Vec<&str>) =
            file.lines().partition(|line| line.starts_with("//# "));
        let text = text.join("\n") + "\n";
        let (mut inputs, mut held, mut steps) = (Vec::new(), Vec::new(), Vec::new());
        let mut now = text.clone();
        let mut edited = |edit: &str| {
            let no_edit = || format!("`{edit}`: an edit is `old => new`, and `old` stands once");
            let (old, new) = edit.split_once(" => ").ok_or_else(no_edit)?;
            if now.matches(old).count() != 1 {
                return Err(no_edit());
            }
            now = now.replace(old, new);
            Ok(now.clone())
        };
        for line in directives {
            let line = line.trim_start_matches("//# ");
            let (what, value) = line.split_once(": ").unwrap_or((line, ""));
            let numbers = || value.split_whitespace().map(str::parse).collect::<Result<_, _>>();
            match what {
                "inputs" => inputs = numbers().map_err(|_| line.to_owned())?,
                "held" => held = numbers().map_err(|_| line.to_owned())?,
                "alone" => steps.push(Step::Alone(edited(value)?)),
                "whole" => steps.push(Step::Whole(edited(value)?)),
                "optimised" => steps.push(Step::Optimised),
                _ => return Err(format!("`{line}` is no directive")),
            }
        }
        let caller = Caller::Closure;
        Ok(Session { name: name.to_owned(), text, inputs, held, steps, caller })
    }

    /// The texts that it goes through.
    fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.text).chain(self.steps.iter().filter_map(Step::text))
    }

    /// The text number `at` as an ordinary program, written to `folder`.
    fn ordinary(&self, at: usize, text: &str, folder: &Path) -> Program {
        let name = format!("{}-{at}", self.name);
        let path = folder.join(format!("{name}.rs"));
        std::fs::write(&path, text).expect("the folder can be written");
        let rest = self.inputs.iter().filter(|input| !self.held.contains(input));
        let inputs = self.held.iter().chain(rest).copied().collect();
        Program { path, name, inputs, refusals: Vec::new() }
    }

    /// What is not as it is in an ordinary program, one a line; and how many edits were compiled alone.
    fn run(&self, expected: &ordinary::Expected, folder: &Path) -> (Vec<String>, usize) {
        let path = folder.join(format!("{}.rs", self.name));
        let live = |text: &str| text.to_owned() + CLOSURE;
        std::fs::write(&path, live(&self.text)).expect("the folder can be written");
        let rustc = Rustc::find().expect("rustc is on the machine").with_checks();
        let compiler = Settled::new(rustc);
        let opened = Live::builder(&path).compiler(compiler.clone()).watch(false).open();
        let program = match opened {
            Ok(program) => program,
            Err(error) => return (vec![format!("{}: {error}", self.name)], 0),
        };
        let mut running = Running::new(self, expected, program);
        for input in &self.held {
            let _ = running.call(*input);
        }
        running.compare();
        let (mut now, mut alone) = (&*self.text, 0);
        for step in &self.steps {
            let Some(text) = step.text() else {
                compiler.optimise(&path, &live(now));
                continue;
            };
            if let Err(error) = running.program.apply(&live(text)) {
                running.say(&error.to_string());
                break;
            }
            let was_alone = compiler.was_alone();
            alone += usize::from(was_alone);
            if was_alone != matches!(step, Step::Alone(_)) && !matches!(step, Step::Edit(_)) {
                let how = if was_alone { "alone" } else { "as a whole" };
                running.say(&format!("it was compiled {how}:\n{text}"));
            }
            now = text;
            running.compare();
        }
        (running.problems, alone)
    }

    /// The same with the jit, which needs no optimised tier; and how many edits it compiled. Some texts use more of std
    /// than it knows.
    #[cfg(feature = "jit")]
    fn run_jit(
        &self,
        jit: &Jit,
        expected: &ordinary::Expected,
        folder: &Path,
    ) -> (Vec<String>, usize) {
        let path = folder.join(format!("{}.rs", self.name));
        let live = |text: &str| text.to_owned() + CLOSURE;
        std::fs::write(&path, live(&self.text)).expect("the folder can be written");
        let is_unsupported = |error: &segue::Error| error.to_string().contains(UNSUPPORTED);
        // A name that its library does not have is told as a mistake of the text.
        let uses_more = NOT_IN_THE_JIT.iter().any(|name| self.text.contains(name));
        let opened = Live::builder(&path).compiler(jit.clone()).watch(false).open();
        let program = match opened {
            Ok(program) => program,
            Err(error) if is_unsupported(&error) || uses_more => return (Vec::new(), 0),
            Err(error) => return (vec![format!("{}: {error} (by the jit)", self.name)], 0),
        };
        let mut running = Running::new(self, expected, program);
        for input in &self.held {
            let _ = running.call(*input);
        }
        running.compare();
        let mut edits = 0;
        for text in self.steps.iter().filter_map(Step::text) {
            match running.program.apply(&live(text)) {
                Ok(_) => edits += 1,
                Err(error) if is_unsupported(&error) => break,
                Err(error) => {
                    running.say(&error.to_string());
                    break;
                }
            }
            running.compare();
        }
        let problems = running.problems.into_iter().map(|it| format!("{it} (by the jit)"));
        (problems.collect(), edits)
    }
}

/// A session that runs.
struct Running<'a> {
    session: &'a Session,
    expected: &'a ordinary::Expected,
    closure: Option<Closure<Io>>,
    program: Live,
    /// Edits so far.
    number: usize,
    problems: Vec<String>,
}

impl<'a> Running<'a> {
    fn new(session: &'a Session, expected: &'a ordinary::Expected, program: Live) -> Running<'a> {
        let closure = (session.caller == Caller::Closure)
            .then(|| program.closure::<Io>("step").expect("there is a `step`"));
        Running { session, expected, closure, program, number: 0, problems: Vec::new() }
    }

    fn say(&mut self, what: &str) {
        let (name, number) = (&self.session.name, self.number);
        self.problems.push(format!("{name}: edit {number}: {what}"));
    }

    fn compare(&mut self) {
        let session = self.session;
        let expected = &self.expected[&format!("{}-{}", session.name, self.number)];
        for input in session.inputs.iter().filter(|input| !session.held.contains(input)) {
            let got = self.call(*input);
            if !got.is_as(&expected[input]) {
                self.say(&format!("input {input}: expected {}, got {got}", expected[input]));
            }
        }
        self.number += 1;
    }

    fn call(&mut self, input: u64) -> Answer {
        if let Some(closure) = &mut self.closure {
            let mut io = Io { number: input };
            closure.call(&mut io);
            return Answer::Value(io.number);
        }
        let generation = self.program.generation();
        let me = self.program.participant();
        let run = self.program.bind::<fn(u64) -> u64>("run").expect("there is a `run`");
        match run.pin(&me).try_call(input) {
            Ok(value) => Answer::Value(value),
            Err(fault) => {
                // A fault goes back to the program before it was edited. The program's own thread may do that
                // after the call has ended, and tells of the fault when it is about to.
                let mut events = self.program.events().into_iter();
                events.find(|event| matches!(event, Event::Fault(_))).expect("it is told");
                if self.program.generation() != generation {
                    self.program.go_to(generation).expect("the history has it");
                }
                let name = fault.file.file_stem().unwrap_or_default();
                let is_here = name.to_string_lossy() == self.session.name;
                let (line, column) = if is_here { (fault.line, fault.column) } else { (0, 0) };
                Answer::Panic { line, column, message: one_line(&fault.message) }
            }
        }
    }
}

/// The sessions that `SEGUE_CASE` asks for.
fn sessions() -> Vec<Session> {
    let only = std::env::var("SEGUE_CASE").unwrap_or_default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/edited");
    let files = std::fs::read_dir(&folder).expect("the folder of sessions can be read");
    let mut sessions = Vec::new();
    for file in files {
        let path = file.expect("the folder of sessions can be read").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("the session can be read");
        sessions.push(Session::read(&name, &text).unwrap_or_else(|why| panic!("{name}: {why}")));
    }
    sessions.retain(|session| session.name.contains(&only));
    sessions.sort_by(|one, other| one.name.cmp(&other.name));
    sessions
}

/// Runs `sessions`: what they do otherwise than ordinary programs of their texts, and how many edits were compiled
/// alone.
fn run(sessions: &[Session]) -> (Vec<String>, usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts = sessions.iter().flat_map(|session| {
        let texts = session.texts().enumerate();
        texts.map(|(at, text)| session.ordinary(at, text, folder.path()))
    });
    let expected = ordinary::run(&texts.collect::<Vec<_>>());
    let (mut problems, mut alone) = (Vec::new(), 0);
    for session in sessions {
        let (found, more) = session.run(&expected, folder.path());
        problems.extend(found);
        alone += more;
    }
    #[cfg(feature = "jit")]
    problems.extend(run_jit(sessions, &expected, folder.path()));
    (problems, alone)
}

/// What the jit makes of `sessions`, of which it supports some.
#[cfg(feature = "jit")]
fn run_jit(sessions: &[Session], expected: &ordinary::Expected, folder: &Path) -> Vec<String> {
    let jit = Jit::new().with_checks(true);
    let (mut problems, mut edits) = (Vec::new(), 0);
    for session in sessions {
        let (found, more) = session.run_jit(&jit, expected, folder);
        problems.extend(found);
        edits += more;
    }
    println!("the jit compiled {edits} edits");
    if edits < sessions.len() {
        problems.push(format!("the jit compiled {edits} edits of {} sessions", sessions.len()));
    }
    problems
}

#[test]
fn an_edit_reaches_whoever_has_the_function_inlined() {
    let (problems, _) = run(&sessions());
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// Edits of each made-up program.
const EDITS: usize = 2;

#[test]
fn made_up_edits_give_what_the_edited_text_gives() {
    let sessions: Vec<Session> = generate::seeds(6).map(made_up).collect();
    let (problems, alone) = run(&sessions);
    let first = problems.first().and_then(|first| {
        let session = sessions.iter().find(|it| first.starts_with(&format!("{}:", it.name)))?;
        Some(session.texts().collect::<Vec<_>>().join("\n"))
    });
    let told = problems.join("\n");
    assert!(first.is_none(), "{} problems:\n{told}\n{}", problems.len(), first.unwrap_or_default());
    let edits = sessions.len() * EDITS;
    println!("{alone} of {edits} made-up edits were compiled alone");
    assert!(alone * 2 > edits, "{alone} of {edits} edits were compiled alone");
}

/// A program that is made up, and edits of it.
fn made_up(seed: u64) -> Session {
    let mut texts = generate::edited(seed, EDITS).into_iter();
    let text = texts.next().unwrap_or_default();
    let mut steps: Vec<Step> = texts.map(Step::Edit).collect();
    steps.insert(1, Step::Optimised);
    let inputs = generate::INPUTS.to_vec();
    let (name, held, caller) = (format!("seed{seed}"), Vec::new(), Caller::Handle);
    Session { name, text, inputs, held, steps, caller }
}
