//! The object under test as the oracle reads it, apart from the loader's own reading, and the copy of
//! it that GNU ld gets.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use object::read::elf::ElfFile64;
use object::{
    LittleEndian, Object as _, ObjectSection as _, ObjectSymbol as _, RelocationTarget,
    SectionFlags, SymbolFlags, SymbolKind, SymbolSection, elf,
};
use segue_loader::Machine;

/// One object, by tables.
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) machine: Machine,
    /// By the object's indices; common symbols follow as sections of their own.
    pub(crate) sections: Vec<Section>,
    /// By the object's indices.
    pub(crate) symbols: Vec<Symbol>,
    /// Where names that the object does not define are, as far as that matters.
    pub(crate) given: BTreeMap<String, u64>,
}

pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) flags: u64,
    pub(crate) kind: u32,
    pub(crate) align: u64,
    pub(crate) size: u64,
    /// Size of the units that may be merged; 0 where nothing may.
    pub(crate) unit: u64,
    /// Where its bytes start in the object.
    start: usize,
    /// By offset.
    pub(crate) relocations: Vec<Relocation>,
}

#[derive(Clone, Copy)]
pub(crate) struct Relocation {
    pub(crate) offset: u64,
    pub(crate) kind: u32,
    pub(crate) symbol: usize,
    pub(crate) addend: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Home {
    Undefined { weak: bool },
    Absolute,
    Section(usize),
}

pub(crate) struct Symbol {
    pub(crate) name: String,
    pub(crate) home: Home,
    pub(crate) value: u64,
    pub(crate) is_section: bool,
    pub(crate) is_function: bool,
    pub(crate) is_thread_local: bool,
    /// Whether it names a function that chooses the one meant.
    pub(crate) is_indirect: bool,
}

const ALLOC: u64 = elf::SHF_ALLOC.0;
const EXECUTE: u64 = elf::SHF_EXECINSTR.0;
const THREAD_LOCAL: u64 = elf::SHF_TLS.0;

impl Section {
    pub(crate) fn is_loaded(&self) -> bool {
        self.flags & ALLOC != 0 && self.kind != elf::SHT_NOTE.0
    }

    pub(crate) fn is_code(&self) -> bool {
        self.flags & EXECUTE != 0
    }

    pub(crate) fn is_thread_local(&self) -> bool {
        self.flags & THREAD_LOCAL != 0
    }

    /// Whether its bytes are zeroes that are not in the object.
    pub(crate) fn is_zero(&self) -> bool {
        self.kind == elf::SHT_NOBITS.0
    }

    /// A section of nothing but a size.
    pub(crate) fn of_size(size: u64) -> Section {
        Section { size, ..Section::none() }
    }

    pub(crate) fn is_unwind(&self) -> bool {
        self.name == ".eh_frame"
    }

    /// The relocations of a range.
    pub(crate) fn relocations_in(&self, start: u64, end: u64) -> &[Relocation] {
        let first = self.relocations.partition_point(|it| it.offset < start);
        let last = self.relocations.partition_point(|it| it.offset < end);
        &self.relocations[first..last]
    }
}

impl Subject {
    /// Reads an object that a compiler or assembler made.
    pub(crate) fn read(name: &str, bytes: Vec<u8>) -> Subject {
        let file = ElfFile64::<LittleEndian>::parse(&*bytes).unwrap();
        let machine = match file.architecture() {
            object::Architecture::X86_64 => Machine::X86_64,
            object::Architecture::Aarch64 => Machine::Aarch64,
            other => panic!("{name}: an object for {other:?}"),
        };
        let count = file.elf_section_table().len();
        let mut sections: Vec<Section> = (0..count).map(|_| Section::none()).collect();
        for section in file.sections() {
            let SectionFlags::Elf { sh_flags, sh_type } = section.flags() else {
                panic!("flags of {name}")
            };
            let mut relocations: Vec<_> = section.relocations().map(relocation).collect();
            relocations.sort_by_key(|it| it.offset);
            sections[section.index().0] = Section {
                name: section.name().unwrap().to_owned(),
                flags: sh_flags.0,
                kind: sh_type.0,
                align: section.align().max(1),
                size: section.size(),
                unit: match sh_flags.0 & elf::SHF_MERGE.0 {
                    0 => 0,
                    _ => section.elf_section_header().sh_entsize.get(LittleEndian),
                },
                start: section.file_range().map_or(0, |(start, _)| start as usize),
                relocations,
            };
        }
        let mut symbols = vec![Symbol::none()];
        for symbol in file.symbols() {
            assert_eq!(symbol.index().0, symbols.len(), "{name}: symbols in order");
            symbols.push(read_symbol(&symbol, &mut sections));
        }
        let (name, given) = (name.to_owned(), BTreeMap::new());
        Subject { name, machine, sections, symbols, bytes, given }
    }

