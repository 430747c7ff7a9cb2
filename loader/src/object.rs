//! Parse: ELF bytes to a [`Graph`]. The first phase, and the only one that sees ELF structures.
//!
//! Everything the later phases index with is checked here against the bytes: section ranges, symbol
//! names and positions, relocation offsets. An object that passes cannot make them read or write
//! outside its own sections.

use std::collections::HashSet;
use std::sync::Arc;

use object::elf::{self, FileHeader64};
use object::read::elf::{FileHeader, Rela as _, SectionHeader, SectionTable, Sym, SymbolTable};
use object::{LittleEndian, SectionIndex, SymbolIndex};

use crate::arch::Machine;
use crate::debug::{Lines, is_worth};
use crate::error::{Error, ErrorKind};
use crate::graph::{
    Graph, Linkage, Place, Relocation, Section, SectionId, SectionKind, Span, Symbol, SymbolId,
    SymbolKind, Visibility,
};
use crate::runs::is_identifier;
use crate::startup;

type Header = FileHeader64<LittleEndian>;
const LITTLE: LittleEndian = LittleEndian;

/// One parsed relocatable object.
pub struct Object {
    pub(crate) graph: Graph,
}

impl Object {
    /// Reads the structure of `bytes`. `name` is what error messages call the object.
    ///
    /// # Errors
    /// `Malformed` when a table, name or offset leaves the bytes; `Unsupported` for other
    /// machines, other file types, and REL or compressed sections.
    pub fn parse(name: &str, bytes: impl Into<Arc<[u8]>>) -> Result<Object, Error> {
        let bytes = bytes.into();
        if bytes.starts_with(b"BC\xC0\xDE") {
            return Err(unsupported(NO_MACHINE_CODE).within(name));
        }
        let graph = parse(name, bytes).map_err(|error| error.within(name))?;
        Ok(Object { graph })
    }

    /// The name given to [`Object::parse`].
    pub fn name(&self) -> &str {
        &self.graph.name
    }
}

/// Why an object of a compiler's intermediate code is refused.
pub(crate) const NO_MACHINE_CODE: &str = "the compiler's intermediate code instead of machine code: \
     compile without -flto, or with gcc and -ffat-lto-objects";

fn malformed(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Malformed, what)
}

fn unsupported(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Unsupported, what)
}

fn parse(name: &str, bytes: Arc<[u8]>) -> Result<Graph, Error> {
    // Spans are 32 bits; an object of 2 GiB could not be placed in a window anyway.
    if bytes.len() > i32::MAX as usize {
        return Err(unsupported("the object is larger than 2 GiB"));
    }
    let data: &[u8] = &bytes;
    let header = Header::parse(data)
        .map_err(|error| malformed(format!("not an ELF object ({error}); was it truncated?")))?;
    let machine = check_header(header)?;
    let table = header
        .sections(LITTLE, data)
        .map_err(|error| malformed(format!("bad section table ({error})")))?;
    let symbols = table
        .symbols(LITTLE, data, elf::SHT_SYMTAB)
        .map_err(|error| malformed(format!("bad symbol table ({error})")))?;
    let mut sections = read_sections(&table, data)?;
    let mut symbols_read = read_symbols(&symbols, data, &mut sections)?;
    forget_marks(machine, data, &mut symbols_read);
    mark_comdat(&table, data, &mut sections)?;
    let relocations = read_relocations(&table, data, &symbols, &mut sections, symbols_read.len())?;
    let lines = has_lines(&table).then(|| Arc::new(Lines::new(Arc::clone(&bytes))));
    let (name, symbols) = (name.into(), symbols_read);
    Ok(Graph { name, machine, sections, symbols, relocations, bytes, lines })
}

/// Whether the object says which line its code comes from.
fn has_lines(table: &SectionTable<'_, Header>) -> bool {
    let name = |header| std::str::from_utf8(table.section_name(LITTLE, header).ok()?).ok();
    table.iter().filter_map(name).any(is_worth)
}

