//! What tools and people are told of linked code: which function, file and line an address is, for
//! as long as the code is there (after phase: seal).
//!
//! Sealing notes every unit of code in the program's index: its addresses, name, generation, and
//! where its object's debugging information is. That is all that a link pays; the rest happens when
//! somebody asks ([`Memory::locate`]) or wants to be told ([`Tools`], off unless set). **A unit
//! leaves the index, and every tool, before its range can be given out again.** Nothing here is ever on
//! the call path.

mod backtrace;
mod dwarf;
mod elf;
mod frames;
mod gdb;
mod jitdump;
mod lines;
mod names;
mod note;
mod perf;

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use backtrace::Backtrace;
pub(crate) use dwarf::is_worth;
pub(crate) use lines::Lines;
pub(crate) use note::{Generations, note};

use crate::error::{Error, ErrorKind};
use crate::memory::Memory;
use crate::nearest::meaning;

/// Which tools are told of a program's code, each costing time at every link; see `docs/tools.md`.
/// None by default. See [`Linker::tools`](crate::Linker::tools).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tools {
    /// GDB, by its JIT interface: names with generations, lines, types, unwinding. A link then takes
    /// milliseconds, and a GDB that is attached needs time for every generation that is in memory.
    pub gdb: bool,
    /// `perf report`, by `/tmp/perf-<process>.map`: names with generations, but not which of
    /// two functions that were at an address was meant. The file stays when the process ends.
    pub perf_map: bool,
    /// `perf inject --jit`, by `jit-<process>.dump` in this folder: names with generations, lines, and
    /// the bytes of the code, each from its moment on. The file stays when the process ends.
    pub jitdump: Option<PathBuf>,
}

/// One function at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// The function, demangled.
    pub function: String,
    /// The generation of live code; `None` for code of the host.
    pub generation: Option<u64>,
    /// The source file as the compiler wrote it down, if the object has line tables.
    pub file: Option<String>,
    /// Line from 1.
    pub line: Option<u32>,
    /// Column from 1.
    pub column: Option<u32>,
    /// Whether the compiler put this function into the one that follows.
    pub is_inlined: bool,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.function)?;
        if let Some(generation) = self.generation {
            write!(f, "#{generation}")?;
        }
        if let Some(file) = &self.file {
            write!(f, " at {file}")?;
            for number in [self.line, self.column].into_iter().flatten() {
                write!(f, ":{number}")?;
            }
        }
        Ok(())
    }
}

/// Bytes of a section, and where they were placed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) section: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) address: usize,
}

impl Spot {
    fn end_address(&self) -> usize {
        self.address + self.size() as usize
    }

    fn size(&self) -> u32 {
        self.end - self.start
    }
}

/// One unit of linked code: a generation of a live function, or private code. A program has one for
/// each of its functions, so it is small.
pub(crate) struct Code {
    /// The symbol.
    pub(crate) name: Arc<str>,
    pub(crate) generation: u64,
    /// Where it is entered: at its first byte, or at a check in front of it.
    pub(crate) entry: usize,
    /// The function itself.
    pub(crate) first: Spot,
    /// Parts that compilers moved out of it.
    pub(crate) rest: Box<[Spot]>,
    pub(crate) lines: Option<Arc<Lines>>,
    /// Address and length of its unwind records.
    pub(crate) unwind: Option<(NonZeroUsize, u32)>,
}

impl Code {
    /// All of its code, the function itself first.
    fn spots(&self) -> impl Iterator<Item = &Spot> {
        std::iter::once(&self.first).chain(&self.rest)
    }

    fn start(&self) -> usize {
        self.spots().map(|spot| spot.address).fold(self.entry, usize::min)
    }

    fn end(&self) -> usize {
        self.spots().map(Spot::end_address).max().unwrap_or(0)
    }

    /// The demangled symbol.
    fn function(&self) -> String {
        function(&self.name)
    }

    /// What tools call it: the function and its generation, in one line.
    fn label(&self) -> String {
        let label = format!("{}#{}", self.function(), self.generation);
        label.replace(char::is_control, "?")
    }

    fn locate(&self, address: usize) -> Vec<Location> {
        let mut locations = self.lines(address);
        if locations.is_empty() {
            locations.push(Location::of(String::new()));
        }
        let last = locations.len() - 1;
        for (index, location) in locations.iter_mut().enumerate() {
            location.generation = Some(self.generation);
            location.is_inlined = index != last;
        }
        // What was linked is known by its symbol, which the debugging information may leave out.
        locations[last].function = self.function();
        locations
    }