    /// The bytes in the object; none of zeroes that are not in it.
    pub(crate) fn bytes_of(&self, section: &Section) -> &[u8] {
        let size = if section.is_zero() { 0 } else { section.size as usize };
        self.bytes.get(section.start..section.start + size).unwrap_or(&[])
    }

    /// The literal or string of a mergeable section around `offset`, or the whole of any other.
    pub(crate) fn piece(&self, section: &Section, offset: u64) -> Range<u64> {
        let unit = section.unit as usize;
        if unit == 0 || !section.relocations.is_empty() {
            return 0..section.size;
        }
        let at = offset / section.unit;
        if section.flags & elf::SHF_STRINGS.0 == 0 {
            return at * section.unit..(at + 1) * section.unit;
        }
        let is_end = |unit: &[u8]| unit.iter().all(|byte| *byte == 0);
        let units: Vec<&[u8]> = self.bytes_of(section).chunks(unit).collect();
        let at = (at as usize).min(units.len());
        let start = units[..at].iter().rposition(|it| is_end(it)).map_or(0, |end| end + 1);
        let end =
            units[at..].iter().position(|it| is_end(it)).map_or(units.len(), |end| at + end + 1);
        (start * unit) as u64..(end * unit) as u64
    }

    /// Whether the field belongs to an instruction that loads a word (`mov`), which ld turns into
    /// another one where it knows the word to be zero.
    pub(crate) fn is_load(&self, section: &Section, relocation: &Relocation) -> bool {
        let opcode = (section.start + relocation.offset as usize).checked_sub(2);
        opcode.and_then(|at| self.bytes.get(at)) == Some(&0x8B)
    }

    /// Sections whose first byte starts a function and that hold no other function, by the
    /// function's name: what the loader can make live.
    pub(crate) fn function_sections(&self) -> Vec<(usize, &str)> {
        let mut several = HashSet::new();
        let mut found: Vec<(usize, &str)> = Vec::new();
        for symbol in self.symbols.iter().filter(|symbol| symbol.is_function) {
            let Home::Section(section) = symbol.home else { continue };
            // What was outlined of a function belongs to it.
            let is_part = symbol.name.ends_with(".cold");
            if symbol.value != 0 || !self.sections[section].is_code() || is_part {
                several.insert(section);
            } else if !found.iter().rev().take(8).any(|(known, _)| *known == section) {
                found.push((section, &symbol.name));
            }
        }
        found.retain(|(section, _)| !several.contains(section));
        let mut seen = HashSet::new();
        found.retain(|(section, _)| seen.insert(*section));
        found
    }

    /// The sections that each section's relocations lead to.
    pub(crate) fn edges(&self) -> Vec<Vec<usize>> {
        let mut edges = vec![Vec::new(); self.sections.len()];
        for (from, section) in self.sections.iter().enumerate().filter(|(_, it)| it.is_loaded()) {
            if section.is_unwind() {
                continue;
            }
            let homes = section.relocations.iter().map(|it| self.symbols[it.symbol].home);
            edges[from].extend(homes.filter_map(|home| match home {
                Home::Section(to) => Some(to),
                _ => None,
            }));
        }
        edges
    }

