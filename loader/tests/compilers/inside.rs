//! A program inside a process: its objects linked by Segue, run, and what it reported. A child does
//! it, since linked wrongly it could do anything. The child is this test binary.

use std::collections::{HashMap, HashSet};
use std::ffi::{CStr, c_char, c_ulonglong};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use object::read::elf::ElfFile64;
use object::{Object as _, ObjectSymbol as _, SymbolKind};
use segue_loader::{
    Config, Error, ErrorKind, Linked, Linker, Memory, Object, Selection, SlotIndex, Split, Symbols,
    Targets, split,
};

use crate::common::std_archives;

/// Which functions are behind slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Live {
    /// Every function of every object.
    All,
    /// Those that other objects see.
    Globals,
    /// `program` alone; the rest is private code.
    Entry,
}

impl Live {
    pub(crate) const ALL: [Live; 3] = [Live::All, Live::Globals, Live::Entry];
}

/// What the child is told in this variable: the file for its results, which functions are live, whether
/// Rust's `std` is needed, then `--` and the objects.
const JOB: &str = "SEGUE_COMPILERS_JOB";
/// What the results start with when the link failed.
const REFUSED: &str = "refused: ";

/// What came of a program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// What it reported.
    Results(String),
    /// It was not linked, for this reason.
    Refused(String),
    /// The child ended otherwise.
    Died(String),
}

/// Links the objects in a child and runs them.
pub(crate) fn run(objects: &[PathBuf], live: Live, wanted: &[&str], folder: &Path) -> Said {
    let results = folder.join("results");
    let mut job = format!("{}\n{live:?}\n", results.display());
    wanted.iter().for_each(|it| writeln!(job, "{it}").unwrap());
    job.push_str("--\n");
    objects.iter().for_each(|it| writeln!(job, "{}", it.display()).unwrap());
    let mut command = Command::new(std::env::current_exe().unwrap());
    // Loaded when the process starts, so that their thread-locals can be reached in every model.
    let libraries: Vec<&str> = wanted.iter().copied().filter(|it| *it != "std").collect();
    command.env("LD_PRELOAD", libraries.join(" "));
    command.args(["--exact", "inside::the_child", "--nocapture"]).env(JOB, job);
    let output = command.output().unwrap();
    let said = std::fs::read_to_string(&results).unwrap_or_default();
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Said::Died(format!("{}, having said\n{said}{why}", output.status));
    }
    match said.strip_prefix(REFUSED) {
        Some(why) => Said::Refused(why.to_owned()),
        None => Said::Results(said),
    }
}

/// Does nothing, unless this process is the child that `run` started.
#[test]
fn the_child() {
    let Ok(job) = std::env::var(JOB) else { return };
    let (head, objects) = job.split_once("--\n").unwrap();
    let mut head = head.lines();
    let results = head.next().unwrap();
    let live = head.next().unwrap();
    let live = Live::ALL.into_iter().find(|it| format!("{it:?}") == live).unwrap();
    let objects: Vec<&Path> = objects.lines().map(Path::new).collect();
    let wanted: Vec<&str> = head.collect();
    let said = match Loaded::load(&objects, live, &wanted) {
        Ok(mut loaded) => {
            // In a thread of its own, as its end runs destructors of thread-locals.
            std::thread::scope(|scope| scope.spawn(|| loaded.run()).join().unwrap());
            drop(loaded);
            std::mem::take(&mut *REPORTED.lock().unwrap())
        }
        Err(why) => format!("{REFUSED}{why}"),
    };
    std::fs::write(results, said).unwrap();
}

static REPORTED: Mutex<String> = Mutex::new(String::new());

/// What the programs call with each result.
///
/// # Safety
/// `what` is a C string.
unsafe extern "C" fn report(what: *const c_char, value: c_ulonglong) {
    // SAFETY: the caller's promise.
    let what = unsafe { CStr::from_ptr(what) }.to_str().unwrap();
    writeln!(REPORTED.lock().unwrap(), "{what} {value:x}").unwrap();
}

#[derive(Default)]
struct Slots(HashMap<String, SlotIndex>);

