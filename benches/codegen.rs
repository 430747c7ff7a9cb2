//! How fast the code runs that each compiler makes, as a ratio to `rustc -C opt-level=3` of the same file in the
//! same run: kernels of signal processing (`benches/kernels/`) and the programs of the benchmarks game
//! (`tests/cases/rust/benchmarks_game/`).
//!
//! `native` is the file as rustc compiles it for a shared library, loaded into this process and called through a
//! function pointer; `no-analyses` is the same without LLVM's global analyses, which live code must do without.
//! `optimised` is what the runtime has live after the second word of the compiler of single functions, `jit` the
//! code of the compiler in the process; both are called through a handle. Kernels in C, with the same results, go
//! through `gcc -O2` and `tcc` (libtcc's command). `cranelift` is the kernel written by hand in Cranelift's own form,
//! without checks of bounds as in C, through cranelift-jit: the jit's back end with nothing in front of it. Checks of
//! overflow are off everywhere. What a compiler does not support, and compilers that are not installed, are printed
//! with the reason, and have no figure.
//!
//! Where code lies decides how fast loops are, by up to a tenth, and says nothing about who compiled it. So every
//! side is there four times: all its code is moved by 0, 16, 32 and 48 bytes, as far as it is aligned to no more. Each
//! round measures all of them in turn. A side's time in a round is the median over its places, and a ratio is that of two
//! such medians. Measured is the processor time of the measuring thread.
//!
//! `SEGUE_KERNEL=fir` measures only those whose names contain the text.

mod measure;

use std::{
    error::Error,
    ffi::{CString, OsStr},
    fs,
    path::Path,
    process::Command,
    sync::Arc,
    time::Duration,
};

use cranelift_jit::{JITBuilder, JITModule};
use cranelift_module::{Linkage, Module, default_libcall_names};
use measure::{Comparison, Outcome, side};
use segue::{
    Event, Program,
    runtime::{
        Builder,
        compiler::{Compiler, Rustc, RustcFunction},
        loader::Config,
    },
};

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

/// By how many bytes all code of a side is moved: functions are aligned to 16, and a cache line has 64.
const PLACES: [usize; 4] = [0, 16, 32, 48];

/// How long the second word may take.
const PATIENCE: Duration = Duration::from_secs(120);

type Run = extern "C" fn(u64) -> u64;

/// The code of one side at one place.
type Loaded = (&'static str, Run);
type Opened = (&'static str, Program);

fn main() -> Outcome {
    let only = std::env::var("SEGUE_KERNEL").unwrap_or_default();
    for (name, input) in PROGRAMS.iter().filter(|(name, _)| name.contains(&only)) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name).with_extension("rs");
        measure(name.rsplit('/').next().unwrap_or(name), &file, *input)?;
    }
    Ok(())
}

fn measure(name: &str, file: &Path, input: u64) -> Outcome {
    let (mut loaded, mut programs, mut folders) = (Vec::new(), Vec::new(), Vec::new());
    for place in PLACES {
        let folder = tempfile::tempdir()?;
        let kernel = Kernel { folder: folder.path(), name, file, place };
        loaded.extend(kernel.loaded()?);
        programs.extend(kernel.opened()?);
        folders.push(folder);
    }
    moved(&loaded)?;
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
    let mut comparison = Comparison::by_processor_time();
    comparison.measure(ROUNDS, times(native, input), &mut sides);
    comparison.over_places();
    comparison.print(&format!("codegen.{name}"));
    Ok(())
}

/// That libraries lie where they were to lie. Who compiles with Cranelift aligns functions to 32 bytes.
fn moved(loaded: &[Loaded]) -> Outcome {
    for (at, (by, run)) in loaded.iter().enumerate().filter(|(_, (by, _))| *by != "cranelift") {
        let place = |run: Run| run as usize % 64;
        if loaded[..at].iter().any(|(other, there)| other == by && place(*there) == place(*run)) {
            return Err(format!("{by}: two of its libraries have `run` at the same place").into());
        }
    }
    Ok(())
}

/// How often in a batch: about five milliseconds.
fn times(native: Run, input: u64) -> u64 {
    let started = std::time::Instant::now();
    std::hint::black_box(native(input));
    (5_000_000 / started.elapsed().as_nanos().max(1) as u64).clamp(1, 10_000)
}

/// A kernel, to be moved by `place` bytes.
struct Kernel<'a> {
    folder: &'a Path,
    name: &'a str,
    file: &'a Path,
    place: usize,
}

