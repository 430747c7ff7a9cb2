//! One object linked by Segue for an address space that the test chose, and where everything is.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::Ordering;

use segue_loader::{Config, Error, Machine, Object, Placement, Selection, Space, Symbols, split};

use crate::common::Program;
use crate::fields::{self, Sort};
use crate::subject::{Home, Subject};
use crate::threads::{Host, MODULE_BASE, Offsets};

/// The address space that an object is linked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// First address of the code window.
    pub(crate) base: u64,
    /// Bytes of the windows.
    windows: [usize; 3],
    /// Where names that the object does not define are.
    outside: u64,
}

impl Layout {
    /// Room for the largest object.
    pub(crate) const LARGE: Layout =
        Layout { base: 0x1000_0000, windows: [24 << 20, 24 << 20, 16 << 20], outside: 0x0F80_0000 };

    /// Everything within reach of the shortest fields.
    pub(crate) const fn small(base: u64) -> Layout {
        Layout { base, windows: [128 << 10, 128 << 10, 128 << 10], outside: base - (64 << 10) }
    }

    /// The start of the data window.
    pub(crate) const fn data(&self) -> u64 {
        self.base + (self.windows[0] + self.windows[1]) as u64
    }

    /// Behind the windows.
    pub(crate) const fn end(&self) -> u64 {
        self.data() + self.windows[2] as u64
    }
}

/// Names that linkers define.
const RESERVED: [&str; 2] = ["_GLOBAL_OFFSET_TABLE_", MODULE_BASE];

/// Which functions are live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Live {
    /// All that can be.
    All,
    /// As few as reach everything: the rest is private code.
    Few,
}

/// A linked object.
#[derive(Default)]
pub(crate) struct Ours {
    pub(crate) places: Vec<Placement>,
    by_section: HashMap<usize, Vec<usize>>,
    /// Indices of `places` by address.
    by_address: Vec<usize>,
    /// Start and bytes of the windows.
    windows: Vec<(u64, Vec<u8>)>,
    /// Words of the data window by what they hold.
    words: HashMap<u64, Vec<u64>>,
    /// Those that hold nothing.
    zeroes: Vec<u64>,
    /// Stubs of live functions, by the function's section.
    pub(crate) stubs: HashMap<usize, u64>,
    /// What undefined names were said to be.
    pub(crate) outside: BTreeMap<String, u64>,
    /// Where the windows end, and where that of data starts.
    pub(crate) end: u64,
    pub(crate) data: u64,
    pub(crate) threads: Offsets,
    /// What GOT-relative fields count from.
    pub(crate) got: u64,
}

impl Ours {
    pub(crate) fn link(
        subject: &Subject,
        live: Live,
        layout: Layout,
        host: Option<&Host>,
    ) -> Result<Ours, Error> {
        let functions = match live {
            Live::All => subject.function_sections(),
            Live::Few => roots(subject),
        };
        let outside = outside(subject, layout);
        let mut symbols = match host {
            Some(host) => Symbols::of_executable(&host.executable)?,
            None => Symbols::none(),
        };
        for (name, address) in &outside {
            symbols.define(name, *address as usize);
        }
        let [code, read_only, data] = layout.windows;
        let space = Space::There { machine: subject.machine, base: layout.base };
        // ld's GOT stands where our slots are, and must not reach what is behind them.
        let slots = functions.len() + subject.symbols.len() + 8;
        let config =
            Config { code, read_only, data, slots, space, poison: false, ..Config::default() };
        let mut program = Program::with(symbols, config);
        let names: HashSet<&str> = functions.iter().map(|(_, name)| *name).collect();
        let object = Object::parse(&subject.name, subject.bytes.clone())?;
        let split = split(object, &|name| names.contains(name))?;
        let all: Vec<usize> = (0..split.modules().len()).collect();
        let selection = Selection { split: &split, functions: &all };
        let linked = program.linker.link(&[selection], &mut program.table)?;
        let places = program.linker.placements();
        let entries: HashMap<u64, usize> = places
            .iter()
            .filter(|it| it.range.start == 0)
            .map(|it| (it.address, it.section))
            .collect();
        let mut stubs = HashMap::new();
        let mut owners = Vec::new();
        for linked in linked {
            let slot = program.table.index(linked.name());
            let entry = linked.entry();
            program.slot_word(slot).store(entry, Ordering::Relaxed);
            let stub = program.linker.stub(slot)? as u64;
            // A function of no bytes shares its address with the next one.
            if let Some(section) = entries.get(&(entry as u64)).filter(|_| linked.size() > 0) {
                stubs.insert(*section, stub);
            }
            owners.push(linked);
        }
        let windows = program.memory.image()?.segments;
        let windows = windows.into_iter().map(|it| (it.address, it.bytes)).collect();
        let mut ours = Ours::index(places, windows);
        ours.stubs = stubs;
        ours.outside = outside;
        ours.end = layout.end();
        ours.data = layout.data();
        ours.got = program.memory.got_base();
        if let Some(host) = host {
            ours.threads = host.offsets.clone();
        }
        for (name, offset, _) in program.linker.thread_locals() {
            ours.threads.insert(name, offset as u64);
        }
        Ok(ours)
    }