fn check_header(header: &Header) -> Result<Machine, Error> {
    let machine =
        Machine::of_elf(header.e_machine(LITTLE))
            .filter(|_| header.is_little_endian())
            .ok_or_else(|| unsupported("not an object for x86-64 or little-endian aarch64"))?;
    if header.e_type(LITTLE) != elf::ET_REL {
        return Err(unsupported("not a relocatable object: compile with --emit=obj or cc -c"));
    }
    Ok(machine)
}

/// The longest name, in bytes. Names may share their bytes, so a small file could have very many long
/// ones.
const LONGEST_NAME: usize = 64 << 10;
/// How many bytes all names may have together, per byte of the file.
const NAMES_PER_BYTE: usize = 64;

/// Names on their way in.
struct Names {
    /// How many more bytes of them are read.
    left: usize,
}

impl Names {
    fn read<'a>(&mut self, name: &'a [u8], whose: &str, index: usize) -> Result<&'a str, Error> {
        let refused = |why: &str| malformed(format!("{whose} {index}: its name {why}"));
        if name.len() > LONGEST_NAME {
            return Err(refused("is longer than 64 KiB"));
        }
        self.left = self.left.checked_sub(name.len()).ok_or_else(|| {
            refused("is one too many: the names are far longer than the whole file")
        })?;
        std::str::from_utf8(name).map_err(|_| refused("is not UTF-8"))
    }
}

/// Where `part`, a slice of `whole`, lies in it.
fn span_in(whole: &[u8], part: &[u8]) -> Span {
    if part.is_empty() {
        return Span::default();
    }
    let start = part.as_ptr().addr() - whole.as_ptr().addr();
    Span { start: start as u32, end: (start + part.len()) as u32 }
}

fn read_sections(table: &SectionTable<'_, Header>, data: &[u8]) -> Result<Vec<Section>, Error> {
    let mut sections = Vec::with_capacity(table.len() + 1);
    let mut names = Names { left: NAMES_PER_BYTE * data.len() };
    for (index, header) in table.iter().enumerate() {
        let name = table
            .section_name(LITTLE, header)
            .map_err(|error| malformed(format!("section {index}: bad name ({error})")))?;
        let text = names.read(name, "section", index)?;
        sections.push(read_section(header, text, span_in(data, name), data)?);
    }
    Ok(sections)
}

fn read_section(
    header: &elf::SectionHeader64<LittleEndian>,
    text: &str,
    name: Span,
    data: &[u8],
) -> Result<Section, Error> {
    let (kind, flags) = (header.sh_type(LITTLE), header.sh_flags(LITTLE).0);
    let entsize = u32::try_from(header.sh_entsize(LITTLE)).unwrap_or(0);
    let class = classify(kind, flags, entsize, text);
    if class == SectionKind::Ignored {
        let bytes = Span::default();
        let relocations = Span::default();
        return Ok(Section {
            name,
            kind: class,
            bytes,
            size: 0,
            align: 1,
            entsize,
            is_comdat: false,
            relocations,
        });
    }
    if flags & elf::SHF_COMPRESSED.0 != 0 {
        let why = "is compressed, which only debugging information may be";
        return Err(unsupported(format!("section {text} {why}")));
    }
    let bytes =
        header.data(LITTLE, data).map_err(|error| malformed(format!("section {text}: {error}")))?;
    let size = header.sh_size(LITTLE);
    let size = u32::try_from(size)
        .ok()
        .filter(|size| *size <= i32::MAX as u32)
        .ok_or_else(|| unsupported(format!("section {text} has {size} bytes: over 2 GiB")))?;
    let align = header.sh_addralign(LITTLE).max(1);
    let align = u32::try_from(align)
        .ok()
        .filter(|align| align.is_power_of_two() && *align <= 4096)
        .ok_or_else(|| unsupported(format!("section {text}: alignment {align} over a page")))?;
    let relocations = Span::default();
    let bytes = span_in(data, bytes);
    Ok(Section { name, kind: class, bytes, size, align, entsize, is_comdat: false, relocations })
}

