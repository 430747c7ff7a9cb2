//! Writes a relocatable object: sections, symbols and relocations, in the form of the ELF specification
//! (System V ABI, chapter 4).

use object::elf;

/// A section to write.
#[derive(Clone, Debug)]
pub(super) struct NewSection {
    pub name: String,
    pub kind: u32,
    pub flags: u64,
    pub align: u64,
    pub entry: u64,
    /// In memory; as many bytes unless it has none.
    pub size: u64,
    pub bytes: Vec<u8>,
    pub relocations: Vec<NewRelocation>,
}

impl NewSection {
    /// An empty section for the unwinder's records.
    pub(super) fn frames(kind: u32) -> NewSection {
        NewSection {
            name: ".eh_frame".to_owned(),
            kind,
            flags: elf::SHF_ALLOC.0,
            align: 8,
            entry: 0,
            size: 0,
            bytes: Vec::new(),
            relocations: Vec::new(),
        }
    }
}

/// A relocation to write; the symbol is what [`ElfFile::add`] gave.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewRelocation {
    pub offset: u64,
    pub kind: u32,
    pub symbol: usize,
    pub addend: i64,
}

/// A symbol to write.
#[derive(Clone, Debug, Default)]
pub(super) struct NewSymbol {
    pub name: String,
    pub info: u8,
    pub other: u8,
    /// Index among the file's sections, where it is defined.
    pub section: Option<usize>,
    pub value: u64,
    pub size: u64,
}

/// A file in the making.
pub(super) struct ElfFile {
    machine: u16,
    pub sections: Vec<NewSection>,
    symbols: Vec<NewSymbol>,
}

const HEADER: usize = 64;
const SYMBOL: u64 = 24;
const RELOCATION: u64 = 24;

/// A table of names, each ending in a zero.
#[derive(Default)]
struct Names(Vec<u8>);

impl Names {
    fn new() -> Names {
        Names(vec![0])
    }

    fn add(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        let at = self.0.len() as u32;
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(0);
        at
    }
}

/// The bytes of the file so far, and the headers that will follow them.
struct Output {
    bytes: Vec<u8>,
    headers: Vec<u8>,
    count: u16,
}

/// The fields of a section's header that do not follow from its bytes.
struct Header {
    name: u32,
    kind: u32,
    flags: u64,
    size: u64,
    link: u32,
    info: u32,
    align: u64,
    entry: u64,
}

impl Output {
    fn section(&mut self, header: &Header, bytes: &[u8]) {
        let align = usize::try_from(header.align.clamp(1, 4096)).unwrap_or(1);
        self.bytes.resize(self.bytes.len().next_multiple_of(align), 0);
        let offset = self.bytes.len() as u64;
        self.bytes.extend_from_slice(bytes);
        let Header { name, kind, flags, size, link, info, align, entry } = *header;
        self.headers.extend(name.to_le_bytes());
        self.headers.extend(kind.to_le_bytes());
        for field in [flags, 0, offset, size] {
            self.headers.extend(field.to_le_bytes());
        }
        self.headers.extend(link.to_le_bytes());
        self.headers.extend(info.to_le_bytes());
        self.headers.extend(align.to_le_bytes());
        self.headers.extend(entry.to_le_bytes());
        self.count += 1;
    }
}

impl ElfFile {
    pub(super) fn new(machine: u16) -> ElfFile {
        // The symbol at 0 stands for none.
        ElfFile { machine, sections: Vec::new(), symbols: vec![NewSymbol::default()] }
    }

    /// Adds a symbol. Local ones come first.
    pub(super) fn add(&mut self, symbol: NewSymbol) -> usize {
        self.symbols.push(symbol);
        self.symbols.len() - 1
    }

    /// The file.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut names = Names::new();
        let mut out = Output { bytes: vec![0; HEADER], headers: vec![0; 64], count: 1 };
        for section in &self.sections {
            let NewSection { kind, flags, align, entry, size, .. } = *section;
            let name = names.add(&section.name);
            let header = Header { name, kind, flags, size, link: 0, info: 0, align, entry };
            out.section(&header, &section.bytes);
        }
        let table = u32::from(out.count);
        self.write_symbols(&mut names, &mut out);
        for (index, section) in self.sections.iter().enumerate() {
            if section.relocations.is_empty() {
                continue;
            }
            let mut bytes = Vec::with_capacity(section.relocations.len() * RELOCATION as usize);
            for relocation in &section.relocations {
                bytes.extend(relocation.offset.to_le_bytes());
                let info = (relocation.symbol as u64) << 32 | u64::from(relocation.kind);
                bytes.extend(info.to_le_bytes());
                bytes.extend(relocation.addend.to_le_bytes());
            }
            let header = Header {
                name: names.add(&format!(".rela{}", section.name)),
                kind: elf::SHT_RELA.0,
                flags: elf::SHF_INFO_LINK.0,
                size: bytes.len() as u64,
                link: table,
                info: index as u32 + 1,
                align: 8,
                entry: RELOCATION,
            };
            out.section(&header, &bytes);
        }
        let name = names.add(".shstrtab");
        out.section(&strings(name, &names.0), &names.0);
        finish(out, self.machine)
    }

    fn write_symbols(&self, names: &mut Names, out: &mut Output) {
        let mut strtab = Names::new();
        let mut bytes = Vec::with_capacity(self.symbols.len() * SYMBOL as usize);
        for symbol in &self.symbols {
            bytes.extend(strtab.add(&symbol.name).to_le_bytes());
            bytes.extend([symbol.info, symbol.other]);
            let section = symbol.section.map_or(0, |section| section as u16 + 1);
            bytes.extend(section.to_le_bytes());
            bytes.extend(symbol.value.to_le_bytes());
            bytes.extend(symbol.size.to_le_bytes());
        }
        let locals = self.symbols.iter().take_while(|symbol| symbol.info >> 4 == elf::STB_LOCAL.0);
        let header = Header {
            name: names.add(".symtab"),
            kind: elf::SHT_SYMTAB.0,
            flags: 0,
            size: bytes.len() as u64,
            link: u32::from(out.count) + 1,
            info: locals.count() as u32,
            align: 8,
            entry: SYMBOL,
        };
        out.section(&header, &bytes);
        let name = names.add(".strtab");
        out.section(&strings(name, &strtab.0), &strtab.0);
    }
}

fn strings(name: u32, bytes: &[u8]) -> Header {
    let size = bytes.len() as u64;
    Header { name, kind: elf::SHT_STRTAB.0, flags: 0, size, link: 0, info: 0, align: 1, entry: 0 }
}

fn finish(mut out: Output, machine: u16) -> Vec<u8> {
    out.bytes.resize(out.bytes.len().next_multiple_of(8), 0);
    let headers = out.bytes.len() as u64;
    out.bytes.append(&mut out.headers);
    let mut header = Vec::with_capacity(HEADER);
    header.extend(elf::ELFMAG);
    header.extend([elf::ELFCLASS64.0, elf::ELFDATA2LSB.0, elf::EV_CURRENT.0]);
    header.resize(16, 0);
    header.extend(elf::ET_REL.0.to_le_bytes());
    header.extend(machine.to_le_bytes());
    header.extend(u32::from(elf::EV_CURRENT.0).to_le_bytes());
    header.extend([0; 16]);
    header.extend(headers.to_le_bytes());
    header.extend([0; 4]);
    for field in [HEADER as u16, 0, 0, 64, out.count, out.count - 1] {
        header.extend(field.to_le_bytes());
    }
    out.bytes[..HEADER].copy_from_slice(&header);
    out.bytes
}
