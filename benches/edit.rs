//! From saving a file to the first call of the new code, split as the report splits it: watch,
//! compile, link, publish.
//!
//! The file is saved as editors do, by renaming another one over it; the clock starts before the
//! first byte is written. `edit.small` is a 12-line file and `edit.large` one of 450 lines with 50
//! functions; a thread calls the edited function through a pinned handle without pause and notes
//! when its result changes. `edit.song` is the first song with its prelude, called for each block
//! of 128 frames at the times a sound card would, so it may have to wait up to 2.7 ms for its turn.
//! rustc shares two cores with the caller, and compiles the whole file. `rustc` is the bare compiler on
//! the same text, in turn with the edits.
//!
//! With `-- --compiler rustc`, `rustc-function` or (feature `jit`) `jit` the files have 10, 100 and 1,000
//! functions of nine lines. For `rustc-function`, `rustc` then is the bare compiler on the text of ten.
//! `edit.jit.number.` has edits of a number alone, which the jit's front end is not told of, and `edit.jit.expression.`
//! edits of an operator beside it; their `long` is a file of one function of 50 lines.
//!
//! `watch` begins at the file's modification time, which the kernel keeps to some milliseconds
//! only; `rest` is what the parts that are timed exactly leave of the whole: writing, watching,
//! handing over.

mod measure;

use std::{
    env,
    error::Error,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use measure::{Outcome, figure, live::LiveFile};
use segue::{
    BackEnd, Call, Closure, Event, Program, Report,
    audio::{Block, Engine, Format, Source},
    runtime::compiler::{Compiler, Rustc, RustcFunction},
};

/// Edits that are measured, and those before them that only warm everything up.
const EDITS: usize = 40;
const WARM_UP: usize = 3;
/// Longer than any edit takes.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between an edit and the next: everybody is at rest again.
const PAUSE: Duration = Duration::from_millis(30);
/// Functions of the files that are edited with one compiler or the other.
const SIZES: [usize; 3] = [10, 100, 1_000];

/// What an edit changes.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    /// A number, and an operator.
    #[cfg_attr(
        not(feature = "jit"),
        expect(dead_code, reason = "the jit alone makes a difference")
    )]
    Expression,
}

impl Kind {
    /// The operator before what is added or taken away.
    fn operator(self, edit: usize) -> char {
        match self {
            Kind::Expression if edit % 2 == 1 => '-',
            Kind::Number | Kind::Expression => '+',
        }
    }
}

fn main() -> Outcome {
    let rustc = bare_rustc()?;
    let mut arguments = env::args().skip_while(|argument| argument != "--compiler");
    match arguments.nth(1).as_deref() {
        None => {
            small(&rustc)?;
            large(&rustc)?;
            song()
        }
        Some("rustc") => SIZES.into_iter().try_for_each(|size| {
            let compiler = Arc::new(Rustc::find()?);
            sized(&format!("edit.rustc.{size}"), (size, Kind::Number), compiler, &|| {}, None)
        }),
        Some("rustc-function") => SIZES.into_iter().try_for_each(|size| {
            let compiler = Arc::new(RustcFunction::new(Rustc::find()?));
            let name = format!("edit.rustc-function.{size}");
            let edits = (size, Kind::Number);
            sized(&name, edits, compiler.clone(), &|| compiler.settle(), Some(&rustc))
        }),
        #[cfg(feature = "jit")]
        Some("jit") => {
            for (kind, name) in [(Kind::Number, "number"), (Kind::Expression, "expression")] {
                for size in SIZES {
                    let compiler = Arc::new(segue::runtime::compiler::Jit::new());
                    let name = format!("edit.jit.{name}.{size}");
                    sized(&name, (size, kind), compiler, &|| {}, None)?;
                }
                let compiler = Arc::new(segue::runtime::compiler::Jit::new());
                let (name, text) = (format!("edit.jit.{name}.long"), |edit| long_text(edit, kind));
                edited(&name, &text, "long", compiler, &|| {}, None)?;
            }
            Ok(())
        }
        #[cfg(not(feature = "jit"))]
        Some("jit") => {
            Err("this benchmark was built without the jit: `cargo bench --features jit ...`".into())
        }
        Some(other) => Err(format!("there is no compiler `{other}`").into()),
    }
}

