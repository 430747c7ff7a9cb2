//! What every test of linked code needs: compile a source, link it, publish, get an address.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test helper, of which each test binary uses its own part"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use segue_loader::{
    Config, Error, Linked, Linker, Memory, Object, Selection, SlotIndex, Split, Symbols, Targets,
    split,
};

/// Compiles Rust as the compiler of live files does: one object, one section per function.
pub fn rust(source: &str) -> Vec<u8> {
    let directory = tempfile::tempdir().unwrap();
    let (input, output) = (directory.path().join("live.rs"), directory.path().join("live.o"));
    std::fs::write(&input, source).unwrap();
    let flags = "--edition 2024 --crate-type lib --crate-name live --emit=obj -A warnings \
                 -C opt-level=3 -C codegen-units=1 -C symbol-mangling-version=v0 \
                 -C metadata=segue -C panic=unwind";
    run(Command::new("rustc").args(flags.split_whitespace()).arg(&input).arg("-o").arg(&output));
    std::fs::read(output).unwrap()
}

/// Compiles C (or, with the extension `s`, assembly) with more flags than the usual ones.
pub fn cc(extension: &str, source: &str, flags: &[&str]) -> Vec<u8> {
    compile("cc", extension, source, flags)
}

/// The same with another compiler, which the extension must suit.
pub fn compile(compiler: &str, extension: &str, source: &str, flags: &[&str]) -> Vec<u8> {
    let directory = tempfile::tempdir().unwrap();
    let input = directory.path().join(format!("live.{extension}"));
    let output = directory.path().join("live.o");
    std::fs::write(&input, source).unwrap();
    let usual = "-c -O2 -fPIC -ffunction-sections -fdata-sections -fvisibility=hidden";
    let mut command = Command::new(compiler);
    run(command.args(usual.split_whitespace()).args(flags).arg(&input).arg("-o").arg(&output));
    std::fs::read(output).unwrap()
}

pub fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The archives of the toolchain's std.
pub fn std_archives() -> Vec<PathBuf> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    let sysroot = String::from_utf8(sysroot.stdout).unwrap();
    let directory = Path::new(sysroot.trim()).join("lib/rustlib/x86_64-unknown-linux-gnu/lib");
    let mut archives: Vec<_> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rlib"))
        .collect();
    archives.sort();
    archives
}

/// In tests a function is live when it has this prefix; `live_f.cold` is a part of one.
pub fn is_live(name: &str) -> bool {
    name.starts_with("live_") && !name.contains('.')
}

/// Slots by name, fingerprints and a generation that a test may set.
#[derive(Default)]
pub struct Table {
    pub slots: BTreeMap<String, SlotIndex>,
    pub fingerprint: u128,
    pub generation: Option<u64>,
    next: u32,
}

impl Table {
    pub fn index(&mut self, name: &str) -> SlotIndex {
        let next = &mut self.next;
        *self.slots.entry(name.to_owned()).or_insert_with(|| {
            *next += 1;
            SlotIndex(*next - 1)
        })
    }

    /// From now on callers of `name` use a fresh slot, as after a change of signature.
    pub fn renew(&mut self, name: &str) {
        self.slots.remove(name);
    }
}

impl Targets for Table {
    fn slot(&mut self, function: &str) -> Result<SlotIndex, Error> {
        Ok(self.index(function))
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        self.fingerprint
    }

    fn generation(&self) -> Option<u64> {
        self.generation
    }
}

/// A program in one test.
pub struct Program {
    pub memory: Arc<Memory>,
    pub linker: Linker,
    pub table: Table,
    /// What is published, by name.
    pub live: BTreeMap<String, Linked>,
}

impl Program {
    pub fn new() -> Program {
        Program::configured(Config::default())
    }

    /// A program in this process with other settings than the usual ones.
    pub fn configured(config: Config) -> Program {
        Program::with(Symbols::of_process().unwrap(), config)
    }

    pub fn with_std() -> Program {
        let mut symbols = Symbols::of_process().unwrap();
        for archive in std_archives() {
            symbols.archive(&archive).unwrap();
        }
        Program::with(symbols, Config::default())
    }

