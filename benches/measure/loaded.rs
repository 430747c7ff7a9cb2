//! Objects to link, and a linker over windows of its own: the loader without a program around it.

use std::{io, process::Command, sync::Arc};

use segue::runtime::loader::{
    Config, Error, Linked, Linker, Memory, Object, Selection, SlotIndex, Split, Symbols, Targets,
    Times, split,
};

/// The function in the patterns below, which [`renamed`] makes copies of.
const PATTERN_NAME: &[u8] = b"live_00000000";

/// One small function that calls the standard library, as Rust.
pub(crate) const RUST_PATTERN: &str = "#[unsafe(no_mangle)] pub extern \"C-unwind\" \
    fn live_00000000(x: f32) -> f32 { (x * 0.37).sin() + 1.5 }\n";

/// The same in C.
pub(crate) const C_PATTERN: &str = "extern float sinf(float);\n\
    float live_00000000(float x) { return sinf(x * 0.37f) + 1.5f; }\n";

/// Compiles Rust into one object with a section per function, with the flags of live files.
pub(crate) fn rust(source: &str) -> io::Result<Vec<u8>> {
    let command = "rustc --edition 2024 --crate-type lib --crate-name live --emit=obj -A warnings \
                   -C opt-level=3 -C codegen-units=1 -C symbol-mangling-version=v0 \
                   -C metadata=segue -C panic=unwind";
    compile("live.rs", source, command)
}

/// Compiles C into one object with a section per function.
pub(crate) fn c(source: &str) -> io::Result<Vec<u8>> {
    compile("live.c", source, "cc -c -O2 -fPIC -ffunction-sections -fdata-sections")
}

/// Assembles GNU syntax into an object.
pub(crate) fn assembly(source: &str) -> io::Result<Vec<u8>> {
    compile("live.s", source, "cc -c")
}

fn compile(name: &str, source: &str, command: &str) -> io::Result<Vec<u8>> {
    let directory = tempfile::tempdir()?;
    std::fs::write(directory.path().join(name), source)?;
    let mut words = command.split_whitespace();
    let mut run = Command::new(words.next().unwrap_or_default());
    run.current_dir(&directory).args(words).args([name, "-o", "live.o"]);
    if !run.status()?.success() {
        return Err(io::Error::other(format!("`{command} {name}` failed")));
    }
    std::fs::read(directory.path().join("live.o"))
}

/// A copy of an object whose one function has this number in place of eight zeroes.
pub(crate) fn renamed(object: &[u8], number: usize) -> Arc<[u8]> {
    let mut object = object.to_vec();
    let name = format!("live_{number:08}");
    let mut at = 0;
    while let Some(found) =
        object[at..].windows(PATTERN_NAME.len()).position(|window| window == PATTERN_NAME)
    {
        object[at + found..][..PATTERN_NAME.len()].copy_from_slice(name.as_bytes());
        at += found + PATTERN_NAME.len();
    }
    object.into()
}

/// Parses one object and splits it: the functions in it whose names hold `live` are live.
pub(crate) fn split_object(bytes: Arc<[u8]>) -> Result<Split, Error> {
    split(Object::parse("live.o", bytes)?, &|name| name.contains("live"))
}

/// Windows, a linker, and the rule which function has which slot.
pub(crate) struct Loader {
    memory: Arc<Memory>,
    linker: Linker,
    pub(crate) slot_of: fn(&str) -> u32,
}

impl Loader {
    /// Windows of the default sizes.
    pub(crate) fn new(slot_of: fn(&str) -> u32) -> Result<Loader, Error> {
        let memory = Memory::reserve(Config::default())?;
        let linker = Linker::new(memory.clone(), Symbols::of_process()?);
        Ok(Loader { memory, linker, slot_of })
    }

    /// Links every function of the splits as one batch.
    pub(crate) fn link(&mut self, splits: &[Split]) -> Result<Vec<Linked>, Error> {
        let all: Vec<Vec<usize>> =
            splits.iter().map(|split| (0..split.modules().len()).collect()).collect();
        let batch: Vec<Selection<'_>> = splits
            .iter()
            .zip(&all)
            .map(|(split, functions)| Selection { split, functions })
            .collect();
        self.linker.link(&batch, &mut Numbered(self.slot_of))
    }

    /// How long the phases of the last link took.
    pub(crate) fn times(&self) -> Times {
        self.linker.times()
    }

    /// The stable address of the function in this slot.
    pub(crate) fn stub(&mut self, index: u32) -> Result<usize, Error> {
        self.linker.stub(SlotIndex(index))
    }

    /// The program's windows.
    pub(crate) fn memory(&self) -> &Arc<Memory> {
        &self.memory
    }
}

/// The number in `live_00000042`.
pub(crate) fn number_in(name: &str) -> u32 {
    name.strip_prefix("live_").and_then(|number| number.parse().ok()).unwrap_or(0)
}

struct Numbered(fn(&str) -> u32);

impl Targets for Numbered {
    fn slot(&mut self, function: &str) -> Result<SlotIndex, Error> {
        Ok(SlotIndex((self.0)(function)))
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}