/// A file of `size` functions; `settle` waits for what the compiler does in the background.
fn sized(
    name: &str,
    (size, kind): (usize, Kind),
    compiler: Arc<dyn Compiler>,
    settle: &dyn Fn(),
    rustc: Option<&Path>,
) -> Outcome {
    let text = |edit: usize| functions_text(size, edit, kind);
    edited(name, &text, &format!("part_{:02}", edited_of(size)), compiler, settle, rustc)
}

/// A file of which `function` is edited.
fn edited(
    name: &str,
    text: &dyn Fn(usize) -> String,
    function: &str,
    compiler: Arc<dyn Compiler>,
    settle: &dyn Fn(),
    rustc: Option<&Path>,
) -> Outcome {
    let file = LiveFile::new(&text(0))?;
    let program = Program::builder(file.path()).compiler(compiler).open()?;
    let edited = program.bind::<fn(f32, f32) -> f32>(function)?;
    settle();
    let stop = AtomicBool::new(false);
    let (sender, changes) = channel();
    thread::scope(|scope| {
        let (program, edited, stop) = (&program, &edited, &stop);
        scope.spawn(move || {
            let me = program.participant();
            watch_results(stop, &sender, |calls| {
                let pinned = edited.pin(&me);
                (0..calls).map(move |_| pinned.call(0.3, 0.5))
            });
        });
        let session = Session { program, changes, file: &file };
        let small = |edit: usize| functions_text(10, edit, Kind::Number);
        let measured = session
            .edits_beside(text, rustc.map(|rustc| (rustc, &small as &dyn Fn(usize) -> String)));
        stop.store(true, Ordering::Relaxed);
        measured.map(|edits| edits.print(name))
    })
}

fn small(rustc: &Path) -> Outcome {
    let file = LiveFile::new(&small_text(0))?;
    let program = Program::builder(file.path()).back_end(BackEnd::Rustc).open()?;
    let tremolo = program.bind::<fn(f32) -> f32>("tremolo")?;
    let stop = AtomicBool::new(false);
    let (sender, changes) = channel();
    thread::scope(|scope| {
        let (program, tremolo, stop) = (&program, &tremolo, &stop);
        scope.spawn(move || {
            let me = program.participant();
            watch_results(stop, &sender, |calls| {
                let pinned = tremolo.pin(&me);
                (0..calls).map(move |_| pinned.call(0.3))
            });
        });
        let session = Session { program, changes, file: &file };
        let measured = session.edits(small_text, Some(rustc));
        stop.store(true, Ordering::Relaxed);
        measured.map(|edits| edits.print("edit.small"))
    })
}

fn large(rustc: &Path) -> Outcome {
    let file = LiveFile::new(&large_text(0))?;
    let program = Program::builder(file.path()).back_end(BackEnd::Rustc).open()?;
    let part = program.bind::<fn(f32, f32) -> f32>("part_27")?;
    let stop = AtomicBool::new(false);
    let (sender, changes) = channel();
    thread::scope(|scope| {
        let (program, part, stop) = (&program, &part, &stop);
        scope.spawn(move || {
            let me = program.participant();
            watch_results(stop, &sender, |calls| {
                let pinned = part.pin(&me);
                (0..calls).map(move |_| pinned.call(0.3, 0.5))
            });
        });
        let session = Session { program, changes, file: &file };
        let measured = session.edits(large_text, Some(rustc));
        stop.store(true, Ordering::Relaxed);
        measured.map(|edits| edits.print("edit.large"))
    })
}

fn song() -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("audio-demo");
    let text = std::fs::read_to_string(folder.join("songs/first.rs"))?;
    let place = "let plucks = plucks * 0.34;";
    if !text.contains(place) {
        return Err(format!("songs/first.rs no longer has `{place}` to edit").into());
    }
    let edited = |edit: usize| text.replace(place, &place.replace("34", &format!("34{edit:03}")));
    let file = LiveFile::new(&text)?;
    let builder = Program::builder(file.path()).back_end(BackEnd::Rustc);
    let program = builder.support("prelude", folder.join("prelude/mod.rs")).open()?;
    let closure = program.closure::<Block>("process")?;
    let format = Format::new(48_000, 2, 128)?;
    let stop = AtomicBool::new(false);
    let (sender, changes) = channel();
    thread::scope(|scope| {
        let (program, stop) = (&program, &stop);
        let mut engine = Engine::new(Player { closure, swapped: sender }, format);
        scope.spawn(move || play(&mut engine, stop));
        let session = Session { program, changes, file: &file };
        let measured = session.edits(edited, None);
        stop.store(true, Ordering::Relaxed);
        measured.map(|edits| edits.print("edit.song"))
    })
}