    fn index(places: Vec<Placement>, mut windows: Vec<(u64, Vec<u8>)>) -> Ours {
        let mut by_section: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, place) in places.iter().enumerate() {
            by_section.entry(place.section).or_default().push(index);
        }
        let mut by_address: Vec<usize> = (0..places.len()).collect();
        by_address.sort_by_key(|index| places[*index].address);
        let mut words: HashMap<u64, Vec<u64>> = HashMap::new();
        let mut zeroes = Vec::new();
        if let Some((start, bytes)) = windows.last_mut() {
            // The image leaves out the zeroes at the end, some of which may be GOT entries.
            bytes.resize((bytes.len().next_multiple_of(512) + 512).max(128 << 10), 0);
            for (index, word) in bytes.chunks(8).enumerate() {
                let mut value = [0; 8];
                value.copy_from_slice(word);
                let address = *start + 8 * index as u64;
                match u64::from_le_bytes(value) {
                    0 => zeroes.push(address),
                    value => words.entry(value).or_default().push(address),
                }
            }
        }
        Ours { places, by_section, by_address, windows, words, zeroes, ..Ours::default() }
    }

    /// Where bytes of a section are.
    pub(crate) fn places_of(&self, section: usize) -> impl Iterator<Item = &Placement> {
        let indices = self.by_section.get(&section).into_iter().flatten();
        indices.map(|index| &self.places[*index])
    }

    /// What lies at `address`.
    pub(crate) fn place_at(&self, address: u64) -> Option<&Placement> {
        let after = self.by_address.partition_point(|index| self.places[*index].address <= address);
        let place = &self.places[self.by_address[after.checked_sub(1)?]];
        (address < place.address + place.range.len() as u64).then_some(place)
    }

    /// Bytes in memory; what is behind the used part of a window is zero.
    pub(crate) fn read(&self, address: u64, length: usize) -> Option<Vec<u8>> {
        let (start, bytes) = self.windows.iter().rev().find(|(start, _)| *start <= address)?;
        let at = (address - start) as usize;
        let have = bytes.get(at.min(bytes.len())..).unwrap_or(&[]);
        let mut result = have[..have.len().min(length)].to_vec();
        result.resize(length, 0);
        Some(result)
    }

    pub(crate) fn word(&self, address: u64) -> Option<u64> {
        Some(u64::from_le_bytes(self.read(address, 8)?.try_into().ok()?))
    }

    /// The same with one bit wrong.
    pub(crate) fn with_flipped_bit(&self, address: u64) -> Ours {
        let mut windows = self.windows.clone();
        let window = windows.iter_mut().rev().find(|(start, _)| *start <= address).unwrap();
        let at = (address - window.0) as usize;
        let length = window.1.len().max(at + 1);
        window.1.resize(length, 0);
        window.1[at] ^= 1;
        let mut wrong = Ours::index(self.places.clone(), windows);
        wrong.stubs = self.stubs.clone();
        wrong.outside = self.outside.clone();
        wrong.threads = self.threads.clone();
        (wrong.end, wrong.data, wrong.got) = (self.end, self.data, self.got);
        wrong
    }

    /// Addresses of the slots and GOT entries that are not zero.
    pub(crate) fn used_words(&self) -> Vec<u64> {
        let addresses = self.words.values().flatten().copied();
        addresses.filter(|address| self.place_at(*address).is_none()).collect()
    }

    /// Words of the data window that hold `value`.
    pub(crate) fn words_with(&self, value: u64) -> &[u64] {
        match value {
            0 => &self.zeroes,
            value => self.words.get(&value).map_or(&[], |words| words),
        }
    }

    /// Where a stub at `address` leads; `None` if there is none.
    pub(crate) fn follow(&self, machine: Machine, address: u64) -> Option<u64> {
        let code = self.read(address, 24)?;
        let word =
            |at: usize| u32::from_le_bytes([code[at], code[at + 1], code[at + 2], code[at + 3]]);
        let through = match machine {
            Machine::X86_64 => {
                // endbr64; jmp *word(%rip)
                let at = 4;
                if code[..6] != [0xF3, 0x0F, 0x1E, 0xFA, 0xFF, 0x25] {
                    return None;
                }
                address
                    .wrapping_add(at as u64 + 6)
                    .wrapping_add_signed(i64::from(word(at + 2) as i32))
            }
            Machine::Aarch64 => {
                // bti c; adrp x16, word; ldr x16, [x16, ...]; br x16
                let at = 4;
                let (adrp, load, jump) = (word(at), word(at + 4), word(at + 8));
                let shape = word(0) == 0xD503_245F
                    && adrp & 0x9F00_001F == 0x9000_0010
                    && load & 0xFFC0_03FF == 0xF940_0210
                    && jump == 0xD61F_0200;
                if !shape {
                    return None;
                }
                let pages = (adrp >> 29 & 3 | (adrp >> 5 & 0x7_FFFF) << 2) as i32;
                let pages = i64::from(pages << 11 >> 11) << 12;
                let page = (address + at as u64) & !0xFFF;
                page.wrapping_add_signed(pages) + u64::from(load >> 10 & 0xFFF) * 8
            }
        };
        self.word(through)
    }
}

