//! Songs in temporary folders, programs on them, and renders as vectors of samples.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use segue::{
    Error, Event, Program,
    audio::{Block, Edit, Format, Happening, Render},
    runtime::compiler::{self, Cancel, Compiled, Compiler, Rustc, Source},
};
use tempfile::TempDir;

/// How long an event may take before a test gives up: far beyond any machine's load.
const PATIENCE: Duration = Duration::from_secs(60);

/// A live file in a folder of its own.
pub(crate) struct Song {
    dir: TempDir,
}

impl Song {
    pub(crate) fn new(text: &str) -> Song {
        let song = Song { dir: tempfile::tempdir().expect("a temporary folder") };
        song.save(text);
        song
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.dir.path().join("song.rs")
    }

    pub(crate) fn sibling(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes in place, as simple editors do.
    pub(crate) fn save(&self, text: &str) {
        std::fs::write(self.path(), text).expect("the song can be written");
    }

    /// Writes another file and renames it over, as careful editors do.
    pub(crate) fn save_by_rename(&self, text: &str) {
        let other = self.sibling(".song.rs.swp");
        std::fs::write(&other, text).expect("the folder can be written");
        std::fs::rename(other, self.path()).expect("the song can be replaced");
    }

    /// Opens the song with the prelude, not watching it.
    pub(crate) fn open(&self) -> Program {
        builder(&self.path()).watch(false).open().expect("the song opens")
    }

    /// Opens the song with the prelude, watching it.
    pub(crate) fn watch(&self) -> Program {
        builder(&self.path()).open().expect("the song opens")
    }

    pub(crate) fn try_open(&self) -> Result<Program, Error> {
        builder(&self.path()).watch(false).open()
    }
}

fn builder(path: &Path) -> segue::runtime::Builder {
    // The block alone: these songs need no more of the prelude, and compile in half the time.
    let prelude = Path::new(env!("CARGO_MANIFEST_DIR")).join("audio-demo/prelude/block.rs");
    Program::builder(path).support("prelude", prelude)
}

/// Opens a file without prelude, with a compiler that remembers, so that thousands of swaps do not
/// wait for rustc.
pub(crate) fn open_remembering(path: &Path, history: usize) -> Program {
    remembering(path, history).watch(false).open().expect("the file opens")
}

/// The same, watching the file.
pub(crate) fn watch_remembering(path: &Path, history: usize) -> Program {
    remembering(path, history).open().expect("the file opens")
}

/// Options of such a program.
pub(crate) fn remembering(path: &Path, history: usize) -> segue::runtime::Builder {
    Program::builder(path).compiler(remembering_compiler()).history(history)
}

pub(crate) fn remembering_compiler() -> Remembering {
    Remembering::new(Rustc::find().expect("rustc is on the machine"))
}

/// rustc, asked once for each text.
pub(crate) struct Remembering {
    pub(crate) rustc: Rustc,
    known: Mutex<HashMap<Arc<str>, Compiled>>,
}

impl Remembering {
    pub(crate) fn new(rustc: Rustc) -> Remembering {
        Remembering { rustc, known: Mutex::default() }
    }
}

impl Compiler for Remembering {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, compiler::Error> {
        let mut known = self.known.lock().expect("no compile panicked");
        if let Some(compiled) = known.get(&source.text) {
            return Ok(compiled.clone());
        }
        let compiled = self.rustc.compile(source, cancel)?;
        known.insert(source.text.clone(), compiled.clone());
        Ok(compiled)
    }
}

/// Stereo at 48 kHz in blocks of 128 frames.
pub(crate) fn format() -> Format {
    Format::new(48_000, 2, 128).expect("an ordinary format")
}

/// Renders the song, each `(second, text)` applied before the block that contains its time.
pub(crate) fn render(song: &Song, seconds: f64, edits: &[(f64, &str)]) -> Rendered {
    let program = builder(&song.path())
        .compiler(remembering_compiler())
        .watch(false)
        .open()
        .expect("the song opens");
    let edits = edits
        .iter()
        .enumerate()
        .map(|(index, (at, text))| {
            let file = song.sibling(&format!("edit-{index}.rs"));
            std::fs::write(&file, text).expect("the folder can be written");
            Edit { at: Duration::from_secs_f64(*at), file }
        })
        .collect();
    let render = Render::new(format(), Duration::from_secs_f64(seconds), edits).expect("in time");
    let closure = program.closure::<Block>("process").expect("the song has a process");
    let mut rendered = Rendered::default();
    let samples = &mut rendered.samples;
    let news = &mut rendered.news;
    render
        .run(
            &program,
            closure,
            |block| {
                samples.extend_from_slice(block);
                Ok(())
            },
            |happening| {
                news.push(match happening {
                    Happening::Applied(_, report) => format!("applied {report:?}"),
                    Happening::Refused(_, error) => format!("refused {error}"),
                    Happening::Event(Event::Fault(fault)) => format!("fault {fault}"),
                    _ => "other".to_owned(),
                });
            },
        )
        .expect("nothing fails while rendering into memory");
    rendered
}

/// A render, and what was told during it.
#[derive(Default)]
pub(crate) struct Rendered {
    /// Interleaved stereo.
    pub(crate) samples: Vec<f32>,
    pub(crate) news: Vec<String>,
}

impl Rendered {
    /// Samples from `second` on.
    pub(crate) fn from(&self, second: f64) -> &[f32] {
        &self.samples[(second * 48_000.0) as usize * 2..]
    }