    /// The copy for ld: every loaded section has a name of its own, `.s` and its index, and nothing
    /// is merged, so that a script can say where each one goes. `.eh_frame` stays what it is.
    pub(crate) fn for_ld(&self) -> Vec<u8> {
        const HEADER: usize = 64;
        let mut bytes = self.bytes.clone();
        let number = |bytes: &[u8], at: usize, width: usize| {
            let field = &bytes[at..at + width];
            field.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)) as usize
        };
        let table = number(&bytes, 0x28, 8);
        let names = number(&bytes, 0x3E, 2);
        let at = |index: usize| table + index * HEADER;
        let (old, size) = (number(&bytes, at(names) + 24, 8), number(&bytes, at(names) + 32, 8));
        let start = bytes.len();
        bytes.extend_from_within(old..old + size);
        let count = number(&bytes, 0x3C, 2);
        for index in 0..count {
            let section = &self.sections[index];
            if !section.is_loaded() || section.is_unwind() {
                continue;
            }
            let name = (bytes.len() - start) as u32;
            bytes.extend_from_slice(format!(".s{index}\0").as_bytes());
            bytes[at(index)..][..4].copy_from_slice(&name.to_le_bytes());
            let merge = elf::SHF_MERGE.0 | elf::SHF_STRINGS.0;
            bytes[at(index) + 8..][..8].copy_from_slice(&(section.flags & !merge).to_le_bytes());
        }
        let size = (bytes.len() - start) as u64;
        bytes[at(names) + 24..][..8].copy_from_slice(&(start as u64).to_le_bytes());
        bytes[at(names) + 32..][..8].copy_from_slice(&size.to_le_bytes());
        bytes
    }
}

impl Section {
    fn none() -> Section {
        let name = String::new();
        Section {
            name,
            flags: 0,
            kind: 0,
            align: 1,
            size: 0,
            unit: 0,
            start: 0,
            relocations: vec![],
        }
    }
}

impl Symbol {
    /// Symbol 0, which stands for the number 0.
    fn none() -> Symbol {
        Symbol {
            name: String::new(),
            home: Home::Absolute,
            value: 0,
            is_section: false,
            is_function: false,
            is_thread_local: false,
            is_indirect: false,
        }
    }
}

fn relocation((offset, it): (u64, object::Relocation)) -> Relocation {
    let object::RelocationFlags::Elf { r_type } = it.flags() else { panic!("not ELF") };
    let symbol = match it.target() {
        RelocationTarget::Symbol(symbol) => symbol.0,
        _ => 0,
    };
    Relocation { offset, kind: r_type.0, symbol, addend: it.addend() }
}

fn read_symbol<'a>(symbol: &impl object::ObjectSymbol<'a>, sections: &mut Vec<Section>) -> Symbol {
    let is_common = symbol.is_common();
    let mut value = symbol.address();
    let home = match symbol.section() {
        _ if is_common => {
            // Zeroes of their own; the alignment is where others have their address.
            let flags = ALLOC | elf::SHF_WRITE.0;
            sections.push(Section {
                flags,
                align: value.max(1),
                size: symbol.size(),
                ..Section::none()
            });
            value = 0;
            Home::Section(sections.len() - 1)
        }
        SymbolSection::Section(index) => Home::Section(index.0),
        SymbolSection::Absolute => Home::Absolute,
        _ => Home::Undefined { weak: symbol.is_weak() },
    };
    let SymbolFlags::Elf { st_info, .. } = symbol.flags() else { panic!("not ELF") };
    Symbol {
        name: symbol.name().unwrap_or("").to_owned(),
        home,
        value,
        is_section: symbol.kind() == SymbolKind::Section,
        is_function: st_info.st_type() == elf::STT_FUNC,
        is_thread_local: st_info.st_type() == elf::STT_TLS,
        is_indirect: st_info.st_type() == elf::STT_GNU_IFUNC,
    }
}
