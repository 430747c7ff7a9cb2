//! `.debug_line` and what leads to it: which code comes from which line, for backtraces and debuggers.

use std::sync::Arc;

use cranelift_codegen::gimli;
use gimli::write::{
    Address, AttributeValue, DwarfUnit, FileId, LineProgram, LineString, Range, RangeList,
    RelocationTarget, Sections,
};
use gimli::{Encoding, Format, LineEncoding};
use object::SectionKind;
use object::elf::{R_X86_64_32, R_X86_64_64};
use object::write::{Object, SectionId};

use super::super::mir::Module;
use super::object::{Compiled, Placed};
use super::unwind::{Recorded, add};

const ENCODING: Encoding = Encoding { format: Format::Dwarf32, version: 5, address_size: 8 };

/// One unit for the object, one sequence of rows for each function.
pub(super) fn write(
    object: &mut Object<'static>,
    placed: &Placed,
    module: &Module,
    functions: &[Arc<Compiled>],
) -> Result<(), String> {
    let Some(first) = module.files.first() else { return Ok(()) };
    let mut unit = DwarfUnit::new(ENCODING);
    // Paths are as the user wrote them: relative to nothing in particular.
    let (folder, name) =
        (LineString::String(Vec::new()), LineString::String(first.as_bytes().to_vec()));
    let mut program = LineProgram::new(ENCODING, LineEncoding::default(), folder, None, name, None);
    let files: Vec<FileId> = module.files.iter().map(|path| file(&mut program, path)).collect();
    let mut ranges = Vec::new();
    for (index, function) in functions.iter().enumerate() {
        let begin = Address::Symbol { symbol: index, addend: 0 };
        let length = function.code.len() as u64;
        ranges.push(Range::StartLength { begin, length });
        rows(&mut program, &files, begin, function);
    }
    unit.unit.line_program = program;
    let ranges = unit.unit.ranges.add(RangeList(ranges));
    let root = unit.unit.root();
    let root = unit.unit.get_mut(root);
    root.set(gimli::DW_AT_name, AttributeValue::String(first.as_bytes().to_vec()));
    root.set(gimli::DW_AT_language, AttributeValue::Language(gimli::DW_LANG_Rust));
    root.set(gimli::DW_AT_ranges, AttributeValue::RangeListRef(ranges));
    root.set(gimli::DW_AT_low_pc, AttributeValue::Address(Address::Constant(0)));
    let mut sections = Sections::new(Recorded::default());
    unit.write(&mut sections).map_err(|error| format!("line tables: {error}"))?;
    add_sections(object, placed, &sections)
}

/// Rows begin where code begins that comes from them; what comes from nowhere keeps the line before it.
fn rows(program: &mut LineProgram, files: &[FileId], begin: Address, function: &Compiled) {
    program.begin_sequence(Some(begin));
    for (index, (start, _, span)) in function.lines.iter().enumerate() {
        let Some(file) = files.get(span.file as usize) else { continue };
        let row = program.row();
        // The first line begins with the function.
        row.address_offset = if index == 0 { 0 } else { u64::from(*start) };
        row.file = *file;
        row.line = u64::from(span.line);
        row.column = u64::from(span.column);
        program.generate_row();
    }
    program.end_sequence(function.code.len() as u64);
}

fn file(program: &mut LineProgram, path: &str) -> FileId {
    let directory = program.default_directory();
    program.add_file(LineString::String(path.as_bytes().to_vec()), directory, None)
}

fn add_sections(
    object: &mut Object<'static>,
    placed: &Placed,
    sections: &Sections<Recorded>,
) -> Result<(), String> {
    let mut added: Vec<(gimli::SectionId, SectionId)> = Vec::new();
    let mut recorded = Vec::new();
    sections.for_each(|id, section| {
        if !section.bytes.slice().is_empty() {
            let name = id.name().as_bytes().to_vec();
            let own = object.add_section(Vec::new(), name, SectionKind::Debug);
            object.append_section_data(own, section.bytes.slice(), 1);
            added.push((id, own));
            recorded.push((own, section.relocations.clone()));
        }
        Ok::<(), String>(())
    })?;
    for (section, relocations) in recorded {
        for relocation in relocations {
            let target = match relocation.target {
                RelocationTarget::Symbol(index) => placed.sections[index],
                RelocationTarget::Section(id) => {
                    let found = added.iter().find(|(known, _)| *known == id);
                    found.map(|(_, section)| *section).ok_or("a line table in no section")?
                }
            };
            let symbol = object.section_symbol(target);
            let r_type = if relocation.size == 8 { R_X86_64_64 } else { R_X86_64_32 };
            add(object, section, relocation, symbol, r_type)?;
        }
    }
    Ok(())
}