/// A closure that notes when a swap was taken and its first block is done.
struct Player {
    closure: Closure<Block>,
    swapped: Sender<Instant>,
}

impl Source for Player {
    fn fill(&mut self, block: &mut Block) -> Call {
        let call = self.closure.call(block);
        if call.swapped {
            // Nobody listens any more when the last edit was measured.
            let _ = self.swapped.send(Instant::now());
        }
        call
    }
}

/// One block whenever one is due.
fn play(engine: &mut Engine<Player>, stop: &AtomicBool) {
    let mut samples = [0.0_f32; 256];
    let block = engine.playing_time(&samples);
    let mut due = Instant::now();
    while !stop.load(Ordering::Relaxed) {
        engine.fill(&mut samples);
        due += block;
        thread::sleep(due.saturating_duration_since(Instant::now()));
    }
}

/// Calls without pause, pinned for 1,000 calls at a time, and notes when the result changes.
fn watch_results<I: Iterator<Item = f32>>(
    stop: &AtomicBool,
    changes: &Sender<Instant>,
    mut call: impl FnMut(usize) -> I,
) {
    let mut last = None;
    while !stop.load(Ordering::Relaxed) {
        for result in call(1_000) {
            if last.replace(result).is_some_and(|last| last != result) {
                // Nobody listens any more when the last edit was measured.
                let _ = changes.send(Instant::now());
            }
        }
    }
}

/// A running program whose file is edited.
struct Session<'a> {
    program: &'a Program,
    changes: Receiver<Instant>,
    file: &'a LiveFile,
}

impl Session<'_> {
    fn edits(
        &self,
        text: impl Fn(usize) -> String,
        rustc: Option<&Path>,
    ) -> Result<Edits, Box<dyn Error>> {
        self.edits_beside(&text, rustc.map(|rustc| (rustc, &text as &dyn Fn(usize) -> String)))
    }

    /// Beside rustc alone, with a text of its own.
    fn edits_beside(
        &self,
        text: impl Fn(usize) -> String,
        beside: Option<(&Path, &dyn Fn(usize) -> String)>,
    ) -> Result<Edits, Box<dyn Error>> {
        let mut edits = Edits::default();
        // What happened before the first edit is not of interest.
        while self.program.events().try_recv().is_ok() {}
        for edit in 1..=WARM_UP + EDITS {
            let text = text(edit);
            thread::sleep(PAUSE);
            let start = Instant::now();
            self.file.save(&text)?;
            let seen = self.changes.recv_timeout(PATIENCE)?;
            let report = self.report()?;
            let bare = beside.map(|(rustc, text)| compile_bare(rustc, &text(edit))).transpose()?;
            if edit > WARM_UP {
                edits.add(seen - start, &report, bare);
            }
        }
        Ok(edits)
    }

    /// The report of the edit that was just seen.
    fn report(&self) -> Result<Report, Box<dyn Error>> {
        loop {
            match self.program.events().recv_timeout(PATIENCE)? {
                Event::Live(report) => return Ok(report),
                Event::Refused(error) => return Err(error.into()),
                _ => {}
            }
        }
    }
}

/// Milliseconds of every edit.
#[derive(Default)]
struct Edits {
    total: Vec<f64>,
    watch: Vec<f64>,
    compile: Vec<f64>,
    link: Vec<f64>,
    publish: Vec<f64>,
    rest: Vec<f64>,
    rustc: Vec<f64>,
}

impl Edits {
    fn add(&mut self, total: Duration, report: &Report, rustc: Option<Duration>) {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let segue::Timings { compile, link, publish, .. } = report.timings;
        self.total.push(ms(total));
        self.rest.push(ms(total) - ms(compile + link + publish));
        self.watch.push(ms(report.timings.watch));
        self.compile.push(ms(compile));
        self.link.push(ms(link));
        self.publish.push(ms(publish));
        self.rustc.extend(rustc.map(ms));
    }

