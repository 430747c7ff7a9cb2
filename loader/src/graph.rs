//! What an object says, as tables of plain numbers: sections, symbols, relocations (phase: parse).
//!
//! Names stay in the object's bytes and are looked up when a person or a digest asks for them, so
//! that parsing a small object allocates four vectors and no strings. Every range in these tables
//! was checked against the bytes by `object.rs`; nothing after it reads the ELF again.

use std::ops::Range;
use std::sync::Arc;

use crate::arch::Machine;
use crate::debug::Lines;

/// Index into [`Graph::sections`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SectionId(pub(crate) u32);

/// Index into [`Graph::symbols`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SymbolId(pub(crate) u32);

/// A range of the object's bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a section is to the loader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SectionKind {
    /// Executable code.
    Text,
    /// Constant data, including `.data.rel.ro` (constant once relocated).
    ReadOnly,
    /// Mergeable constants: every `entsize` bytes are a constant of their own.
    Constants,
    /// Mergeable strings: every zero-terminated run of `entsize`-byte units is one.
    Strings,
    /// Writable data or zeroes: the statics.
    Writable,
    /// The initial image of thread-locals.
    ThreadLocal,
    /// Addresses of constructors or destructors.
    Startup,
    /// `.eh_frame`.
    Unwind,
    /// Not loaded: notes, comments, debugging information, groups, symbol tables.
    Ignored,
}

#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) name: Span,
    pub(crate) kind: SectionKind,
    /// Empty for a section of zeroes, whose `size` is not in the file.
    pub(crate) bytes: Span,
    pub(crate) size: u32,
    pub(crate) align: u32,
    pub(crate) entsize: u32,
    /// In a COMDAT group: other objects may hold the same definitions.
    pub(crate) is_comdat: bool,
    /// Range of [`Graph::relocations`].
    pub(crate) relocations: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Undefined { weak: bool },
    Absolute,
    Section(SectionId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SymbolKind {
    Function,
    /// An indirect function; the symbol's place is that of its resolver.
    Indirect,
    Object,
    Section,
    ThreadLocal,
    Other,
}

/// Who sees a symbol, and which of several definitions counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Linkage {
    /// Its own object only.
    Local,
    /// Every object of the program; one definition.
    Global,
    /// Every object of the program; yields to a global definition, and to earlier weak ones.
    Weak,
    /// A tentative definition (`int x;` in C before GCC 10): the largest counts, and it yields to a
    /// global one.
    Common,
}

/// Where the definition of a global name may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// Anywhere. Protected symbols are no different here: they only say that nobody's definition
    /// may come before their own object's, and nobody's does.
    Default,
    /// In what is linked together with it, not in a shared library (hidden and internal symbols).
    Hidden,
}

#[derive(Debug)]
pub(crate) struct Symbol {
    /// Without the version, where it has one.
    pub(crate) name: Span,
    pub(crate) kind: SymbolKind,
    pub(crate) place: Place,
    pub(crate) linkage: Linkage,
    pub(crate) visibility: Visibility,
    pub(crate) value: u64,
    pub(crate) size: u64,
}

impl Symbol {
    pub(crate) fn is_global(&self) -> bool {
        self.linkage != Linkage::Local
    }
}

/// One RELA entry; `kind` is the raw `r_type`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Relocation {
    pub(crate) offset: u32,
    pub(crate) kind: u32,
    pub(crate) symbol: SymbolId,
    pub(crate) addend: i64,
}

/// A parsed object.
pub(crate) struct Graph {
    /// What messages call the object: a file name, or archive(member).
    pub(crate) name: Box<str>,
    pub(crate) machine: Machine,
    pub(crate) bytes: Arc<[u8]>,
    pub(crate) sections: Vec<Section>,
    pub(crate) symbols: Vec<Symbol>,
    pub(crate) relocations: Vec<Relocation>,
    /// Its debugging information, if it has any.
    pub(crate) lines: Option<Arc<Lines>>,
}

impl Graph {
    pub(crate) fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    pub(crate) fn symbol(&self, id: SymbolId) -> &Symbol {
        &self.symbols[id.0 as usize]
    }

    /// A name in the object; names that are not UTF-8 were refused by parse.
    pub(crate) fn text(&self, span: Span) -> &str {
        std::str::from_utf8(&self.bytes[span.range()]).unwrap_or("?")
    }

    /// The bytes of a name, which hash and compare without a look at what they spell.
    pub(crate) fn spelling(&self, span: Span) -> &[u8] {
        &self.bytes[span.range()]
    }

    pub(crate) fn section_name(&self, id: SectionId) -> &str {
        self.text(self.section(id).name)
    }

    pub(crate) fn symbol_name(&self, id: SymbolId) -> &str {
        self.text(self.symbol(id).name)
    }

    /// The name a message should use: a section symbol's is its section's.
    pub(crate) fn label(&self, id: SymbolId) -> &str {
        let symbol = self.symbol(id);
        match symbol.place {
            Place::Section(section) if symbol.kind == SymbolKind::Section => {
                self.section_name(section)
            }
            _ => self.text(symbol.name),
        }
    }

    /// The names that this object defines, for messages.
    pub(crate) fn definitions(&self, each: &mut dyn FnMut(&str)) {
        for symbol in &self.symbols {
            let is_defined = !matches!(symbol.place, Place::Undefined { .. });
            if is_defined && symbol.kind != SymbolKind::Section {
                each(self.text(symbol.name));
            }
        }
    }

    pub(crate) fn section_bytes(&self, id: SectionId) -> &[u8] {
        &self.bytes[self.section(id).bytes.range()]
    }

    /// The relocations of the fields that start in a range of a section.
    pub(crate) fn relocations_between(&self, id: SectionId, start: u32, end: u32) -> Span {
        let list = self.relocations_of(id);
        let first = list.partition_point(|it| it.offset < start) as u32;
        let last = list.partition_point(|it| it.offset < end) as u32;
        let all = self.section(id).relocations.start;
        Span { start: all + first, end: all + last }
    }

    pub(crate) fn relocations_of(&self, id: SectionId) -> &[Relocation] {
        &self.relocations[self.section(id).relocations.range()]
    }
}
