//! Thread-locals on both sides: an executable with room for them, and what ld makes of accesses.
//!
//! In an executable ld knows the distance from the thread pointer and rewrites every access to use it
//! ("relaxation"), which Segue never does. So the bytes around such fields differ, and what is
//! compared is the distance that ld wrote with the one that Segue's GOT entries lead to.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use object::read::elf::{ElfFile64, ProgramHeader as _};
use object::{LittleEndian, Object as _, ObjectSymbol as _, elf};
use segue_loader::Machine;

use crate::common::run;
use crate::fields::{self, Sort};
use crate::subject::{Home, Section, Subject, Symbol};

/// Distances from the thread pointer in one link.
#[derive(Default, Clone)]
pub(crate) struct Offsets {
    by_name: HashMap<String, u64>,
    /// That of the module's block.
    pub(crate) block: u64,
}

impl Offsets {
    pub(crate) fn insert(&mut self, name: &str, offset: u64) {
        self.by_name.insert(name.to_owned(), offset);
    }

    /// The offset of a thread-local, which may be known by another name of the same variable.
    pub(crate) fn of(&self, subject: &Subject, symbol: &Symbol) -> Option<u64> {
        let known = |name: &str| {
            let local = format!("{}:{name}", subject.name);
            self.by_name.get(name).or_else(|| self.by_name.get(&local)).copied()
        };
        if let Some(offset) = known(&symbol.name) {
            return Some(offset);
        }
        // By the nearest of its section that is known, with which it was placed.
        let is_before = |other: &&Symbol| {
            matches!(symbol.home, Home::Section(_))
                && other.home == symbol.home
                && other.is_thread_local
                && other.value <= symbol.value
        };
        let before = subject.symbols.iter().filter(is_before);
        let known = before.filter_map(|other| Some((other.value, known(&other.name)?)));
        let (value, offset) = known.max_by_key(|(value, _)| *value)?;
        Some(offset.wrapping_add(symbol.value - value))
    }
}

/// An object with room for live code's thread-locals and with those that the subject does not define,
/// and the executable that it makes.
pub(crate) struct Host {
    pub(crate) object: PathBuf,
    pub(crate) executable: PathBuf,
    pub(crate) offsets: Offsets,
}

/// What linkers call the start of the module's block.
pub(crate) const MODULE_BASE: &str = "_TLS_MODULE_BASE_";

/// Whether the subject has anything to do with thread-locals.
pub(crate) fn concern(subject: &Subject) -> bool {
    subject.symbols.iter().any(|symbol| symbol.is_thread_local)
}

impl Host {
    pub(crate) fn make(subject: &Subject, folder: &Path) -> Host {
        let mut source = String::from(
            ".section .tbss, \"awT\", %nobits\n.balign 64\n.globl segue_thread_locals\n.type \
             segue_thread_locals, %object\nsegue_thread_locals: .zero 32768\n.size \
             segue_thread_locals, 32768\n",
        );
        let outside = |it: &&Symbol| {
            let is_outside = matches!(it.home, Home::Undefined { .. }) && it.is_thread_local;
            is_outside && it.name != MODULE_BASE
        };
        for symbol in subject.symbols.iter().filter(outside) {
            let name = &symbol.name;
            writeln!(source, ".balign 16\n.globl \"{name}\"\n\"{name}\": .zero 16").unwrap();
        }
        source.push_str(".text\n.globl _start\n_start: .long 0\n");
        let [input, object, executable] =
            ["host.s", "host.o", "host"].map(|name| folder.join(name));
        std::fs::write(&input, source).unwrap();
        let [assembler, linker] = match subject.machine {
            Machine::X86_64 => ["as", "ld"],
            Machine::Aarch64 => ["aarch64-linux-gnu-as", "aarch64-linux-gnu-ld"],
        };
        run(Command::new(assembler).arg(&input).arg("-o").arg(&object));
        run(Command::new(linker).arg("-static").arg(&object).arg("-o").arg(&executable));
        let offsets = read_offsets(&std::fs::read(&executable).unwrap());
        Host { object, executable, offsets }
    }
}