    pub fn with(symbols: Symbols, config: Config) -> Program {
        let memory = Memory::reserve(config).unwrap();
        let linker = Linker::new(Arc::clone(&memory), symbols);
        Program { memory, linker, table: Table::default(), live: BTreeMap::new() }
    }

    pub fn split(object: Vec<u8>) -> Split {
        split(Object::parse("live.o", object).unwrap(), &is_live).unwrap()
    }

    /// Links all functions of an object without publishing them.
    pub fn link(&mut self, object: Vec<u8>) -> Result<Vec<Linked>, Error> {
        let split = split(Object::parse("live.o", object)?, &is_live)?;
        let functions: Vec<usize> = (0..split.modules().len()).collect();
        let selection = Selection { split: &split, functions: &functions };
        self.linker.link(&[selection], &mut self.table)
    }

    /// Links all functions of several objects as one batch, in this order.
    pub fn link_all(&mut self, objects: &[(&str, Vec<u8>)]) -> Result<Vec<Linked>, Error> {
        let parsed: Result<Vec<Object>, Error> =
            objects.iter().map(|(name, bytes)| Object::parse(name, bytes.clone())).collect();
        let splits: Result<Vec<Split>, Error> =
            parsed?.into_iter().map(|object| split(object, &is_live)).collect();
        let splits = splits?;
        let functions: Vec<Vec<usize>> =
            splits.iter().map(|split| (0..split.modules().len()).collect()).collect();
        let selections: Vec<Selection<'_>> = splits
            .iter()
            .zip(&functions)
            .map(|(split, functions)| Selection { split, functions })
            .collect();
        self.linker.link(&selections, &mut self.table)
    }

    /// Links and publishes all functions of several objects; the replaced ones are reclaimed.
    pub fn swap_all(&mut self, objects: &[(&str, Vec<u8>)]) {
        for linked in self.link_all(objects).unwrap() {
            self.publish(linked);
        }
    }

    /// Links and publishes all functions of an object; the replaced ones are reclaimed at once,
    /// as nothing runs them.
    pub fn swap(&mut self, object: Vec<u8>) {
        for linked in self.link(object).unwrap() {
            self.publish(linked);
        }
    }

    pub fn publish(&mut self, linked: Linked) {
        let slot = self.table.index(linked.name());
        self.slot_word(slot).store(linked.entry(), Ordering::Release);
        self.live.insert(linked.name().to_owned(), linked);
    }

    pub fn slot_word(&self, slot: SlotIndex) -> &AtomicUsize {
        let words = self.memory.slot_words();
        // SAFETY: slots are zeroed words that live as long as the memory, used as atomics only.
        unsafe { AtomicUsize::from_ptr(words.cast::<usize>().add(slot.0 as usize).as_ptr()) }
    }

    /// The current entry of a published function.
    pub fn entry(&self, name: &str) -> usize {
        self.live[name].entry()
    }

    /// The current entry as a function pointer of type `F`, which must be its type.
    ///
    /// # Safety
    /// `F` is the function pointer type of the function.
    pub unsafe fn get<F: Copy>(&self, name: &str) -> F {
        assert_eq!(size_of::<F>(), size_of::<usize>());
        let entry: *const () = std::ptr::with_exposed_provenance(self.entry(name));
        // SAFETY: the caller promises the type; sizes are equal.
        unsafe { std::mem::transmute_copy(&entry) }
    }
}

/// Calls a published function: `call!(program, "name", fn(f32) -> f32, 1.0)`.
#[macro_export]
macro_rules! call {
    ($program:expr, $name:expr, fn($($type:ty),*) $(-> $result:ty)?, $($argument:expr),*) => {{
        let (program, name): (&$crate::common::Program, &str) = (&$program, $name);
        // SAFETY: the test's source declares the function with this signature.
        let function = unsafe {
            program.get::<extern "C-unwind" fn($($type),*) $(-> $result)?>(name)
        };
        function($($argument),*)
    }};
}
