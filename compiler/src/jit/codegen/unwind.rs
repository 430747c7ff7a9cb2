//! `.eh_frame`: how to unwind each function, so that panics pass through and backtraces go on.

use cranelift_codegen::gimli;
use cranelift_codegen::isa::unwind::UnwindInfo;
use gimli::write::{
    Address, EhFrame, EndianVec, FrameTable, RelocateWriter, Relocation, RelocationTarget,
};
use object::elf::{R_X86_64_64, R_X86_64_PC32, RelocationType};
use object::write::{Object, SymbolId};
use object::{RelocationFlags, SectionKind};

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

/// Functions are named by their sections: the symbol of a live one means whatever is newest.
pub(super) fn write(
    object: &mut Object<'static>,
    placed: &Placed,
    functions: &[Compiled],
) -> Result<(), String> {
    let mut table = FrameTable::default();
    let mut cie = target()?.create_systemv_cie().ok_or("no unwinding on this machine")?;
    cie.fde_address_encoding =
        gimli::constants::DwEhPe(gimli::DW_EH_PE_pcrel.0 | gimli::DW_EH_PE_sdata4.0);
    let cie = table.add_cie(cie);
    for (index, function) in functions.iter().enumerate() {
        if let Some(UnwindInfo::SystemV(info)) = &function.unwind {
            let address = Address::Symbol { symbol: index, addend: 0 };
            table.add_fde(cie, info.to_fde(address));
        }
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
        let r_type = match (relocation.eh_pe, relocation.size) {
            (Some(_), 4) => R_X86_64_PC32,
            (None, 8) => R_X86_64_64,
            (_, size) => return Err(format!(".eh_frame: an address of {size} bytes")),
        };
        let symbol = object.section_symbol(placed.sections[index]);
        add(object, section, relocation, symbol, r_type)?;
    }
    Ok(())
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