/// Where an executable's thread-locals are, by ELF Handling For Thread-Local Storage: right below the
/// thread pointer on x86-64, behind two words above it on aarch64.
pub(crate) fn read_offsets(executable: &[u8]) -> Offsets {
    let file = ElfFile64::<LittleEndian>::parse(executable).unwrap();
    let mut headers = file.elf_program_headers().iter();
    let mut offsets = Offsets::default();
    if let Some(header) = headers.find(|header| header.p_type(LittleEndian) == elf::PT_TLS) {
        let align = header.p_align(LittleEndian).max(1);
        offsets.block = match file.architecture() {
            object::Architecture::Aarch64 => 16_u64.next_multiple_of(align),
            _ => header.p_memsz(LittleEndian).next_multiple_of(align).wrapping_neg(),
        };
        for symbol in file.symbols().filter(|symbol| symbol.kind() == object::SymbolKind::Tls) {
            let offset = offsets.block.wrapping_add(symbol.address());
            offsets.insert(symbol.name().unwrap(), offset);
        }
    }
    offsets
}

/// The distances that x86-64 instructions have after ld rewrote the accesses of a section, by the
/// offset of the field; and the ranges that it rewrote.
#[derive(Default)]
pub(crate) struct Rewritten {
    distances: BTreeMap<u64, u64>,
    ranges: Vec<Range<u64>>,
}

impl Rewritten {
    pub(crate) fn of(subject: &Subject, section: &Section, theirs: &[u8]) -> Rewritten {
        let mut rewritten = Rewritten::default();
        for relocation in &section.relocations {
            let Some(field) = fields::of(subject.machine, relocation.kind) else { continue };
            let at = relocation.offset;
            let entry = matches!(
                field.sort,
                Sort::Pair | Sort::ModulePair | Sort::OffsetEntry | Sort::Descriptor
            );
            if subject.machine == Machine::Aarch64 {
                // Each instruction by itself; behind a call of __tls_get_addr there is one more.
                if entry || field.name.ends_with("TLSDESC_CALL") {
                    rewritten.ranges.push(at..at + 4);
                }
                if matches!(field.name, "TLSGD_ADD_LO12_NC" | "TLSLD_ADD_LO12_NC") {
                    rewritten.ranges.push(at..at + 12);
                }
                continue;
            }
            let (range, distance) = match field.sort {
                Sort::Pair => (at - 4..at + 12, Some(at + 8)),
                // The instruction of the call is longer where it loads the address from the GOT.
                Sort::ModulePair => {
                    let call = section.relocations_in(at + 4, at + 7).first();
                    (at - 3..call.map_or(at + 4, |call| call.offset + 4), None)
                }
                Sort::OffsetEntry | Sort::Descriptor => (at - 3..at + 4, Some(at)),
                _ if field.name == "TLSDESC_CALL" => (at..at + 2, None),
                _ => continue,
            };
            rewritten.ranges.push(range);
            if let Some(distance) = distance {
                let bytes = theirs.get(distance as usize..distance as usize + 4);
                let value = bytes.and_then(|bytes| bytes.try_into().ok()).map(i32::from_le_bytes);
                rewritten.distances.insert(at, value.unwrap_or(0) as u64);
            }
        }
        rewritten
    }

    /// What ld wrote instead of the field, where that tells a distance.
    pub(crate) fn distance(&self, offset: u64) -> Option<u64> {
        self.distances.get(&offset).copied()
    }

    pub(crate) fn ranges(&self) -> &[Range<u64>] {
        &self.ranges
    }

    pub(crate) fn covers(&self, offset: u64) -> bool {
        self.ranges.iter().any(|range| range.contains(&offset))
    }
}

/// Whether an instruction of aarch64 that ld wrote instead of an access can be part of one to this
/// distance.
pub(crate) fn is_access(word: u32, distance: u64) -> bool {
    let immediate = u64::from(word >> 5 & 0xFFFF);
    match word & 0xFFE0_0000 {
        0xD2A0_0000 => immediate == distance >> 16 & 0xFFFF, // movz, lsl 16
        0xF280_0000 => immediate == distance & 0xFFFF,       // movk
        // nop; mrs x1, tpidr_el0; add x0, x1, x0; for a module's block mrs x0, tpidr_el0; add x0,
        // x0, #16, which is where the block starts unless it is aligned to more.
        _ => matches!(word, 0xD503_201F | 0xD53B_D041 | 0x8B00_0020 | 0xD53B_D040 | 0x9100_4000),
    }
}
