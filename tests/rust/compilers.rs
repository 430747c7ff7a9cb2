//! The compilers under test, by name, and how a program gets to them.

#[cfg(feature = "jit")]
use std::sync::LazyLock;
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use segue::{
    Error, Program,
    runtime::compiler::{self, Cancel, Compiled, Compiler, Rustc, RustcFunction, Source},
};
use tempfile::TempDir;

/// A compiler under test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// As in `SEGUE_COMPILER`, and in marks of refusals.
    pub(crate) name: &'static str,
    pub(crate) way: Way,
    /// One program in so many is given to it.
    pub(crate) every: usize,
}

/// How a program is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// By rustc, each file as a whole.
    Whole,
    /// By rustc, and then a function of it alone.
    Edited,
    /// In this process, each file as a whole.
    #[cfg(feature = "jit")]
    Jit,
    /// In this process, with the sources of the crates that `real_code` names.
    #[cfg(feature = "jit")]
    JitWithCrates,
}

/// All of them.
const COMPILERS: &[Named] = &[
    Named { name: "rustc", way: Way::Whole, every: 1 },
    Named { name: "rustc-function", way: Way::Edited, every: 2 },
    #[cfg(feature = "jit")]
    Named { name: "jit", way: Way::Jit, every: 1 },
];

/// The compiler in the process again, with crates beside it.
#[cfg(feature = "jit")]
pub(crate) const WITH_CRATES: Named =
    Named { name: "jit-with-crates", way: Way::JitWithCrates, every: 1 };

/// Those that `SEGUE_COMPILER` names, for all programs; or all.
pub(crate) fn asked_for() -> Vec<Named> {
    let only = std::env::var("SEGUE_COMPILER").unwrap_or_default();
    if only.is_empty() {
        return COMPILERS.to_vec();
    }
    only.split(',').map(|name| Named { every: 1, ..named(name) }).collect()
}

/// The one of this name.
pub(crate) fn named(name: &str) -> Named {
    #[cfg(feature = "jit")]
    if name == WITH_CRATES.name {
        return WITH_CRATES;
    }
    let found = COMPILERS.iter().find(|named| named.name == name);
    *found.unwrap_or_else(|| panic!("there is no compiler `{name}`; there are {COMPILERS:?}"))
}

/// A program that is live, and what it needs as long as it is.
pub(crate) struct Opened {
    pub(crate) program: Program,
    /// The generation whose results count.
    pub(crate) generation: u64,
    _folder: Option<TempDir>,
}

/// Opens the file at `path` as a program of `compiler`'s.
pub(crate) fn open(compiler: Named, path: &Path) -> Result<Opened, Refused> {
    // With the semantics of the ordinary programs.
    let rustc = Rustc::find().expect("rustc is on the machine").with_opt_level(1).with_checks();
    match compiler.way {
        Way::Whole => {
            let program = Program::builder(path).compiler(rustc).watch(false).open()?;
            Ok(Opened { generation: program.generation(), program, _folder: None })
        }
        #[cfg(feature = "jit")]
        Way::Jit => {
            // What it knows of the library, it knows for all programs of the process.
            static JIT: LazyLock<compiler::Jit> =
                LazyLock::new(|| compiler::Jit::new().with_checks(true));
            let program = Program::builder(path).compiler(JIT.clone()).watch(false).open()?;
            Ok(Opened { generation: program.generation(), program, _folder: None })
        }
        #[cfg(feature = "jit")]
        Way::JitWithCrates => {
            let jit = crate::real_code::crates::compiler_for(path);
            let program = Program::builder(path).compiler(jit).watch(false).open()?;
            Ok(Opened { generation: program.generation(), program, _folder: None })
        }
        Way::Edited => edited(rustc, path),
    }
}

/// Opens the program and compiles its largest function once more, alone; with `SEGUE_FUZZ_ROUNDS` then one after the
/// other all whose bodies begin on a line of their own, those that need the whole file included.
fn edited(rustc: Rustc, path: &Path) -> Result<Opened, Refused> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join(path.file_name().expect("it is a file"));
    let text = std::fs::read_to_string(path).expect("the program can be read");
    std::fs::write(&file, &text).expect("the folder can be written");
    let compiler = Settled::new(rustc);
    let program = Program::builder(&file).compiler(compiler.clone()).watch(false).open()?;
    let mut functions = functions(&text);
    functions.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    if std::env::var_os("SEGUE_FUZZ_ROUNDS").is_none() {
        functions.truncate(1);
    }
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (number, (line, _)) in functions.into_iter().enumerate() {
        // It is another text, and does the same.
        lines[line].push_str(" std::hint::black_box(1u8);");
        program.apply(&(lines.join("\n") + "\n"))?;
        if number == 0 && !compiler.was_alone() {
            return Err(Refused::Whole { line: line + 1 });
        }
        // Whoever waits for this process hears that it does not hang.
        println!("compiled alone");
    }
    Ok(Opened { generation: program.generation(), program, _folder: Some(folder) })
}

/// The first lines of functions outside of impl blocks that can be compiled alone, and how many lines each has.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let name = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("fn ");
        let is_generic = || name.is_some_and(|it| it.split('(').next().unwrap_or(it).contains('<'));
        if name.is_some() && line.ends_with('{') && !is_generic() && !line.contains("impl ") {
            let end = lines[at..].iter().position(|line| *line == "}");
            found.push((at, end.unwrap_or_default()));
        }
    }
    found
}

/// Why a program does not run.
pub(crate) enum Refused {
    Error(Error),
    /// It does, and a function was not compiled alone.
    Whole {
        line: usize,
    },
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        Refused::Error(error)
    }
}

/// The compiler of single functions, once it is ready for them; it optimises when it is told to, and not when
/// some time has passed.
#[derive(Clone)]
pub(crate) struct Settled {
    compiler: Arc<RustcFunction>,
    was_alone: Arc<AtomicBool>,
}

impl Settled {
    pub(crate) fn new(rustc: Rustc) -> Settled {
        Settled { compiler: Arc::new(RustcFunction::new(rustc)), was_alone: Arc::default() }
    }

    /// Whether the last compile was one of single functions.
    pub(crate) fn was_alone(&self) -> bool {
        self.was_alone.load(Ordering::Relaxed)
    }

    /// Compiles the optimised tier of `text`, on which later compiles build.
    pub(crate) fn optimise(&self, path: &Path, text: &str) {
        let source = Source { path: path.to_owned(), text: text.into(), support: Vec::new() };
        let compiled = self.compiler.compile_optimised(&source, &Cancel::default());
        assert!(compiled.expect("it compiles").is_final, "there is nothing after it");
    }
}

impl Compiler for Settled {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, compiler::Error> {
        self.compiler.settle();
        let compiled = self.compiler.compile(source, cancel)?;
        self.was_alone.store(!compiled.is_final, Ordering::Relaxed);
        Ok(Compiled { is_final: true, ..compiled })
    }
}
