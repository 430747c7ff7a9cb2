//! The ELF object: a section for each function and each piece of data, their symbols and relocations.

use std::sync::Arc;

use cranelift_codegen::isa::unwind::UnwindInfo;
use object::elf::{R_X86_64_64, RelocationType};
use object::write::{Object, SectionId, Symbol, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, RelocationFlags, SectionKind, SymbolFlags, SymbolKind,
    SymbolScope,
};

use super::super::mir::{Address, Data, DataKind, Linkage, Module, Span};
use super::Failure;
use super::names::{Names, SymbolId};
use super::retouch::Floats;
use super::{lines, unwind};

/// A function's machine code.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    pub(super) code: Vec<u8>,
    pub(super) alignment: u64,
    pub(super) relocations: Vec<Relocation>,
    pub(super) unwind: Option<UnwindInfo>,
    /// Where each call returns to, and where it lands when the callee unwinds.
    pub(super) calls: Vec<(u32, Option<u32>)>,
    /// Which bytes come from which place of the source.
    pub(super) lines: Vec<(u32, u32, Span)>,
    /// The floats that it may have in it.
    pub(super) floats: Floats,
}

impl Compiled {
    /// Whether nothing differs but the bytes of the code.
    pub(super) fn is_alike(&self, other: &Compiled) -> bool {
        self.alignment == other.alignment
            && self.relocations == other.relocations
            && self.unwind == other.unwind
            && self.calls == other.calls
            && self.lines == other.lines
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Relocation {
    pub(super) offset: u64,
    pub(super) symbol: String,
    pub(super) kind: RelocationType,
    pub(super) addend: i64,
}

/// The name of the constant that holds a file's path.
pub(super) fn file_symbol(file: u32) -> String {
    format!(".Lsegue.file.{file}")
}

/// Where in the object each function is.
pub(super) struct Placed {
    pub(super) sections: Vec<SectionId>,
}

pub(super) fn write(
    module: &Module,
    names: &mut Names,
    functions: &[Arc<Compiled>],
) -> Result<Vec<u8>, Failure> {
    let mut writer = Writer {
        object: Object::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little),
        symbols: vec![None; names.len()],
        names,
    };
    let mut placed = Placed { sections: Vec::new() };
    for (function, compiled) in module.functions.iter().zip(functions) {
        let is_live = function.linkage == Linkage::Live;
        let name = format!(".text.{}", function.symbol);
        let section = writer.section(&name, SectionKind::Text, &compiled.code, compiled.alignment);
        let size = compiled.code.len();
        writer.define(&function.symbol, SymbolKind::Text, is_live, section, size)?;
        placed.sections.push(section);
    }
    let mut sections = Vec::new();
    for data in &module.data {
        sections.push(writer.data(data)?);
    }
    writer.files(module)?;
    for (section, compiled) in placed.sections.iter().zip(functions) {
        for it in &compiled.relocations {
            let symbol = writer.names.get(&it.symbol).0;
            writer.relocate(*section, it.offset, symbol, it.kind, it.addend)?;
        }
    }
    for (section, data) in sections.iter().zip(&module.data) {
        for (offset, Address::Function(name) | Address::Data(name), addend) in &data.addresses {
            let symbol = writer.names.get(name).0;
            writer.relocate(*section, *offset, symbol, R_X86_64_64, *addend)?;
        }
    }
    unwind::write(&mut writer.object, &placed, module, functions)
        .and_then(|()| lines::write(&mut writer.object, &placed, module, functions))
        .map_err(|what| Failure::new("", what))?;
    writer.object.add_section(Vec::new(), b".note.GNU-stack".to_vec(), SectionKind::Linker);
    writer.object.write().map_err(|error| Failure::new("", error))
}

struct Writer<'a> {
    object: Object<'static>,
    names: &'a mut Names,
    /// What is in the object already, by the number of the name.
    symbols: Vec<Option<object::write::SymbolId>>,
}

