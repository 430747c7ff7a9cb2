//! How fast the code runs that each compiler makes, as a ratio to `rustc -C opt-level=3` of the same file:
//! signal processing and the small programs of the benchmarks game, from `tests/cases/rust`.
//!
//! `native` is the file as rustc compiles it for a shared library, loaded into this process and called
//! through a function pointer; the others are called through a handle. Checks of overflow are off
//! everywhere. What a compiler does not support is printed with its reason, and has no figure.

mod measure;

use std::{
    error::Error,
    ffi::CString,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use measure::{Comparison, Outcome, side};
use segue::{
    Program,
    runtime::compiler::{Compiler, Rustc},
};
use tempfile::TempDir;

const ROUNDS: usize = 31;

/// Files, and the input that makes one call take some hundred microseconds at least.
const PROGRAMS: [(&str, u64); 12] = [
    ("dsp/biquad", 1),
    ("dsp/fir", 1),
    ("dsp/oscillators", 1),
    ("dsp/reverb", 1),
    ("dsp/envelope", 1),
    ("dsp/delay_line", 1),
    ("algorithms/fft", 3),
    ("algorithms/nbody", 1000),
    ("algorithms/spectral_norm", 3),
    ("algorithms/fannkuch", 3),
    ("algorithms/mandelbrot", 3),
    ("algorithms/fasta", 3),
];

fn main() -> Outcome {
    let folder = tempfile::tempdir()?;
    for (name, input) in PROGRAMS {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rust").join(name);
        measure(&folder, name, &file.with_extension("rs"), input)?;
    }
    Ok(())
}

fn measure(folder: &TempDir, name: &str, file: &Path, input: u64) -> Outcome {
    let name = name.rsplit('/').next().unwrap_or(name);
    let native = native(folder, name, file)?;
    let programs = opened(file);
    let calls: Vec<_> = programs
        .iter()
        .map(|(compiler, program)| Ok((*compiler, program.bind::<fn(u64) -> u64>("run")?, program)))
        .collect::<Result<_, segue::Error>>()?;
    let mut sides = vec![side("native", move |times| {
        (0..times).fold(0, |sum, _| sum ^ native(std::hint::black_box(input)))
    })];
    for (compiler, run, program) in &calls {
        let me = program.participant();
        assert_eq!(run.pin(&me).call(input), native(input), "{name} by {compiler}");
        sides.push(side(compiler, move |times| {
            let run = run.pin(&me);
            (0..times).fold(0, |sum, _| sum ^ run.call(std::hint::black_box(input)))
        }));
    }
    let mut comparison = Comparison::default();
    comparison.measure(ROUNDS, times(native, input), &mut sides);
    comparison.print(&format!("codegen.{name}"));
    Ok(())
}

/// How often in a batch: about ten milliseconds.
fn times(native: extern "C" fn(u64) -> u64, input: u64) -> u64 {
    let started = std::time::Instant::now();
    std::hint::black_box(native(input));
    (10_000_000 / started.elapsed().as_nanos().max(1) as u64).clamp(1, 10_000)
}

/// The program by each compiler that takes it.
fn opened(file: &Path) -> Vec<(&'static str, Program)> {
    let mut programs = Vec::new();
    let mut open = |name, compiler: Result<Arc<dyn Compiler>, String>| {
        let opened = compiler.and_then(|compiler| {
            let builder = Program::builder(file).compiler(compiler).watch(false);
            builder.open().map_err(|error| error.to_string())
        });
        match opened {
            Ok(program) => programs.push((name, program)),
            Err(why) => eprintln!("{}: {name}: {why}", file.display()),
        }
    };
    open("rustc", Rustc::find().map(|it| Arc::new(it) as _).map_err(|error| error.to_string()));
    #[cfg(feature = "jit")]
    open("jit", Ok(Arc::new(segue::runtime::compiler::Jit::new())));
    programs
}

/// `run` of the file as an ordinary library.
fn native(
    folder: &TempDir,
    name: &str,
    file: &Path,
) -> Result<extern "C" fn(u64) -> u64, Box<dyn Error>> {
    let text = format!(
        "#[path = {file:?}] mod kernel;\n\
         #[unsafe(no_mangle)] pub extern \"C\" fn run(input: u64) -> u64 {{ kernel::run(input) }}\n"
    );
    let source = folder.path().join(name).with_extension("rs");
    fs::write(&source, text)?;
    let library: PathBuf = folder.path().join(format!("lib{name}.so"));
    let ended = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--edition=2024", "--crate-type=cdylib", "-Copt-level=3", "-Awarnings", "-o"])
        .args([&library, &source])
        .status()?;
    if !ended.success() {
        return Err(format!("rustc does not compile {}", file.display()).into());
    }
    let path = CString::new(library.into_os_string().into_encoded_bytes())?;
    // SAFETY: a library without constructors of its own, whose `run` has this type, and which is never
    // unloaded.
    unsafe {
        let library = libc::dlopen(path.as_ptr(), libc::RTLD_NOW);
        let run = if library.is_null() { library } else { libc::dlsym(library, c"run".as_ptr()) };
        if run.is_null() {
            return Err(format!("{} cannot be loaded", file.display()).into());
        }
        Ok(std::mem::transmute::<*mut libc::c_void, extern "C" fn(u64) -> u64>(run))
    }
}