    fn print(&self, name: &str) {
        figure(name, "ms", &self.total);
        let parts = [
            ("watch", &self.watch),
            ("compile", &self.compile),
            ("link", &self.link),
            ("publish", &self.publish),
            ("rest", &self.rest),
        ];
        for (part, samples) in parts {
            figure(&format!("{name}.{part}"), "ms", samples);
        }
        if !self.rustc.is_empty() {
            figure(&format!("{name}.rustc"), "ms", &self.rustc);
            let pairs = self.total.iter().zip(&self.rustc);
            let ratios: Vec<f64> = pairs.map(|(total, rustc)| total / rustc).collect();
            figure(&format!("{name}/rustc"), "ratio", &ratios);
        }
    }
}

/// The rustc behind rustup's proxy, which takes milliseconds itself.
fn bare_rustc() -> Result<PathBuf, Box<dyn Error>> {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output()?;
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()).join("bin/rustc"))
}

/// How long the compiler alone takes, at the same optimisation.
fn compile_bare(rustc: &Path, text: &str) -> Result<Duration, Box<dyn Error>> {
    let file = LiveFile::new(text)?;
    let flags = "--edition 2024 --crate-type lib --emit=obj -C opt-level=3 -C codegen-units=1";
    let mut command = Command::new(rustc);
    command.args(flags.split_whitespace()).arg(file.path());
    command.arg("-o").arg(file.path().with_extension("o"));
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output()?;
    let took = start.elapsed();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(took)
}

fn small_text(edit: usize) -> String {
    format!(
        "//! A tremolo.

/// Louder and softer with the wave.
pub fn tremolo(x: f32) -> f32 {{
    let level = wave(x * 3.0) * 0.5{edit:03};
    x * (1.0 - level)
}}

fn wave(phase: f32) -> f32 {{
    let turn = phase - phase.floor();
    4.0 * (turn - 0.5).abs() - 1.0
}}
"
    )
}

/// One function of 50 lines.
#[cfg(feature = "jit")]
fn long_text(edit: usize, kind: Kind) -> String {
    let operator = kind.operator(edit);
    let line = |at: usize| match at % 5 {
        0 => format!("    let a{at} = sum * {at}.25 + x;\n"),
        1 => format!("    if a{} > amount {{ sum += a{} * 0.5 }}\n", at - 1, at - 1),
        2 => format!("    for step in 0..{at}_u32 {{ sum += step as f32 * 0.01 }}\n"),
        3 => format!("    sum -= (a{} - x).abs();\n", at - 3),
        _ => "    sum = sum.min(1000.0) * 0.9;\n".to_owned(),
    };
    let lines: String = (0..46).map(line).collect();
    let begin = "pub fn long(x: f32, amount: f32) -> f32 {\n";
    format!(
        "{begin}    let mut sum = 0.5{edit:03} + amount;\n{lines}    sum * 0.001 {operator} 0.7{edit:03}\n}}\n"
    )
}

/// 50 functions of nine lines; the edit is in the 28th.
fn large_text(edit: usize) -> String {
    functions_text(50, edit, Kind::Number)
}

/// Which of so many functions is edited.
fn edited_of(count: usize) -> usize {
    count * 27 / 50 / 5 * 5 + 2
}

/// Functions of nine lines.
fn functions_text(count: usize, edit: usize, kind: Kind) -> String {
    let edited = edited_of(count);
    let part = |number: usize| {
        let edit = if number == edited { edit } else { 0 };
        let operator = kind.operator(edit);
        // Every fifth is built on the one before.
        let input = match number % 5 {
            4 => format!("part_{:02}(x, amount)", number - 1),
            _ => "x".to_owned(),
        };
        format!(
            "/// Shapes the wave, part {number} of {count}.
pub fn part_{number:02}(x: f32, amount: f32) -> f32 {{
    let drive = 1.0 + amount * {number}.25;
    let shaped = ({input} * drive).tanh();
    let folded = if shaped > 0.{number:02} {{ 1.{number:02} - shaped }} else {{ shaped }};
    let phase = (folded * {number}.5).sin();
    folded * 0.7{edit:03} {operator} phase * 0.3
}}

"
        )
    };
    (0..count).map(part).collect()
}