impl Writer<'_> {
    fn section(&mut self, name: &str, kind: SectionKind, bytes: &[u8], align: u64) -> SectionId {
        let section = self.object.add_section(Vec::new(), name.as_bytes().to_vec(), kind);
        self.object.append_section_data(section, bytes, align.max(1));
        section
    }

    fn define(
        &mut self,
        name: &str,
        kind: SymbolKind,
        is_global: bool,
        section: SectionId,
        size: usize,
    ) -> Result<(), Failure> {
        if name.is_empty() || name.contains('\0') {
            return Err(Failure::new(name, "a symbol without a name, or with a zero in it"));
        }
        let symbol = self.object.add_symbol(Symbol {
            name: name.as_bytes().to_vec(),
            value: 0,
            size: size as u64,
            kind,
            scope: if is_global { SymbolScope::Dynamic } else { SymbolScope::Compilation },
            weak: false,
            section: SymbolSection::Section(section),
            flags: SymbolFlags::None,
        });
        let id = self.names.get(name).0;
        match self.slot(id).replace(symbol) {
            None => Ok(()),
            Some(_) => Err(Failure::new(name, "defined twice")),
        }
    }

    fn slot(&mut self, id: SymbolId) -> &mut Option<object::write::SymbolId> {
        let index = id.0 as usize;
        if self.symbols.len() <= index {
            self.symbols.resize(index + 1, None);
        }
        &mut self.symbols[index]
    }

    fn data(&mut self, data: &Data) -> Result<SectionId, Failure> {
        let (prefix, kind) = match (data.kind, data.addresses.is_empty()) {
            (DataKind::Mutable, _) => (".data.", SectionKind::Data),
            (_, true) => (".rodata.", SectionKind::ReadOnlyData),
            (_, false) => (".data.rel.ro.", SectionKind::ReadOnlyDataWithRel),
        };
        let end = |offset: u64| offset.checked_add(8);
        let size = data.bytes.len() as u64;
        if data.addresses.iter().any(|it| end(it.0).is_none_or(|end| end > size)) {
            return Err(Failure::new(&data.symbol, "an address that leaves the data"));
        }
        let name = format!("{prefix}{}", data.symbol);
        let section = self.section(&name, kind, &data.bytes, data.align);
        let is_global = data.kind != DataKind::Constant;
        self.define(&data.symbol, SymbolKind::Data, is_global, section, data.bytes.len())?;
        Ok(section)
    }

    /// The paths that code names.
    fn files(&mut self, module: &Module) -> Result<(), Failure> {
        for (index, path) in module.files.iter().enumerate() {
            let symbol = file_symbol(index as u32);
            let name = format!(".rodata.{symbol}");
            let section = self.section(&name, SectionKind::ReadOnlyData, path.as_bytes(), 1);
            self.define(&symbol, SymbolKind::Data, false, section, path.len())?;
        }
        Ok(())
    }

    fn relocate(
        &mut self,
        section: SectionId,
        offset: u64,
        target: SymbolId,
        r_type: RelocationType,
        addend: i64,
    ) -> Result<(), Failure> {
        let symbol = match *self.slot(target) {
            Some(symbol) => symbol,
            None => {
                let name = self.names.name(target).as_bytes().to_vec();
                let symbol = self.object.add_symbol(Symbol {
                    name,
                    value: 0,
                    size: 0,
                    kind: SymbolKind::Unknown,
                    scope: SymbolScope::Unknown,
                    weak: false,
                    section: SymbolSection::Undefined,
                    flags: SymbolFlags::None,
                });
                *self.slot(target) = Some(symbol);
                symbol
            }
        };
        let flags = RelocationFlags::Elf { r_type };
        let relocation = object::write::Relocation { offset, symbol, addend, flags };
        self.object.add_relocation(section, relocation).map_err(|error| Failure::new("", error))
    }
}
