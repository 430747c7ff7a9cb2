//! How fast the code runs that each compiler makes, as a ratio to `rustc -C opt-level=3` of the same file in the
//! same run: kernels of signal processing (`benches/kernels/`) and the programs of the benchmarks game
//! (`tests/cases/rust/benchmarks_game/`).
//!
//! `native` is the file as rustc compiles it for a shared library, loaded into this process and called through a
//! function pointer; `aligned` is the same with functions at cache lines, which shows how much their places alone
//! make; `no-analyses` is the same without LLVM's global analyses, which live code must do without.
//! `optimised` is what the runtime has live after the second word of the compiler of single functions, `jit` the
//! code of the compiler in the process; both are called through a handle. Kernels in C, with the same results, go
//! through `gcc -O2` and `tcc` (libtcc's command). `cranelift` is the kernel written by hand in Cranelift's own form,
//! without checks of bounds as in C, through cranelift-jit: the jit's back end with nothing in front of it. Checks of
//! overflow are off everywhere. What a compiler does not support, and compilers that are not installed, are printed
//! with the reason, and have no figure.
//!
//! `SEGUE_KERNEL=fir` measures only those whose names contain the text.

mod measure;

use std::{
    error::Error,
    ffi::{CString, OsStr},
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Duration,
};

use cranelift_jit::{JITBuilder, JITModule};
use cranelift_module::{Linkage, Module, default_libcall_names};
use measure::{Comparison, Outcome, side};
use segue::{
    Event, Program,
    runtime::compiler::{Compiler, Rustc, RustcFunction},
};
use tempfile::TempDir;

const ROUNDS: usize = 31;

/// Files, and the input that makes one call take some hundred microseconds at least.
const PROGRAMS: [(&str, u64); 11] = [
    ("benches/kernels/biquad", 1),
    ("benches/kernels/fir", 1),
    ("benches/kernels/fft", 1),
    ("benches/kernels/wavetable", 1),
    ("benches/kernels/reverb", 1),
    ("benches/kernels/envelope", 1),
    ("tests/cases/rust/benchmarks_game/nbody", 5000),
    ("tests/cases/rust/benchmarks_game/spectral_norm", 100),
    ("tests/cases/rust/benchmarks_game/fannkuch", 8),
    ("tests/cases/rust/benchmarks_game/mandelbrot", 160),
    ("tests/cases/rust/benchmarks_game/fasta", 2000),
];

/// How long the second word may take.
const PATIENCE: Duration = Duration::from_secs(120);

type Run = extern "C" fn(u64) -> u64;

fn main() -> Outcome {
    let folder = tempfile::tempdir()?;
    let only = std::env::var("SEGUE_KERNEL").unwrap_or_default();
    for (name, input) in PROGRAMS.iter().filter(|(name, _)| name.contains(&only)) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name).with_extension("rs");
        measure(&folder, name.rsplit('/').next().unwrap_or(name), &file, *input)?;
    }
    Ok(())
}