impl Kernel<'_> {
    /// The file as shared libraries, rustc's ordinary one first; and the kernel in Cranelift's own form.
    fn loaded(&self) -> Result<Vec<Loaded>, Box<dyn Error>> {
        let Kernel { folder, name, file, place } = self;
        // Assemblers warn of nothing to skip.
        let before = if *place > 0 { format!(".skip {place}, 0x90") } else { String::new() };
        let section = "\".section .text.unlikely.place,\\\"axR\\\",@progbits\"";
        let text = format!(
            "#[path = {file:?}] mod kernel;\n\
             core::arch::global_asm!({section}, \".p2align 6\", {before:?}, \".text\");\n\
             #[unsafe(no_mangle)] pub extern \"C\" fn run(input: u64) -> u64 {{ kernel::run(input) }}\n"
        );
        let source = folder.join(name).with_extension("rs");
        fs::write(&source, text)?;
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let flags = ["--edition=2024", "--crate-type=cdylib", "-Copt-level=3", "-Awarnings"];
        let without = [&flags[..], &["-Cllvm-args=-enable-global-analyses=false"]].concat();
        let mut sides = vec![("native", self.library("native", &rustc, &flags, &source)?)];
        let mut in_text = vec![("no-analyses", self.library("opaque", &rustc, &without, &source))];
        let c = file.with_extension("c");
        if c.exists() {
            let text = format!("__asm__(\".text\\n.p2align 6\\n{before}\");\n#include {c:?}\n");
            let source = folder.join(name).with_extension("c");
            fs::write(&source, text)?;
            let gcc = ["-O2", "-shared", "-fPIC"];
            in_text.push(("gcc-O2", self.library("gcc", "gcc".as_ref(), &gcc, &source)));
            in_text.push(("tcc", self.library("tcc", "tcc".as_ref(), &["-shared"], &source)));
        }
        for (by, run) in in_text {
            match run {
                Ok(run) => sides.push((by, run)),
                Err(why) => eprintln!("{name}: {by}: {why}"),
            }
        }
        let by_hand = file.with_extension("clif");
        if by_hand.exists() {
            sides.push(("cranelift", cranelift(&by_hand, *place)?));
        }
        Ok(sides)
    }
}

/// `run` of a kernel in Cranelift's own form, as Cranelift compiles it for speed, behind so many bytes.
fn cranelift(source: &Path, place: usize) -> Result<Run, Box<dyn Error>> {
    let text = fs::read_to_string(source)?;
    let functions = cranelift_reader::parse_functions(&text)?;
    let [function] = functions.as_slice() else { return Err("one function is expected".into()) };
    let options = [("opt_level", "speed"), ("enable_verifier", "true")];
    let mut module = JITModule::new(JITBuilder::with_flags(&options, default_libcall_names())?);
    if place > 0 {
        let before = module.declare_function("before", Linkage::Local, &function.signature)?;
        module.define_function_bytes(before, 64, &vec![0x90; place], &[])?;
    }
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

impl Kernel<'_> {
    /// `run` of a library that `compiler` makes of `source`.
    fn library(
        &self,
        by: &str,
        compiler: &OsStr,
        flags: &[&str],
        source: &Path,
    ) -> Result<Run, Box<dyn Error>> {
        let path = self.folder.join(format!("lib{}_{by}.so", self.name));
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
            let run =
                if library.is_null() { library } else { libc::dlsym(library, c"run".as_ptr()) };
            if run.is_null() {
                return Err(format!("{} cannot be loaded", source.display()).into());
            }
            Ok(std::mem::transmute::<*mut libc::c_void, Run>(run))
        }
    }

    /// The program by each compiler that takes it.
    fn opened(&self) -> Result<Vec<Opened>, Box<dyn Error>> {
        let mut programs = vec![("optimised", self.optimised()?)];
        #[cfg(feature = "jit")]
        {
            let jit: Arc<dyn Compiler> = Arc::new(segue::runtime::compiler::Jit::new());
            match self.builder(self.file, jit).open() {
                Ok(program) => programs.push(("jit", program)),
                Err(why) => eprintln!("{}: jit: {why}", self.name),
            }
        }
        Ok(programs)
    }

    /// The file after an edit of one function, when all of it was compiled for speed again.
    fn optimised(&self) -> Result<Program, Box<dyn Error>> {
        let text = fs::read_to_string(self.file)?;
        let path = self.folder.join(format!("{}_live.rs", self.name));
        let head = "pub fn run(input: u64) -> u64 {";
        fs::write(&path, text.replace(head, &format!("{head} std::hint::black_box(1u8);")))?;
        let rustc = Arc::new(RustcFunction::new(Rustc::find()?));
        let program = self.builder(&path, rustc.clone()).open()?;
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

    fn builder(&self, file: &Path, compiler: Arc<dyn Compiler>) -> Builder {
        let memory = Config { lead: self.place, ..Config::default() };
        Program::builder(file).compiler(compiler).memory(memory).watch(false)
    }
}
