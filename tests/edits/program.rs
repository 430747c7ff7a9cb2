//! A program of one case: opened, called, held in flight.

use std::{
    collections::{BTreeMap, HashMap},
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use segue::{
    Closure, Error, Live, Participant, Program, Shared,
    runtime::compiler::{self, Cancel, Compiled, Compiler, Rustc, RustcFunction, Source},
};
use tempfile::TempDir;

use crate::{case::Text, host::Io};

/// What `probe` is asked, and `flight` with the last of them.
pub(crate) const INPUTS: [i64; 4] = [0, 1, 2, 5];

/// How long a call may take to arrive before a test gives up: far beyond any machine's load.
const PATIENCE: Duration = Duration::from_secs(60);

// SAFETY: `SOURCE` is the file that the type was compiled from, and it is `repr(C)` over primitive
// types.
unsafe impl Shared for Io {
    const NAME: &'static str = "Io";
    const SOURCE: &'static str = include_str!("host.rs");
}

/// `pub fn probe(x: i64) -> i64`
pub(crate) type Probe = Live<fn(i64) -> i64>;
/// `pub fn flight(gate: *mut u32, x: i64) -> i64`
pub(crate) type Flight = Live<fn(*mut u32, i64) -> i64>;

/// The folder of one case, and what was compiled in it.
pub(crate) struct Folder {
    folder: TempDir,
    rustc: Rustc,
    known: Arc<Mutex<Known>>,
    opened: AtomicBool,
}

/// By text, and by the files beside it.
type Known = HashMap<(Arc<str>, BTreeMap<String, String>), Compiled>;

/// rustc, asked once for each text.
struct Remembering {
    rustc: Rustc,
    known: Arc<Mutex<Known>>,
    folder: PathBuf,
    /// What compiles instead.
    alone: Option<RustcFunction>,
}

/// Whether edits are compiled one function at a time, by the wish of whoever started the tests.
pub(crate) fn is_one_at_a_time() -> bool {
    std::env::var("SEGUE_COMPILER").is_ok_and(|name| name == "rustc-function")
}

impl Compiler for Remembering {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, compiler::Error> {
        if let Some(alone) = &self.alone {
            alone.settle();
            return alone.compile(source, cancel);
        }
        let key = (source.text.clone(), files(&self.folder));
        if let Some(compiled) = self.known.lock().expect("no compile panicked").get(&key) {
            return Ok(compiled.clone());
        }
        let compiled = self.rustc.compile(source, cancel)?;
        self.known.lock().expect("no compile panicked").insert(key, compiled.clone());
        Ok(compiled)
    }
}

/// Everything beside the live file.
fn files(folder: &std::path::Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|name| name != "live.rs") {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                found.insert(path.display().to_string(), text);
            }
        }
    }
    found
}

impl Folder {
    pub(crate) fn new(rustc: &Rustc) -> Folder {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Folder { folder, rustc: rustc.clone(), known: Arc::default(), opened: false.into() }
    }

    /// Writes the files beside the live one.
    pub(crate) fn write(&self, text: &Text) {
        for (name, content) in &text.files {
            let path = self.folder.path().join(name);
            let parent = path.parent().expect("it stands in the folder");
            std::fs::create_dir_all(parent).expect("the folder can be written");
            std::fs::write(path, content).expect("the folder can be written");
        }
    }

    /// Opens `text` as a program of its own.
    pub(crate) fn open(&self, text: &Text) -> Result<Program, Error> {
        self.write(text);
        let (rustc, known) = (self.rustc.clone(), self.known.clone());
        let folder = self.folder.path().to_owned();
        let live = folder.join("live.rs");
        // What edits are compared with is compiled as a whole.
        let is_first = !self.opened.swap(true, Ordering::Relaxed);
        let alone = (is_first && is_one_at_a_time()).then(|| RustcFunction::new(rustc.clone()));
        std::fs::write(&live, text.live()).expect("the folder can be written");
        let host = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/edits/host.rs");
        Program::builder(live)
            .support("host", host)
            .compiler(Remembering { rustc, known, folder, alone })
            .watch(false)
            .open()
    }
}

/// What `probe` gives for each of the inputs: numbers, or `panic`.
pub(crate) fn probe(probe: &Probe, me: &Participant) -> String {
    let answers = INPUTS.map(|x| answer(|| probe.pin(me).call(x)));
    answers.join(" ")
}

/// What `flight` gives that finds its gate open.
pub(crate) fn flight(flight: &Flight, me: &Participant) -> String {
    answer_of_flight(flight, me, &[AtomicU32::new(0), AtomicU32::new(1)])
}

/// What the closure writes for the inputs 1 and 2.
pub(crate) fn step(closure: &mut Closure<Io>) -> String {
    let answers = [1, 2].map(|input| {
        let mut io = Io { input, output: 0 };
        let call = closure.call(&mut io);
        match call.outcome {
            segue::Outcome::Done => io.output.to_string(),
            other => format!("{other:?}"),
        }
    });
    answers.join(" ")
}

fn answer(call: impl FnOnce() -> i64) -> String {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(number) => number.to_string(),
        Err(_) => "panic".to_owned(),
    }
}

/// A thread inside of `flight`, waiting at its gate.
pub(crate) struct InFlight {
    gate: Arc<[AtomicU32; 2]>,
    answer: std::sync::mpsc::Receiver<String>,
}

impl InFlight {
    /// Calls `flight` on a thread of its own, and returns when it has arrived at the gate.
    pub(crate) fn start(program: &Program, flight: &Flight) -> InFlight {
        let gate = Arc::new([AtomicU32::new(0), AtomicU32::new(0)]);
        let (send, answer) = std::sync::mpsc::channel();
        let (me, flight, own) = (program.participant(), flight.clone(), gate.clone());
        thread::spawn(move || {
            // Nobody waits any more where the case has failed.
            let _ = send.send(answer_of_flight(&flight, &me, &own));
        });
        let deadline = Instant::now() + PATIENCE;
        // Acquire: pairs with the store in `host::hold`.
        while gate[0].load(Ordering::Acquire) == 0 {
            assert!(Instant::now() < deadline, "`flight` did not arrive at its gate");
            thread::yield_now();
        }
        InFlight { gate, answer }
    }

    /// Opens the gate, and says what the call gives.
    pub(crate) fn land(self) -> String {
        // Release: pairs with the load in `host::hold`.
        self.gate[1].store(1, Ordering::Release);
        self.answer.recv_timeout(PATIENCE).expect("`flight` returns")
    }
}

fn answer_of_flight(flight: &Flight, me: &Participant, gate: &[AtomicU32; 2]) -> String {
    let x = INPUTS[INPUTS.len() - 1];
    answer(|| flight.pin(me).call(gate.as_ptr().cast::<u32>().cast_mut(), x))
}