    /// Samples before `second`.
    pub(crate) fn until(&self, second: f64) -> &[f32] {
        &self.samples[..(second * 48_000.0) as usize * 2]
    }

    /// What was told of edits that were applied.
    pub(crate) fn applied(&self) -> Vec<&str> {
        let applied = self.news.iter().filter(|news| news.starts_with("applied"));
        applied.map(String::as_str).collect()
    }
}

/// Asserts that two runs of samples are the same to the bit.
#[track_caller]
pub(crate) fn assert_same(one: &[f32], other: &[f32], why: &str) {
    assert_eq!(one.len(), other.len(), "{why}");
    let differs = one.iter().zip(other).position(|(a, b)| a.to_bits() != b.to_bits());
    assert_eq!(differs, None, "{why}: they differ from that sample on");
}

/// Waits until an event satisfies `wanted`, and returns it.
pub(crate) fn wait_for(program: &Program, wanted: impl Fn(&Event) -> bool) -> Event {
    let events = program.events();
    loop {
        let event = events.recv_timeout(PATIENCE).expect("the event arrives");
        if wanted(&event) {
            return event;
        }
    }
}

/// Waits until `condition` holds.
#[track_caller]
pub(crate) fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "still not: {what}");
        thread::yield_now();
    }
}

/// Waits until whatever is retired by now is reclaimed, and overwritten in debug builds.
#[track_caller]
pub(crate) fn reclaim_all(program: &Program) {
    wait_until("all that is retired is reclaimed", || program.reclaimed().waiting == 0);
}

/// What files without the prelude are called with.
#[repr(C)]
#[derive(Debug, Default)]
pub(crate) struct Sample {
    pub(crate) value: f32,
    pub(crate) number: u32,
    /// An address in this process.
    pub(crate) place: usize,
}

/// [`Sample`], as live code knows it.
pub(crate) const SAMPLE: &str = "#[repr(C)]
pub struct Sample { pub value: f32, pub number: u32, pub place: usize }
";

// SAFETY: `SOURCE` defines the type above, which is `repr(C)` over primitive types.
unsafe impl segue::Shared for Sample {
    const NAME: &'static str = "Sample";
    const SOURCE: &'static str = SAMPLE;
}

/// Calls a closure for one block of 64 frames and returns the samples.
pub(crate) fn block(closure: &mut segue::Closure<Block>, position: u64) -> (Vec<f32>, segue::Call) {
    let mut samples = vec![0.0_f32; 128];
    // SAFETY: `samples` holds 64 frames of two channels and outlives the block.
    let mut block = unsafe { Block::from_raw(samples.as_mut_ptr(), 64, 2, 48_000.0, position) };
    let call = closure.call(&mut block);
    (samples, call)
}