fn classify(kind: elf::SectionType, flags: u64, entsize: u32, name: &str) -> SectionKind {
    let has = |flag: elf::SectionFlags| flags & flag.0 != 0;
    if !has(elf::SHF_ALLOC) || kind == elf::SHT_NOTE {
        return SectionKind::Ignored;
    }
    if kind == elf::SHT_X86_64_UNWIND || name == ".eh_frame" {
        return SectionKind::Unwind;
    }
    if startup::is_list(name) {
        return SectionKind::Startup;
    }
    if has(elf::SHF_TLS) {
        return SectionKind::ThreadLocal;
    }
    if has(elf::SHF_EXECINSTR) {
        return SectionKind::Text;
    }
    if has(elf::SHF_WRITE) {
        // Constant after relocation. `DW.ref.*` is the unwinder's pointer to a personality routine.
        let constant = name.starts_with(".data.rel.ro") || name.contains(".DW.ref.");
        return if constant { SectionKind::ReadOnly } else { SectionKind::Writable };
    }
    if is_identifier(name) {
        // Its bounds may be asked for (`runs.rs`): entries are not merged.
        return SectionKind::ReadOnly;
    }
    match (has(elf::SHF_MERGE) && entsize > 0, has(elf::SHF_STRINGS)) {
        (true, true) if entsize <= 4 => SectionKind::Strings,
        (true, false) => SectionKind::Constants,
        _ => SectionKind::ReadOnly,
    }
}

/// Notes which sections are in COMDAT groups.
fn mark_comdat(
    table: &SectionTable<'_, Header>,
    data: &[u8],
    sections: &mut [Section],
) -> Result<(), Error> {
    for (index, header) in table.iter().enumerate() {
        let group = header
            .group(LITTLE, data)
            .map_err(|error| malformed(format!("section {index}: bad group ({error})")))?;
        let Some((flags, members)) = group else { continue };
        for member in members.iter().filter(|_| (flags.0 & elf::GRP_COMDAT.0) != 0) {
            let member = member.get(LITTLE) as usize;
            let section = sections.get_mut(member).ok_or_else(|| {
                malformed(format!(
                    "section {index}: a group of section {member}, which does not exist"
                ))
            })?;
            section.is_comdat = true;
        }
    }
    Ok(())
}

fn read_symbols(
    table: &SymbolTable<'_, Header>,
    data: &[u8],
    sections: &mut Vec<Section>,
) -> Result<Vec<Symbol>, Error> {
    let mut symbols = Vec::with_capacity(table.len());
    let mut names = Names { left: NAMES_PER_BYTE * data.len() };
    for (index, symbol) in table.symbols().iter().enumerate() {
        let name = table
            .symbol_name(LITTLE, symbol)
            .map_err(|error| malformed(format!("symbol {index}: bad name ({error})")))?;
        let text = names.read(name, "symbol", index)?;
        let name = span_in(data, name);
        symbols.push(read_symbol(table, SymbolIndex(index), symbol, name, text, sections)?);
    }
    cut_versions(data, &mut symbols);
    Ok(symbols)
}

/// Symbols that name nothing, but say what kind of bytes follow, lose their names.
fn forget_marks(machine: Machine, data: &[u8], symbols: &mut [Symbol]) {
    for symbol in symbols {
        let name = str::from_utf8(&data[symbol.name.range()]).unwrap_or("");
        if machine.is_mapping_symbol(name) {
            symbol.name = Span::default();
        }
    }
}