    fn lines(&self, address: usize) -> Vec<Location> {
        let spot = self.spots().find(|it| (it.address..it.end_address()).contains(&address));
        let (Some(spot), Some(lines)) = (spot, &self.lines) else { return Vec::new() };
        let offset = u64::from(spot.start) + (address - spot.address) as u64;
        let frames = lines.frames(spot.section as usize, offset).into_iter();
        let locations = frames.map(|frame| Location {
            file: frame.file,
            line: frame.line,
            column: frame.column,
            ..Location::of(frame.function.unwrap_or_else(|| "?".to_owned()))
        });
        locations.collect()
    }
}

/// What people call the function with this symbol.
fn function(symbol: &str) -> String {
    meaning(symbol).unwrap_or_else(|| symbol.to_owned())
}

impl Location {
    fn of(function: String) -> Location {
        Location {
            function,
            generation: None,
            file: None,
            line: None,
            column: None,
            is_inlined: false,
        }
    }
}

/// The code of one program by address.
#[derive(Default)]
pub(crate) struct Index {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    codes: BTreeMap<usize, Arc<Code>>,
    gdb: Option<gdb::Images>,
    perf_map: bool,
    jitdump: bool,
}

impl State {
    fn tell(&mut self, codes: &[Arc<Code>]) {
        if let Some(images) = &mut self.gdb {
            images.add(codes);
        }
        if self.perf_map {
            perf::tell_map(codes);
        }
        if self.jitdump {
            perf::tell_dump(codes);
        }
    }
}

impl Index {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics half way through a change of the maps.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what a link has sealed, and tells the tools.
    pub(crate) fn tell(&self, codes: Vec<Code>) {
        let codes: Vec<Arc<Code>> = codes.into_iter().map(Arc::new).collect();
        let mut state = self.lock();
        state.codes.extend(codes.iter().map(|code| (code.start(), Arc::clone(code))));
        state.tell(&codes);
    }

    /// From now on `tools` are told of the code, and now of what is there.
    pub(crate) fn set(&self, tools: Tools) -> Result<(), Error> {
        let mut state = self.lock();
        if tools.perf_map {
            perf::open_map()?;
        }
        if let Some(folder) = &tools.jitdump {
            perf::open_dump(folder)?;
        }
        let mut fresh = State {
            gdb: (tools.gdb && state.gdb.is_none()).then(gdb::Images::default),
            perf_map: tools.perf_map && !state.perf_map,
            jitdump: tools.jitdump.is_some() && !state.jitdump,
            codes: BTreeMap::new(),
        };
        let codes: Vec<Arc<Code>> = state.codes.values().cloned().collect();
        fresh.tell(&codes);
        state.gdb = state.gdb.take().filter(|_| tools.gdb).or(fresh.gdb);
        (state.perf_map, state.jitdump) = (tools.perf_map, tools.jitdump.is_some());
        Ok(())
    }

    fn forget(&self, start: usize) {
        let mut state = self.lock();
        let code = state.codes.remove(&start);
        if let Some(images) = &mut state.gdb {
            images.remove(start);
        }
        drop(state);
        // Not under the lock: it may be the last that kept an object's tables.
        drop(code);
    }

    fn at(&self, address: usize) -> Option<Arc<Code>> {
        let state = self.lock();
        let (_, code) = state.codes.range(..=address).next_back()?;
        (address < code.end()).then(|| Arc::clone(code))
    }
}

/// The bytes of code or of its unwind records.
///
/// # Safety
/// They are mapped here, and belong to a unit that is in the index and stays there while the result is used:
/// until then they are sealed and do not change.
unsafe fn bytes_at<'a>(address: usize, length: usize) -> &'a [u8] {
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(std::ptr::with_exposed_provenance(address), length) }
}

impl Memory {
    /// Tells `tools` of this memory's code from now on, and of what is there.
    pub(crate) fn set_tools(&self, tools: Tools) -> Result<(), Error> {
        if self.is_here() {
            return self.debug.set(tools);
        }
        let why = "tools look at this process, and the code is for another address space";
        Err(Error::new(ErrorKind::Unsupported, why))
    }

    /// Which functions the linked code at `address` is: the one whose code it is last, before it
    /// those that the compiler inlined there, innermost first. Empty for other addresses.
    ///
    /// File and line come from the object's own debugging information, of which this program keeps
    /// the bytes while it keeps the code; it is read at the first question. They name the text that the
    /// code was compiled from: an old frame names the old line.
    pub fn locate(&self, address: usize) -> Vec<Location> {
        self.debug.at(address).map(|code| code.locate(address)).unwrap_or_default()
    }
}

/// A unit of code that the index knows, until drop.
pub(crate) struct Known {
    memory: Arc<Memory>,
    start: usize,
}

impl Known {
    pub(crate) fn new(memory: &Arc<Memory>, code: &Code) -> Known {
        Known { memory: Arc::clone(memory), start: code.start() }
    }
}

impl Drop for Known {
    fn drop(&mut self) {
        self.memory.debug.forget(self.start);
    }
}

#[cfg(test)]
mod tests;