impl Targets for Slots {
    fn slot(&mut self, function: &str) -> Result<SlotIndex, Error> {
        let missing = || Error::new(ErrorKind::Undefined, format!("no slot for {function}"));
        self.0.get(function).copied().ok_or_else(missing)
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}

struct Loaded {
    program: usize,
    /// Dropped first: that runs destructors, which are code of `_linked`.
    linker: Linker,
    _linked: Vec<Linked>,
}

impl Loaded {
    fn load(paths: &[&Path], live: Live, wanted: &[&str]) -> Result<Loaded, Error> {
        let mut symbols = symbols(wanted);
        symbols.define("report", (report as *const ()).expose_provenance());
        let memory = Memory::reserve(Config { poison: true, ..Config::default() })?;
        let mut linker = Linker::new(std::sync::Arc::clone(&memory), symbols);
        let splits = split_all(paths, live)?;
        let mut slots = Slots::default();
        for module in splits.iter().flat_map(Split::modules) {
            let next = SlotIndex(slots.0.len() as u32);
            slots.0.entry(module.name.clone()).or_insert(next);
        }
        let all: Vec<Vec<usize>> =
            splits.iter().map(|split| (0..split.modules().len()).collect()).collect();
        let selections = splits.iter().zip(&all);
        let batch: Vec<Selection<'_>> =
            selections.map(|(split, functions)| Selection { split, functions }).collect();
        let linked = linker.link(&batch, &mut slots)?;
        let mut program = 0;
        for linked in linked.iter().rev() {
            // Backwards: of several definitions the first is the program's.
            let word = memory.slot_words().cast::<usize>();
            // SAFETY: slots are words that live as long as the memory, used as atomics only.
            let word = unsafe {
                AtomicUsize::from_ptr(word.add(slots.0[linked.name()].0 as usize).as_ptr())
            };
            word.store(linked.entry(), Ordering::Release);
            if linked.name() == "program" {
                program = linked.entry();
            }
        }
        assert_ne!(program, 0, "there is a function called program");
        Ok(Loaded { program, _linked: linked, linker })
    }

    fn run(&mut self) {
        // SAFETY: everything is published, and the linker is dropped before what it linked.
        unsafe { self.linker.construct() };
        let program: *const () = std::ptr::with_exposed_provenance(self.program);
        // SAFETY: this is the type of `program` in every source.
        let program = unsafe { std::mem::transmute::<*const (), extern "C-unwind" fn()>(program) };
        program();
    }
}

fn symbols(wanted: &[&str]) -> Symbols {
    let mut symbols = Symbols::of_process().unwrap();
    if wanted.contains(&"std") {
        std_archives().iter().for_each(|archive| symbols.archive(archive).unwrap());
    }
    symbols
}

/// Splits every object, with its functions and those of the others live as `live` says.
fn split_all(paths: &[&Path], live: Live) -> Result<Vec<Split>, Error> {
    let bytes: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let own: Vec<_> = bytes.iter().map(|bytes| functions_of(bytes, live)).collect();
    let all = own.iter().flatten();
    let globals: HashSet<String> =
        all.filter(|(_, is_global)| *is_global).map(|(name, _)| name.clone()).collect();
    let mut splits = Vec::new();
    for ((path, bytes), own) in paths.iter().zip(bytes).zip(own) {
        let own: HashSet<String> = own.into_iter().map(|(name, _)| name).collect();
        let object = Object::parse(&path.file_name().unwrap().to_string_lossy(), bytes)?;
        splits.push(split(object, &|name| own.contains(name) || globals.contains(name))?);
    }
    Ok(splits)
}

/// The functions that an object defines, and whether other objects see them. The outlined cold code
/// of a function has a symbol of its own, but belongs to the function.
fn functions_of(bytes: &[u8], live: Live) -> Vec<(String, bool)> {
    // Damaged or foreign ones are the loader's to refuse.
    let Ok(file) = ElfFile64::<object::LittleEndian>::parse(bytes) else { return Vec::new() };
    let symbols = file.symbols().filter(|it| it.kind() == SymbolKind::Text && it.is_definition());
    let named = symbols.map(|it| (it.name().unwrap().to_owned(), it.is_global()));
    let is_chosen = |(name, is_global): &(String, bool)| match live {
        _ if name.is_empty() || name.ends_with(".cold") || is_made(name) => false,
        Live::All => true,
        Live::Globals => *is_global,
        Live::Entry => name == "program",
    };
    named.filter(is_chosen).collect()
}

/// Whether nobody would swap the function on its own: entries of virtual functions that correct `this`
/// first, which gcc has in the function's section, and parts of constructors, which clang has in one.
fn is_made(name: &str) -> bool {
    let beginnings = [".L", "_ZTh", "_ZTv", "_ZTc", "__cxx_global_var_init", "_GLOBAL__"];
    beginnings.iter().any(|beginning| name.starts_with(beginning))
}