/// Cuts the versions off global names: `name@V1` and, the default, `name@@V2` (`.symver`). A version
/// says for which edition of a shared library's interface somebody was built. Here there is one
/// edition of everything: the program's, and of the host's libraries what any other part of
/// this process gets.
///
/// Where one object defines several editions, the name means the one without a version, else the
/// default one, and the others keep their whole names. An edition that is not the default yields
/// to another object's definition.
fn cut_versions(data: &[u8], symbols: &mut [Symbol]) {
    let name = |symbol: &Symbol| &data[symbol.name.range()];
    let version = |symbol: &Symbol| {
        let at = name(symbol).iter().position(|byte| *byte == b'@').filter(|at| *at > 0);
        at.filter(|_| symbol.is_global())
    };
    let mut versioned: Vec<(bool, usize, usize)> = Vec::new();
    for (index, symbol) in symbols.iter_mut().enumerate() {
        let Some(at) = version(symbol) else { continue };
        match symbol.place {
            Place::Undefined { .. } => symbol.name.end = symbol.name.start + at as u32,
            _ => versioned.push((name(symbol).get(at + 1) != Some(&b'@'), index, at)),
        }
    }
    if versioned.is_empty() {
        return;
    }
    let is_plain = |symbol: &&Symbol| {
        let is_defined = !matches!(symbol.place, Place::Undefined { .. });
        is_defined && symbol.is_global() && version(symbol).is_none()
    };
    let mut defined: HashSet<&[u8]> = symbols.iter().filter(is_plain).map(name).collect();
    // The default ones first.
    versioned.sort_unstable();
    for (is_old, index, at) in versioned {
        let symbol = &mut symbols[index];
        let end = symbol.name.start + at as u32;
        if defined.insert(&data[Span { end, ..symbol.name }.range()]) {
            symbol.name.end = end;
            if is_old && symbol.linkage == Linkage::Global {
                symbol.linkage = Linkage::Weak;
            }
        }
    }
}

fn read_symbol(
    table: &SymbolTable<'_, Header>,
    index: SymbolIndex,
    symbol: &elf::Sym64<LittleEndian>,
    name: Span,
    text: &str,
    sections: &mut Vec<Section>,
) -> Result<Symbol, Error> {
    let linkage = match symbol.st_bind() {
        elf::STB_LOCAL => Linkage::Local,
        _ if symbol.st_shndx(LITTLE) == elf::SHN_COMMON => Linkage::Common,
        // A unique symbol is a weak one of which the dynamic linker, too, keeps the first.
        elf::STB_WEAK | elf::STB_GNU_UNIQUE => Linkage::Weak,
        _ => Linkage::Global,
    };
    let kind = match symbol.st_type() {
        elf::STT_FUNC => SymbolKind::Function,
        elf::STT_OBJECT | elf::STT_COMMON => SymbolKind::Object,
        elf::STT_SECTION => SymbolKind::Section,
        elf::STT_TLS => SymbolKind::ThreadLocal,
        elf::STT_GNU_IFUNC => SymbolKind::Indirect,
        _ => SymbolKind::Other,
    };
    let mut value = symbol.st_value(LITTLE);
    let place = match symbol.st_shndx(LITTLE) {
        elf::SHN_UNDEF => Place::Undefined { weak: symbol.st_bind() == elf::STB_WEAK },
        elf::SHN_ABS => Place::Absolute,
        elf::SHN_COMMON => {
            // A tentative definition: zeroes of its own, with the alignment in `st_value`.
            let section = common_section(name, text, value, symbol.st_size(LITTLE))?;
            sections.push(section);
            value = 0;
            Place::Section(SectionId(sections.len() as u32 - 1))
        }
        _ => {
            let section = table
                .symbol_section(LITTLE, symbol, index)
                .map_err(|error| malformed(format!("symbol {text}: bad section ({error})")))?
                .ok_or_else(|| unsupported(format!("symbol {text} is in a special section")))?;
            check_position(sections, section, value, text)?;
            Place::Section(SectionId(section.0 as u32))
        }
    };
    let visibility = match symbol.st_visibility() {
        elf::STV_HIDDEN | elf::STV_INTERNAL => Visibility::Hidden,
        _ => Visibility::Default,
    };
    let size = symbol.st_size(LITTLE);
    Ok(Symbol { name, kind, place, linkage, visibility, value, size })
}

