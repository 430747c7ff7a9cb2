//! An ELF image for tools: sections at the addresses where code lies in memory, a symbol table, and
//! debugging sections (what GDB is given; `readelf` and `objdump` read it too).
//!
//! The layout is the usual one: header, contents, section headers. Code is in memory, not in the
//! image: its sections have addresses and sizes only.

use object::elf;

use crate::arch::Machine;

const HEADER: usize = 64;
const SECTION: usize = 64;
const SYMBOL: usize = 24;
/// Section numbers from here on have other meanings.
const MOST_SECTIONS: usize = elf::SHN_LORESERVE as usize;

/// Code at an address.
pub(crate) struct Text<'a> {
    /// Name of the symbol.
    pub(crate) name: &'a str,
    pub(crate) address: u64,
    pub(crate) size: u64,
}

/// One line of the section table, and the section's bytes.
struct Section<'a> {
    name: &'a str,
    kind: u32,
    flags: u64,
    address: u64,
    size: u64,
    bytes: &'a [u8],
    link: u32,
    info: u32,
    align: u64,
    entry: u64,
}

impl Default for Section<'_> {
    fn default() -> Self {
        Section {
            name: "",
            kind: 0,
            flags: 0,
            address: 0,
            size: 0,
            bytes: &[],
            link: 0,
            info: 0,
            align: 1,
            entry: 0,
        }
    }
}

/// Builds the image; `None` when there are more pieces of code than an image has numbers for.
pub(crate) fn image(
    machine: Machine,
    texts: &[Text<'_>],
    debug: &[(&str, &[u8])],
) -> Option<Vec<u8>> {
    if texts.len() + debug.len() + 8 >= MOST_SECTIONS {
        return None;
    }
    let mut strings = vec![0];
    let mut symbols = vec![0; SYMBOL];
    let mut sections = vec![Section { align: 0, ..Section::default() }];
    for (index, text) in texts.iter().enumerate() {
        let name = push_string(&mut strings, text.name);
        symbols.extend_from_slice(&symbol(name, index as u16 + 1, text));
        sections.push(Section {
            name: ".text",
            kind: elf::SHT_NOBITS.0,
            flags: elf::SHF_ALLOC.0 | elf::SHF_EXECINSTR.0,
            address: text.address,
            size: text.size,
            ..Section::default()
        });
    }
    sections.extend(debug.iter().map(|&(name, bytes)| contents(name, elf::SHT_PROGBITS.0, bytes)));
    let strings_at = sections.len() as u32 + 1;
    // Every symbol behind the first is global.
    let (align, entry) = (8, SYMBOL as u64);
    let table = contents(".symtab", elf::SHT_SYMTAB.0, &symbols);
    sections.push(Section { link: strings_at, info: 1, align, entry, ..table });
    sections.push(contents(".strtab", elf::SHT_STRTAB.0, &strings));
    sections.push(Section { name: ".shstrtab", kind: elf::SHT_STRTAB.0, ..Section::default() });
    Some(write(machine, &sections))
}

fn contents<'a>(name: &'a str, kind: u32, bytes: &'a [u8]) -> Section<'a> {
    Section { name, kind, size: bytes.len() as u64, bytes, ..Section::default() }
}

fn push_string(strings: &mut Vec<u8>, string: &str) -> u32 {
    let at = strings.len() as u32;
    strings.extend_from_slice(string.as_bytes());
    strings.push(0);
    at
}

fn symbol(name: u32, section: u16, text: &Text<'_>) -> [u8; SYMBOL] {
    const GLOBAL_FUNCTION: u8 = 0x12;
    let mut bytes = [0; SYMBOL];
    bytes[0..4].copy_from_slice(&name.to_le_bytes());
    bytes[4] = GLOBAL_FUNCTION;
    bytes[6..8].copy_from_slice(&section.to_le_bytes());
    bytes[8..16].copy_from_slice(&text.address.to_le_bytes());
    bytes[16..24].copy_from_slice(&text.size.to_le_bytes());
    bytes
}

/// Lays the sections out behind the header; the last one is the table of their names.
fn write(machine: Machine, sections: &[Section<'_>]) -> Vec<u8> {
    let mut names = vec![0];
    let name_at: Vec<u32> = sections.iter().map(|it| push_string(&mut names, it.name)).collect();
    let mut image = vec![0; HEADER];
    let mut headers = Vec::with_capacity(sections.len() * SECTION);
    let last = sections.len() - 1;
    for (index, section) in sections.iter().enumerate() {
        let bytes = if index == last { &names } else { section.bytes };
        image.resize(image.len().next_multiple_of(8), 0);
        let size = if index == last { names.len() as u64 } else { section.size };
        headers.extend_from_slice(&name_at[index].to_le_bytes());
        headers.extend_from_slice(&section.kind.to_le_bytes());
        for word in [section.flags, section.address, image.len() as u64, size] {
            headers.extend_from_slice(&word.to_le_bytes());
        }
        headers.extend_from_slice(&section.link.to_le_bytes());
        headers.extend_from_slice(&section.info.to_le_bytes());
        headers.extend_from_slice(&section.align.to_le_bytes());
        headers.extend_from_slice(&section.entry.to_le_bytes());
        image.extend_from_slice(bytes);
    }
    image.resize(image.len().next_multiple_of(8), 0);
    let table = image.len() as u64;
    image.extend_from_slice(&headers);
    image[..HEADER].copy_from_slice(&header(machine, table, sections.len() as u16));
    image
}

fn header(machine: Machine, table: u64, sections: u16) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, b"\x7fELF\x02\x01\x01"); // 64 bits, little-endian, version 1
    put(16, &2_u16.to_le_bytes()); // ET_EXEC: addresses are final
    put(18, &machine_number(machine).to_le_bytes());
    put(20, &1_u32.to_le_bytes());
    put(40, &table.to_le_bytes());
    put(52, &(HEADER as u16).to_le_bytes());
    put(58, &(SECTION as u16).to_le_bytes());
    put(60, &sections.to_le_bytes());
    put(62, &(sections - 1).to_le_bytes());
    header
}

/// ELF's number of a processor.
pub(super) fn machine_number(machine: Machine) -> u16 {
    match machine {
        Machine::X86_64 => elf::EM_X86_64.0,
        Machine::Aarch64 => elf::EM_AARCH64.0,
    }
}
