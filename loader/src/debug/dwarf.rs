//! DWARF of objects, linked: the debugging sections of one or several objects, each appended to
//! those of the same name and relocated for where the code was placed (no phase: read when a
//! person asks, or handed to GDB).
//!
//! What the objects say here was not checked by parse. Everything is read through bounds-checked
//! readers, and a section that makes no sense is left out: a tool then shows less.

use std::collections::{BTreeMap, HashMap};

use object::read::elf::ElfFile64;
use object::{
    LittleEndian, Object as _, ObjectSection as _, ObjectSymbol as _, RelocationKind,
    RelocationTarget, SectionIndex,
};

/// Linked sections by name.
pub(crate) type Sections = BTreeMap<&'static str, Vec<u8>>;

type File<'a> = ElfFile64<'a, LittleEndian>;
type Section<'a, 'file> = object::read::elf::ElfSection64<'a, 'file, LittleEndian>;

/// The sections that are taken; others are of no use without an address or are found through these.
const NAMES: [&str; 12] = [
    ".debug_abbrev",
    ".debug_addr",
    ".debug_info",
    ".debug_line",
    ".debug_line_str",
    ".debug_loc",
    ".debug_loclists",
    ".debug_ranges",
    ".debug_rnglists",
    ".debug_str",
    ".debug_str_offsets",
    ".debug_types",
];

/// A compressed section may claim any size: above this it is left out.
const LARGEST: u64 = 1 << 28;

/// One object's part in the link.
pub(crate) struct Input<'a> {
    pub(crate) bytes: &'a [u8],
    /// The address of an offset in a section, by the section's index, if that code was placed.
    pub(crate) place: &'a dyn Fn(usize, u64) -> Option<u64>,
}

/// Whether an object has a section of this name that makes `link` worth calling.
pub(crate) fn is_worth(section: &str) -> bool {
    matches!(section, ".debug_line" | ".zdebug_line")
}

/// Links the objects' debugging sections. Objects that are no ELF files add nothing.
pub(crate) fn link(inputs: &[Input<'_>]) -> Sections {
    let mut output = Sections::new();
    for input in inputs {
        let Ok(file) = File::parse(input.bytes) else { continue };
        let bases = append(&file, &mut output);
        for (&index, &(name, base)) in &bases {
            let Ok(section) = file.section_by_index(index) else { continue };
            let Some(bytes) = output.get_mut(name) else { continue };
            relocate(&file, &section, name, &mut bytes[base as usize..], &bases, input.place);
        }
    }
    output
}

/// Appends the object's sections; where each of them begins, by index.
fn append(file: &File<'_>, output: &mut Sections) -> HashMap<SectionIndex, (&'static str, u64)> {
    let mut bases = HashMap::new();
    for section in file.sections() {
        let Some(name) = section.name().ok().and_then(canonical) else { continue };
        let Ok(data) = section.compressed_data() else { continue };
        if data.uncompressed_size > LARGEST {
            continue;
        }
        let Ok(data) = data.decompress() else { continue };
        let bytes = output.entry(name).or_default();
        let align = section.align().clamp(1, 16) as usize;
        bytes.resize(bytes.len().next_multiple_of(align), 0);
        bases.insert(section.index(), (name, bytes.len() as u64));
        bytes.extend_from_slice(&data);
    }
    bases
}

/// The name under which a section is linked; `.zdebug_*` is how compressed ones were once called.
fn canonical(name: &str) -> Option<&'static str> {
    let plain = name.strip_prefix(".zdebug_").or_else(|| name.strip_prefix(".debug_"))?;
    NAMES.into_iter().find(|known| known.strip_prefix(".debug_") == Some(plain))
}

fn relocate(
    file: &File<'_>,
    section: &Section<'_, '_>,
    name: &str,
    bytes: &mut [u8],
    bases: &HashMap<SectionIndex, (&'static str, u64)>,
    place: &dyn Fn(usize, u64) -> Option<u64>,
) {
    // Code that was not placed. An entry of these lists that begins and ends at 0 would end the list.
    let nowhere = if matches!(name, ".debug_ranges" | ".debug_loc") { 1 } else { 0 };
    for (offset, relocation) in section.relocations() {
        let RelocationTarget::Symbol(symbol) = relocation.target() else { continue };
        if relocation.kind() != RelocationKind::Absolute {
            continue; // Nothing to do, or an offset among thread-locals, which has no address.
        }
        let Ok(symbol) = file.symbol_by_index(symbol) else { continue };
        let offset_in = symbol.address().wrapping_add_signed(relocation.addend());
        let value = match symbol.section_index() {
            Some(index) => match bases.get(&index) {
                Some((_, base)) => base.wrapping_add(offset_in),
                None => place(index.0, offset_in).unwrap_or(nowhere),
            },
            None => nowhere,
        };
        let width = usize::from(relocation.size() / 8).min(8);
        let Ok(start) = usize::try_from(offset) else { continue };
        let field = start.checked_add(width).and_then(|end| bytes.get_mut(start..end));
        if let Some(field) = field {
            field.copy_from_slice(&value.to_le_bytes()[..width]);
        }
    }
}
