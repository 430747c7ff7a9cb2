//! For people who mistyped a name: which names are near it, and what mangled names mean (phase:
//! resolve, where it fails).
//!
//! The work is bounded, whatever the program's size: candidates of other lengths or letters are
//! passed over without a comparison, and comparisons end when a budget is spent. Names of the
//! program are offered first, so that it is spent on them first.

use std::fmt::Write;

use cpp_demangle::DemangleOptions;
use object::LittleEndian;
use object::elf::{self, FileHeader64};
use object::read::elf::{FileHeader, Sym};
use rustc_demangle::try_demangle;

/// How many names are told.
const TOLD: usize = 3;
/// Fields of distance tables that one search may fill: some tens of milliseconds.
const BUDGET: usize = 20_000_000;
/// What reading a mangled name costs in the same currency.
const DEMANGLING: usize = 300;
/// Longer names, which only machines write, are told as they are.
const LONGEST: usize = 400;
/// A larger library is not searched for names.
const LARGEST_LIBRARY: u64 = 64 << 20;

/// A search for the names nearest to one that is missing.
pub(crate) struct Nearest {
    wanted: Text,
    wanted_name: String,
    most: usize,
    budget: usize,
    found: Vec<(usize, String)>,
}

/// A name as it is compared: of Rust's without the hash, which differs from build to build.
struct Text {
    text: String,
    letters: u64,
    is_rust: bool,
}

impl Text {
    fn of(name: &str) -> Text {
        let rust = rust_meaning(name);
        let is_rust = rust.is_some();
        let text = rust.unwrap_or_else(|| name.to_owned());
        Text { letters: letters(&text), text, is_rust }
    }
}

/// Which letters occur, as a set of bits.
fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |set, byte| set | 1 << (byte & 63))
}

impl Nearest {
    pub(crate) fn to(name: &str) -> Nearest {
        let wanted = Text::of(name);
        let budget = if name.len() > LONGEST { 0 } else { BUDGET };
        // Every third letter may be wrong, but not so many that anything is near.
        let most = (wanted.text.len() / 3).clamp(1, 3);
        Nearest { wanted, wanted_name: name.to_owned(), most, budget, found: Vec::new() }
    }

    /// Whether more candidates make sense.
    fn is_open(&self) -> bool {
        self.budget > 0
    }

    /// Considers a name.
    pub(crate) fn offer(&mut self, name: &str) {
        if !self.is_open() || name.is_empty() || name == self.wanted_name {
            return;
        }
        let slack = if self.wanted.is_rust { 20 } else { self.most };
        if name.len().abs_diff(self.wanted_name.len()) > slack {
            return;
        }
        if self.wanted.is_rust {
            self.budget = self.budget.saturating_sub(DEMANGLING);
        }
        let far =
            |letters: u64| (letters ^ self.wanted.letters).count_ones() > 2 * self.most as u32;
        if !self.wanted.is_rust && far(letters(name)) {
            return;
        }
        let candidate = Text::of(name);
        let (own, other) = (&self.wanted, &candidate);
        let fields = (own.text.len() + 1) * (other.text.len() + 1);
        let too_long = own.text.len().abs_diff(other.text.len()) > self.most;
        if own.is_rust != other.is_rust || too_long || far(other.letters) {
            return;
        }
        if fields > self.budget {
            self.budget = 0;
            return;
        }
        self.budget -= fields;
        let distance = strsim::osa_distance(&own.text, &other.text);
        if distance <= self.most && !self.found.iter().any(|(_, known)| known == name) {
            let found = (distance, name.to_owned());
            let at = self.found.partition_point(|known| *known < found);
            self.found.insert(at, found);
            self.found.truncate(TOLD);
        }
    }

    /// What to say at the end of a message: nothing, or the names.
    pub(crate) fn tell(&self) -> String {
        match self.found.is_empty() {
            true => String::new(),
            false => {
                let names: Vec<_> = self.found.iter().map(|(_, name)| readable(name)).collect();
                format!("; nearest: {}", names.join(", "))
            }
        }
    }

    /// Offers what the shared libraries of this process define.
    pub(crate) fn offer_libraries(&mut self) {
        let Ok(maps) = std::fs::read_to_string("/proc/self/maps") else { return };
        let paths = maps.lines().filter_map(|line| line.find('/').map(|at| &line[at..]));
        let mut paths: Vec<_> = paths.filter(|path| path.contains(".so")).collect();
        paths.dedup();
        for path in paths {
            let small = std::fs::metadata(path).is_ok_and(|it| it.len() <= LARGEST_LIBRARY);
            if small && self.is_open() {
                let bytes = std::fs::read(path).unwrap_or_default();
                // A library that cannot be read has no names to tell.
                let _ = self.offer_library(&bytes);
            }
        }
    }

    fn offer_library(&mut self, bytes: &[u8]) -> Result<(), object::Error> {
        let header = FileHeader64::<LittleEndian>::parse(bytes)?;
        let sections = header.sections(LittleEndian, bytes)?;
        let symbols = sections.symbols(LittleEndian, bytes, elf::SHT_DYNSYM)?;
        for symbol in symbols.iter().filter(|it| it.st_shndx(LittleEndian) != elf::SHN_UNDEF) {
            let name = symbols.symbol_name(LittleEndian, symbol)?;
            self.offer(std::str::from_utf8(name).unwrap_or(""));
        }
        Ok(())
    }
}

/// A name with its meaning behind it, where it is mangled.
pub(crate) fn readable(name: &str) -> String {
    match meaning(name) {
        Some(meaning) => format!("{name} ({meaning})"),
        None => name.to_owned(),
    }
}

/// What a mangled name stands for.
pub(crate) fn meaning(name: &str) -> Option<String> {
    let is_short = name.len() <= LONGEST;
    is_short.then(|| rust_meaning(name).or_else(|| cpp_meaning(name)))?
}

fn rust_meaning(name: &str) -> Option<String> {
    let rust = try_demangle(name).ok()?;
    Some(limited(|text| write!(text, "{rust:#}")))
}

fn cpp_meaning(name: &str) -> Option<String> {
    let symbol = name.starts_with("_Z").then(|| cpp_demangle::Symbol::new(name))?.ok()?;
    Some(limited(|text| symbol.structured_demangle(text, &DemangleOptions::new())))
}

/// Text of a bounded length: what a mangled name stands for can be exponentially longer than it.
#[derive(Default)]
struct Limited(String);

impl Write for Limited {
    fn write_str(&mut self, more: &str) -> std::fmt::Result {
        if self.0.len() + more.len() > LONGEST {
            return Err(std::fmt::Error);
        }
        self.0.push_str(more);
        Ok(())
    }
}

fn limited(write: impl FnOnce(&mut Limited) -> std::fmt::Result) -> String {
    let mut text = Limited::default();
    if write(&mut text).is_err() {
        text.0.push('…');
    }
    text.0
}

#[cfg(test)]
mod tests;
