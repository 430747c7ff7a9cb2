//! An object that parts of the next one are taken from: its tables, and what refers to what.
//!
//! Two kinds of things have names that mean the same in all objects of a source: functions with global
//! symbols (in one of these objects at least), and variables. Everything else (closures, instances of generics, literals) is private:
//! it goes with the function that refers to it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use object::LittleEndian as Little;
use object::elf;
use object::read::elf::{ElfFile64, SectionHeader as _, Sym as _};
use object::{Object as _, ObjectSection as _};

use super::frames::{Frames, Record};

/// A section, by its number in the part.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub name: String,
    pub kind: u32,
    pub flags: u64,
    pub align: u64,
    /// Size of each entry, where it consists of such.
    pub entry: u64,
    pub size: u64,
    /// Its bytes in the part's data; empty where it has none.
    pub bytes: Range<usize>,
    pub relocations: Vec<Relocation>,
}

impl Section {
    fn has(&self, flag: u64) -> bool {
        self.flags & flag != 0
    }

    pub(super) fn is_code(&self) -> bool {
        self.has(elf::SHF_EXECINSTR.0)
    }

    /// Whether it lists constructors or destructors.
    pub(super) fn is_list(&self) -> bool {
        [elf::SHT_INIT_ARRAY.0, elf::SHT_FINI_ARRAY.0, elf::SHT_PREINIT_ARRAY.0]
            .contains(&self.kind)
            || [".ctors", ".dtors"].iter().any(|name| self.name.starts_with(name))
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Relocation {
    pub offset: u64,
    pub kind: u32,
    pub symbol: usize,
    pub addend: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Symbol {
    pub name: String,
    pub info: u8,
    pub other: u8,
    /// Where it is defined.
    pub section: Option<usize>,
    pub value: u64,
    pub size: u64,
    /// Whether its name means the same in every object of the source.
    is_named: bool,
}

impl Symbol {
    pub(super) fn kind(&self) -> u8 {
        self.info & 0xf
    }

    pub(super) fn is_local(&self) -> bool {
        self.info >> 4 == elf::STB_LOCAL.0
    }

    pub(super) fn is_function(&self) -> bool {
        self.kind() == elf::STT_FUNC.0
    }

    pub(super) fn is_section(&self) -> bool {
        self.kind() == elf::STT_SECTION.0
    }

    fn is_variable(&self) -> bool {
        [elf::STT_OBJECT.0, elf::STT_TLS.0].contains(&self.kind()) && self.name.starts_with("_R")
    }
}

/// What a relocation of a part leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// Something that is known by name.
    Named(&'a str),
    /// Something private of the part, in this section.
    Private(usize),
    /// A number.
    Number,
}

/// One object's tables.
pub(super) struct Part {
    pub data: Arc<[u8]>,
    pub machine: u16,
    pub sections: Vec<Section>,
    pub symbols: Vec<Symbol>,
    /// What it defines by name.
    pub named: HashMap<String, usize>,
    /// The named thing that a section consists of.
    owners: HashMap<usize, usize>,
    /// Local symbols, by section.
    private: HashMap<usize, Vec<usize>>,
    pub frames: Frames,
    /// What each named thing refers to by name.
    edges: HashMap<String, Edges>,
}

/// What a function or variable refers to by name, directly or through private things.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    pub all: BTreeSet<String>,
    /// Those that private code refers to.
    pub by_private_code: BTreeSet<String>,
    /// Those that code refers to, its own or private one, and not tables.
    pub by_code: BTreeSet<String>,
}

impl Part {
    /// Reads `data`; says why if it is not what rustc writes.
    pub(super) fn read(data: Arc<[u8]>) -> Result<Part, String> {
        Part::with_names(data, &|_| false)
    }

    /// The same where these functions are known by name, also those that have a local symbol here: the
    /// optimiser gives such to functions that nobody outside calls.
    pub(super) fn with_names(
        data: Arc<[u8]>,
        is_known: &dyn Fn(&str) -> bool,
    ) -> Result<Part, String> {
        let (machine, sections, mut symbols) = tables(&data)?;
        for symbol in symbols.iter_mut().filter(|symbol| !symbol.is_section()) {
            symbol.is_named = !symbol.is_local()
                || symbol.is_variable()
                || symbol.is_function() && is_known(&symbol.name);
        }
        let mut part = Part {
            data,
            machine,
            sections,
            symbols,
            named: HashMap::new(),
            owners: HashMap::new(),
            private: HashMap::new(),
            frames: Frames::default(),
            edges: HashMap::new(),
        };
        for (index, symbol) in part.symbols.iter().enumerate() {
            let Some(section) = symbol.section else { continue };
            if symbol.is_named && part.named.insert(symbol.name.clone(), index).is_some() {
                return Err(format!("two things are called `{}`", symbol.name));
            }
            if symbol.is_named {
                let is_second = part.owners.insert(section, index).is_some();
                if is_second || symbol.value != 0 {
                    return Err(format!("`{}` shares its section", symbol.name));
                }
            } else if !symbol.is_section() {
                part.private.entry(section).or_default().push(index);
            }
        }
        part.frames = Frames::read(&part)?;
        part.edges =
            part.named.iter().map(|(name, index)| (name.clone(), part.edges_of(*index))).collect();
        Ok(part)
    }

    /// Whether it consists of named things alone, and what is private to them: it lists no constructors, and
    /// has no section whose bounds somebody could ask for.
    pub(super) fn is_plain(&self) -> bool {
        let is_bounded = |section: &Section| {
            let mut bytes = section.name.bytes();
            section.has(elf::SHF_ALLOC.0)
                && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        !self.sections.iter().any(|section| section.is_list() || is_bounded(section))
    }

    pub(super) fn bytes(&self, section: usize) -> &[u8] {
        &self.data[self.sections[section].bytes.clone()]
    }

    /// What `symbol` stands for.
    pub(super) fn target(&self, symbol: usize) -> Target<'_> {
        let it = &self.symbols[symbol];
        let Some(section) = it.section else {
            return if it.name.is_empty() { Target::Number } else { Target::Named(&it.name) };
        };
        if it.is_named {
            return Target::Named(&it.name);
        }
        match self.owners.get(&section) {
            Some(owner) => Target::Named(&self.symbols[*owner].name),
            None => Target::Private(section),
        }
    }

    /// The section of what it defines as `name`.
    pub(super) fn section_of(&self, name: &str) -> Option<usize> {
        self.named.get(name).and_then(|symbol| self.symbols[*symbol].section)
    }

    /// The symbols of private things in `section`.
    pub(super) fn private_symbols(&self, section: usize) -> &[usize] {
        self.private.get(&section).map(Vec::as_slice).unwrap_or_default()
    }

    /// The records of the unwinder that are about a section.
    pub(super) fn records(&self, section: usize) -> impl Iterator<Item = &Record> {
        self.frames.about(section)
    }

    /// The relocations of a section, and of what the unwinder is told about it.
    pub(super) fn references(&self, section: usize) -> impl Iterator<Item = &Relocation> {
        let told = self.records(section).flat_map(|record| {
            let pair = std::iter::once(record).chain(self.frames.common(record));
            pair.flat_map(|record| self.frames.relocations(self, record))
        });
        self.sections[section].relocations.iter().chain(told)
    }

    fn edges_of(&self, symbol: usize) -> Edges {
        let symbol = &self.symbols[symbol];
        let mut edges = symbol.section.map(|root| self.edges_from(root)).unwrap_or_default();
        edges.all.remove(&symbol.name);
        edges.by_code.remove(&symbol.name);
        edges
    }

    /// What a section refers to by name.
    pub(super) fn edges_from(&self, root: usize) -> Edges {
        let mut edges = Edges::default();
        let mut open = vec![(root, false)];
        let mut seen = BTreeSet::from([(root, false)]);
        while let Some((section, in_code)) = open.pop() {
            for reference in self.references(section) {
                match self.target(reference.symbol) {
                    Target::Named(name) => {
                        edges.all.insert(name.to_owned());
                        if self.sections[section].is_code() {
                            edges.by_code.insert(name.to_owned());
                        }
                        if in_code {
                            edges.by_private_code.insert(name.to_owned());
                        }
                    }
                    // The unwinder's records refer to the code that they are about.
                    Target::Private(private) if private != root => {
                        let in_code = in_code || self.sections[private].is_code();
                        if seen.insert((private, in_code)) {
                            open.push((private, in_code));
                        }
                    }
                    Target::Private(_) | Target::Number => {}
                }
            }
        }
        edges
    }

    /// What each named thing refers to.
    pub(super) fn all_edges(&self) -> impl Iterator<Item = (&str, &Edges)> {
        self.edges.iter().map(|(name, edges)| (name.as_str(), edges))
    }
}

fn tables(data: &[u8]) -> Result<(u16, Vec<Section>, Vec<Symbol>), String> {
    let wrong = |error: object::read::Error| format!("the object cannot be read: {error}");
    let file = ElfFile64::<Little>::parse(data).map_err(wrong)?;
    let machine = file.elf_header().e_machine.get(Little).0;
    let mut sections = vec![Section {
        name: String::new(),
        kind: elf::SHT_NULL.0,
        flags: 0,
        align: 0,
        entry: 0,
        size: 0,
        bytes: 0..0,
        relocations: Vec::new(),
    }];
    for section in file.sections() {
        let header = section.elf_section_header();
        let bytes = match header.file_range(Little) {
            Some((start, size)) => start as usize..(start + size) as usize,
            None => 0..0,
        };
        if data.get(bytes.clone()).is_none() || section.index().0 != sections.len() {
            return Err("the object's sections are out of bounds".to_owned());
        }
        sections.push(Section {
            name: section.name().map_err(wrong)?.to_owned(),
            kind: header.sh_type(Little).0,
            flags: header.sh_flags(Little).0,
            align: header.sh_addralign(Little),
            entry: header.sh_entsize(Little),
            size: header.sh_size(Little),
            bytes,
            relocations: Vec::new(),
        });
    }
    let mut symbols = Vec::new();
    let table = file.elf_symbol_table();
    for (index, symbol) in table.enumerate() {
        let name = table.symbol_name(Little, symbol).map_err(wrong)?;
        let section = table.symbol_section(Little, symbol, index).map_err(wrong)?;
        if section.is_some_and(|section| section.0 >= sections.len())
            || symbol.st_shndx(Little) == elf::SHN_COMMON
        {
            return Err("the object's symbols are out of bounds".to_owned());
        }
        symbols.push(Symbol {
            name: String::from_utf8_lossy(name).into_owned(),
            info: symbol.st_info().0,
            other: symbol.st_other().0,
            section: section.map(|section| section.0),
            value: symbol.st_value(Little),
            size: symbol.st_size(Little),
            is_named: false,
        });
    }
    // The symbol at 0 stands for none.
    if symbols.is_empty() {
        return Err("the object has no symbols".to_owned());
    }
    relocations(&file, &mut sections, symbols.len()).map_err(wrong)?;
    Ok((machine, sections, symbols))
}

fn relocations(
    file: &ElfFile64<'_, Little>,
    sections: &mut [Section],
    symbols: usize,
) -> Result<(), object::read::Error> {
    let (data, table) = (file.data(), file.elf_section_table());
    for header in table.iter() {
        let Some((entries, _)) = header.rela(Little, data)? else { continue };
        let about = header.sh_info(Little) as usize;
        let Some(section) = sections.get_mut(about) else { continue };
        for entry in entries {
            let symbol = entry.r_sym(Little, false) as usize;
            let relocation = Relocation {
                offset: entry.r_offset.get(Little),
                kind: entry.r_type(Little, false).0,
                symbol: symbol.min(symbols - 1),
                addend: entry.r_addend.get(Little),
            };
            section.relocations.push(relocation);
        }
        section.relocations.sort_by_key(|relocation| relocation.offset);
    }
    Ok(())
}