/// Functions that nobody else's code or data refers to, and of the rest as many as it takes to
/// reach all.
fn roots(subject: &Subject) -> Vec<(usize, &str)> {
    let functions = subject.function_sections();
    let edges = subject.edges();
    let mut referred = vec![false; subject.sections.len()];
    for (from, to) in edges.iter().enumerate() {
        to.iter().filter(|to| **to != from).for_each(|to| referred[*to] = true);
    }
    let mut reached = vec![false; subject.sections.len()];
    let mut roots = Vec::new();
    for only_free in [true, false] {
        for &(section, name) in &functions {
            if reached[section] || (only_free && referred[section]) {
                continue;
            }
            roots.push((section, name));
            let mut open = vec![section];
            while let Some(section) = open.pop() {
                if !std::mem::replace(&mut reached[section], true) {
                    open.extend_from_slice(&edges[section]);
                }
            }
        }
    }
    roots
}

/// An address for every name that the object does not define. A weak one stays undefined where
/// every reference to it can say so.
fn outside(subject: &Subject, layout: Layout) -> BTreeMap<String, u64> {
    let mut needed = HashSet::new();
    for section in subject.sections.iter().filter(|section| section.is_loaded()) {
        for relocation in &section.relocations {
            let field = fields::of(subject.machine, relocation.kind);
            // ld turns a load of nothing's address into another instruction where it may.
            let says_none = field.is_some_and(|it| match it.sort {
                Sort::GotEntry => {
                    !it.name.ends_with("GOTPCRELX") && !subject.is_load(section, relocation)
                }
                Sort::Symbol => it.width == 8,
                _ => false,
            });
            // Unwind records say where something is relative to themselves.
            if !says_none || section.is_unwind() {
                needed.insert(relocation.symbol);
            }
        }
    }
    let mut outside = BTreeMap::new();
    for (index, symbol) in subject.symbols.iter().enumerate() {
        let wanted = match symbol.home {
            Home::Undefined { weak } => !weak || needed.contains(&index),
            _ => false,
        };
        if wanted && !symbol.is_thread_local && !RESERVED.contains(&&*symbol.name) {
            let address = match subject.given.get(&symbol.name) {
                Some(address) => *address,
                // For fields of eight bits.
                None if symbol.name.starts_with("small") => 0x40 + outside.len() as u64 % 0x3F,
                None => layout.outside + 16 * outside.len() as u64,
            };
            outside.entry(symbol.name.clone()).or_insert(address);
        }
    }
    outside
}