fn measure(folder: &TempDir, name: &str, file: &Path, input: u64) -> Outcome {
    let loaded = loaded(folder, name, file)?;
    let programs = opened(folder, name, file)?;
    let (_, native) = loaded[0];
    let calls: Vec<_> = programs
        .iter()
        .map(|(by, program)| Ok((*by, program.bind::<fn(u64) -> u64>("run")?, program)))
        .collect::<Result<_, segue::Error>>()?;
    let mut sides = Vec::new();
    for &(by, run) in &loaded {
        assert_eq!(run(input), native(input), "{name} by {by}");
        sides.push(side(by, move |times| {
            (0..times).fold(0, |sum, _| sum ^ run(std::hint::black_box(input)))
        }));
    }
    for (by, run, program) in &calls {
        let me = program.participant();
        assert_eq!(run.pin(&me).call(input), native(input), "{name} by {by}");
        sides.push(side(by, move |times| {
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
fn times(native: Run, input: u64) -> u64 {
    let started = std::time::Instant::now();
    std::hint::black_box(native(input));
    (10_000_000 / started.elapsed().as_nanos().max(1) as u64).clamp(1, 10_000)
}

/// The file as shared libraries; rustc's ordinary one first.
fn loaded(
    folder: &TempDir,
    name: &str,
    file: &Path,
) -> Result<Vec<(&'static str, Run)>, Box<dyn Error>> {
    let text = format!(
        "#[path = {file:?}] mod kernel;\n\
         #[unsafe(no_mangle)] pub extern \"C\" fn run(input: u64) -> u64 {{ kernel::run(input) }}\n"
    );
    let source = folder.path().join(name).with_extension("rs");
    fs::write(&source, text)?;
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let flags = ["--edition=2024", "--crate-type=cdylib", "-Copt-level=3", "-Awarnings"];
    let without = ["-Cllvm-args=-enable-global-analyses=false"];
    let native = library(folder, name, "native", &rustc, &flags, &source)?;
    let at_lines = ["-Cllvm-args=-align-all-functions=6"];
    let with = |by, more: &[&str]| {
        library(folder, name, by, &rustc, &[&flags[..], more].concat(), &source)
    };
    let in_rust =
        [("aligned", with("aligned", &at_lines)), ("no-analyses", with("opaque", &without))];
    let mut sides = vec![("native", native)];
    let c = file.with_extension("c");
    let gcc = || library(folder, name, "gcc", "gcc".as_ref(), &["-O2", "-shared", "-fPIC"], &c);
    let tcc = || library(folder, name, "tcc", "tcc".as_ref(), &["-shared"], &c);
    let in_c = c.exists().then(|| [("gcc-O2", gcc()), ("tcc", tcc())]);
    for (by, run) in in_rust.into_iter().chain(in_c.into_iter().flatten()) {
        match run {
            Ok(run) => sides.push((by, run)),
            Err(why) => eprintln!("{name}: {by}: {why}"),
        }
    }
    let by_hand = file.with_extension("clif");
    if by_hand.exists() {
        sides.push(("cranelift", cranelift(&by_hand)?));
    }
    Ok(sides)
}

/// `run` of a kernel in Cranelift's own form, as Cranelift compiles it for speed.
fn cranelift(source: &Path) -> Result<Run, Box<dyn Error>> {
    let text = fs::read_to_string(source)?;
    let functions = cranelift_reader::parse_functions(&text)?;
    let [function] = functions.as_slice() else { return Err("one function is expected".into()) };
    let options = [("opt_level", "speed"), ("enable_verifier", "true")];
    let mut module = JITModule::new(JITBuilder::with_flags(&options, default_libcall_names())?);
    let run = module.declare_function("run", Linkage::Export, &function.signature)?;
    let mut context = module.make_context();
    context.func = function.clone();
    module.define_function(run, &mut context)?;
    module.finalize_definitions()?;
    let run = module.get_finalized_function(run);
    // SAFETY: a kernel takes an `i64` and gives one by the C ABI; its module leaves the code in memory when it is
    // dropped.
    Ok(unsafe { std::mem::transmute::<*const u8, Run>(run) })
}

/// `run` of a library that `compiler` makes of `source`.
fn library(
    folder: &TempDir,
    name: &str,
    by: &str,
    compiler: &OsStr,
    flags: &[&str],
    source: &Path,
) -> Result<Run, Box<dyn Error>> {
    let path: PathBuf = folder.path().join(format!("lib{name}_{by}.so"));
    let ended = Command::new(compiler).args(flags).arg("-o").args([&path, source]).status();
    let ended = ended.map_err(|error| format!("cannot run {compiler:?}: {error}"))?;
    if !ended.success() {
        return Err(format!("{compiler:?} does not compile {}", source.display()).into());
    }
    let path = CString::new(path.into_os_string().into_encoded_bytes())?;
    // SAFETY: a library without constructors of its own, whose `run` has this type, and which is never
    // unloaded.
    unsafe {
        let library = libc::dlopen(path.as_ptr(), libc::RTLD_NOW);
        let run = if library.is_null() { library } else { libc::dlsym(library, c"run".as_ptr()) };
        if run.is_null() {
            return Err(format!("{} cannot be loaded", source.display()).into());
        }
        Ok(std::mem::transmute::<*mut libc::c_void, Run>(run))
    }
}

/// The program by each compiler that takes it.
fn opened(
    folder: &TempDir,
    name: &str,
    file: &Path,
) -> Result<Vec<(&'static str, Program)>, Box<dyn Error>> {
    let mut programs = vec![("optimised", optimised(folder, name, file)?)];
    #[cfg(feature = "jit")]
    {
        let jit: Arc<dyn Compiler> = Arc::new(segue::runtime::compiler::Jit::new());
        match Program::builder(file).compiler(jit).watch(false).open() {
            Ok(program) => programs.push(("jit", program)),
            Err(why) => eprintln!("{name}: jit: {why}"),
        }
    }
    Ok(programs)
}

/// The file after an edit of one function, when all of it was compiled for speed again.
fn optimised(folder: &TempDir, name: &str, file: &Path) -> Result<Program, Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    let path = folder.path().join(format!("{name}_live.rs"));
    let head = "pub fn run(input: u64) -> u64 {";
    fs::write(&path, text.replace(head, &format!("{head} std::hint::black_box(1u8);")))?;
    let rustc = Arc::new(RustcFunction::new(Rustc::find()?));
    let compiler: Arc<dyn Compiler> = rustc.clone();
    let program = Program::builder(&path).compiler(compiler).watch(false).open()?;
    rustc.settle();
    let events = program.events();
    program.apply(&text)?;
    loop {
        match events.recv_timeout(PATIENCE)? {
            Event::Optimised(_) => return Ok(program),
            Event::NotOptimised { error, .. } => return Err(error.into()),
            _ => {}
        }
    }
}
