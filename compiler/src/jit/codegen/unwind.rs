//! `.eh_frame`: how to unwind each function, so that panics pass through and backtraces go on.

use std::sync::Arc;

use cranelift_codegen::isa::unwind::{UnwindInfo, UnwindInst};
use cranelift_codegen::{CompiledCode, gimli};
use gimli::write::{
    Address, EhFrame, EndianVec, FrameTable, RelocateWriter, Relocation, RelocationTarget,
};
use object::elf::{R_X86_64_64, R_X86_64_PC32, RelocationType};
use object::write::{Object, Symbol, SymbolId, SymbolSection};
use object::{RelocationFlags, SectionKind, SymbolFlags, SymbolKind, SymbolScope};

use super::super::mir::Module;
use super::object::{Compiled, Placed};
use super::target::target;

/// A section that gimli writes, and the relocations that it asks for.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    pub(super) bytes: EndianVec<gimli::LittleEndian>,
    pub(super) relocations: Vec<Relocation>,
}

impl Default for Recorded {
    fn default() -> Recorded {
        Recorded { bytes: EndianVec::new(gimli::LittleEndian), relocations: Vec::new() }
    }
}

impl RelocateWriter for Recorded {
    type Writer = EndianVec<gimli::LittleEndian>;

    fn writer(&self) -> &Self::Writer {
        &self.bytes
    }

    fn writer_mut(&mut self) -> &mut Self::Writer {
        &mut self.bytes
    }

    fn relocate(&mut self, relocation: Relocation) {
        self.relocations.push(relocation);
    }
}

/// The C runtime's personality routine: it stops where values are to be dropped, and catches nothing.
const PERSONALITY: &str = "__gcc_personality_v0";

/// `mov rbp, rsp`, which follows the push of `rbp`.
const SETS_FRAME: [u8; 3] = [0x48, 0x89, 0xE5];

/// Has the frame found by `rbp` from where that is set.
///
/// Cranelift says so only behind the probes of a large frame, which move the stack pointer. It is in them that a
/// stack overflow is met, and the handler unwinds from there.
pub(super) fn begin_frame_at_once(code: &mut CompiledCode) {
    let pushed = code.buffer.unwind_info.iter().find_map(|(offset, what)| {
        matches!(what, UnwindInst::PushFrameRegs { .. }).then_some(*offset)
    });
    let Some(pushed) = pushed else { return };
    let sets = code.code_buffer().get(pushed as usize..).unwrap_or_default();
    if !sets.starts_with(&SETS_FRAME) {
        return;
    }
    for (offset, what) in &mut code.buffer.unwind_info {
        if matches!(what, UnwindInst::DefineNewFrame { .. }) {
            *offset = pushed + SETS_FRAME.len() as u32;
        }
    }
}

/// Functions are named by their sections: the symbol of a live one means whatever is newest.
pub(super) fn write(
    object: &mut Object<'static>,
    placed: &Placed,
    module: &Module,
    functions: &[Arc<Compiled>],
) -> Result<(), String> {
    let mut table = FrameTable::default();
    let mut cie = target()?.create_systemv_cie().ok_or("no unwinding on this machine")?;
    cie.fde_address_encoding =
        gimli::constants::DwEhPe(gimli::DW_EH_PE_pcrel.0 | gimli::DW_EH_PE_sdata4.0);
    let plain = table.add_cie(cie.clone());
    // Symbols are numbered as gimli is to name them: sections of functions first.
    let mut symbols: Vec<_> = placed.sections.iter().map(|it| object.section_symbol(*it)).collect();
    let mut cleaning = None;
    for (index, function) in functions.iter().enumerate() {
        let Some(UnwindInfo::SystemV(info)) = &function.unwind else { continue };
        let mut fde = info.to_fde(Address::Symbol { symbol: index, addend: 0 });
        if function.calls.iter().all(|(_, landing)| landing.is_none()) {
            table.add_fde(plain, fde);
            continue;
        }
        let with_cleanup = *cleaning.get_or_insert_with(|| {
            symbols.push(object.add_symbol(outside(PERSONALITY)));
            let symbol = symbols.len() - 1;
            let personality = Address::Symbol { symbol, addend: 0 };
            cie.personality = Some((gimli::DW_EH_PE_absptr, personality));
            cie.lsda_encoding = Some(gimli::DW_EH_PE_absptr);
            table.add_cie(cie.clone())
        });
        let name = format!(".gcc_except_table.{}", module.functions[index].symbol);
        let kind = SectionKind::ReadOnlyData;
        let section = object.add_section(Vec::new(), name.into_bytes(), kind);
        object.append_section_data(section, &landings(&function.calls), 4);
        symbols.push(object.section_symbol(section));
        fde.lsda = Some(Address::Symbol { symbol: symbols.len() - 1, addend: 0 });
        table.add_fde(with_cleanup, fde);
    }
    let mut frames = EhFrame(Recorded::default());
    table.write_eh_frame(&mut frames).map_err(|error| format!(".eh_frame: {error}"))?;
    let Recorded { bytes, relocations } = frames.0;
    let section = object.add_section(Vec::new(), b".eh_frame".to_vec(), SectionKind::ReadOnlyData);
    object.append_section_data(section, bytes.slice(), 8);
    for relocation in relocations {
        let RelocationTarget::Symbol(index) = relocation.target else {
            return Err(".eh_frame: a reference to a section".to_owned());
        };
        let r_type = match relocation.size {
            4 => R_X86_64_PC32,
            8 => R_X86_64_64,
            size => return Err(format!(".eh_frame: an address of {size} bytes")),
        };
        add(object, section, relocation, symbols[index], r_type)?;
    }
    Ok(())
}

/// A symbol of somebody else's.
fn outside(name: &str) -> Symbol {
    Symbol {
        name: name.as_bytes().to_vec(),
        value: 0,
        size: 0,
        kind: SymbolKind::Unknown,
        scope: SymbolScope::Unknown,
        weak: false,
        section: SymbolSection::Undefined,
        flags: SymbolFlags::None,
    }
}

/// An exception table: for the last byte of each call, where it lands (0: nowhere). Format: Linux Standard Base,
/// "Exception Frames"; the C runtime reads it as `unwind-c.c` in libgcc does.
fn landings(calls: &[(u32, Option<u32>)]) -> Vec<u8> {
    let mut sites = Vec::new();
    let mut number = |value: u32| {
        let mut rest = value;
        while rest >= 0x80 {
            sites.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        sites.push(rest as u8);
    };
    for (returns, landing) in calls {
        number(returns - 1);
        number(1);
        number(landing.unwrap_or(0));
        // No action: what lands there cleans up.
        number(0);
    }
    let mut length = Vec::new();
    let mut rest = sites.len();
    while rest >= 0x80 {
        length.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    length.push(rest as u8);
    // Offsets count from the function's begin; there are no types; numbers are LEB128.
    let header = [gimli::DW_EH_PE_omit.0, gimli::DW_EH_PE_omit.0, gimli::DW_EH_PE_uleb128.0];
    [&header[..], &length, &sites].concat()
}

pub(super) fn add(
    object: &mut Object<'static>,
    section: object::write::SectionId,
    relocation: Relocation,
    symbol: SymbolId,
    r_type: RelocationType,
) -> Result<(), String> {
    let relocation = object::write::Relocation {
        offset: relocation.offset as u64,
        symbol,
        addend: relocation.addend,
        flags: RelocationFlags::Elf { r_type },
    };
    object.add_relocation(section, relocation).map_err(|error| error.to_string())
}