fn check_position(
    sections: &[Section],
    index: SectionIndex,
    value: u64,
    text: &str,
) -> Result<(), Error> {
    let section = sections
        .get(index.0)
        .ok_or_else(|| malformed(format!("symbol {text} is in section {} of none", index.0)))?;
    if section.kind != SectionKind::Ignored && value > u64::from(section.size) {
        return Err(malformed(format!("symbol {text} lies {value} bytes into a smaller section")));
    }
    Ok(())
}

fn common_section(name: Span, text: &str, align: u64, size: u64) -> Result<Section, Error> {
    let align = u32::try_from(align.max(1)).ok().filter(|it| it.is_power_of_two() && *it <= 4096);
    let size = u32::try_from(size).ok().filter(|size| *size <= i32::MAX as u32);
    let (Some(align), Some(size)) = (align, size) else {
        return Err(unsupported(format!("common symbol {text} has an unusable size or alignment")));
    };
    let (bytes, relocations) = (Span::default(), Span::default());
    let kind = SectionKind::Writable;
    Ok(Section { name, kind, bytes, size, align, entsize: 0, is_comdat: false, relocations })
}

fn read_relocations(
    table: &SectionTable<'_, Header>,
    data: &[u8],
    symbols: &SymbolTable<'_, Header>,
    sections: &mut [Section],
    symbol_count: usize,
) -> Result<Vec<Relocation>, Error> {
    let mut relocations = Vec::new();
    for header in table.iter() {
        let kind = header.sh_type(LITTLE);
        if kind != elf::SHT_RELA && kind != elf::SHT_REL && kind != elf::SHT_CREL {
            continue;
        }
        let target = header.sh_info(LITTLE) as usize;
        let Some(section) = sections.get_mut(target) else {
            return Err(malformed(format!(
                "relocations for section {target}, which does not exist"
            )));
        };
        if section.kind == SectionKind::Ignored {
            continue;
        }
        if kind != elf::SHT_RELA {
            return Err(unsupported(format!("section {target} has REL or CREL relocations")));
        }
        if header.link(LITTLE) != symbols.section() || section.relocations.end != 0 {
            return Err(malformed(format!("section {target} has two relocation or symbol tables")));
        }
        let Some((entries, _)) = header
            .rela(LITTLE, data)
            .map_err(|error| malformed(format!("section {target}: {error}")))?
        else {
            continue;
        };
        let start = relocations.len() as u32;
        for entry in entries {
            relocations.push(read_relocation(entry, section, target, symbol_count)?);
        }
        // Later phases find the relocations of a range by bisection.
        let own: &mut [Relocation] = &mut relocations[start as usize..];
        if !own.is_sorted_by_key(|it| it.offset) {
            own.sort_by_key(|it| it.offset);
        }
        section.relocations = Span { start, end: relocations.len() as u32 };
        if matches!(section.kind, SectionKind::Constants | SectionKind::Strings) {
            // Bytes that are relocated are not the same because they look the same: do not cut.
            section.kind = SectionKind::ReadOnly;
        }
    }
    Ok(relocations)
}

fn read_relocation(
    entry: &elf::Rela64<LittleEndian>,
    section: &Section,
    target: usize,
    symbol_count: usize,
) -> Result<Relocation, Error> {
    let (offset, symbol) = (entry.r_offset(LITTLE), entry.r_sym(LITTLE, false));
    if offset >= u64::from(section.bytes.end - section.bytes.start) {
        return Err(malformed(format!(
            "section {target}: a relocation at offset {offset:#x} lies outside the section's bytes"
        )));
    }
    if symbol as usize >= symbol_count {
        return Err(malformed(format!(
            "section {target}: the relocation at {offset:#x} names symbol {symbol} of {symbol_count}"
        )));
    }
    Ok(Relocation {
        offset: offset as u32,
        kind: entry.r_type(LITTLE, false).0,
        symbol: SymbolId(symbol),
        addend: entry.r_addend(LITTLE),
    })
}

#[cfg(test)]
mod tests;
