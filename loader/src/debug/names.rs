//! Names with generations in debugging information (what GDB is given).
//!
//! A debugger shows a function by the name that its compiler wrote down, which every generation
//! shares. So the functions that were linked get names of their own, `kick#3`; everything else
//! (lines, inlined functions, variables, types) is written again as it was.

use std::collections::HashMap;

use gimli::constants::{
    DW_AT_abstract_origin, DW_AT_linkage_name, DW_AT_low_pc, DW_AT_name, DW_AT_ranges,
    DW_AT_specification, DW_TAG_subprogram,
};
use gimli::write::{
    self, Address, AttributeValue, DebuggingInformationEntry, EndianVec, Range, StringTable, Unit,
    UnitEntryId,
};
use gimli::{EndianSlice, LittleEndian};

use super::Code;
use super::dwarf::Sections;

/// The sections with generations behind the names of the functions at these addresses. Sections that cannot be
/// read whole come back as they are.
pub(crate) fn with_generations(sections: Sections, codes: &HashMap<u64, &Code>) -> Sections {
    rename(&sections, codes).unwrap_or(sections)
}

fn rename(sections: &Sections, codes: &HashMap<u64, &Code>) -> Option<Sections> {
    let dwarf = gimli::Dwarf::load(|id| {
        let bytes = sections.get(id.name()).map_or(&[][..], |bytes| bytes);
        Ok::<_, gimli::Error>(EndianSlice::new(bytes, LittleEndian))
    });
    let same = |address| Some(Address::Constant(address));
    let mut dwarf = write::Dwarf::from(&dwarf.ok()?, &same).ok()?;
    for index in 0..dwarf.units.count() {
        let id = dwarf.units.id(index);
        rename_unit(dwarf.units.get_mut(id), &dwarf.strings, codes);
    }
    let mut output = write::Sections::new(EndianVec::new(LittleEndian));
    dwarf.write(&mut output).ok()?;
    let mut renamed = Sections::new();
    let copied: Result<(), gimli::Error> = output.for_each(|id, bytes| {
        if !bytes.slice().is_empty() {
            renamed.insert(id.name(), bytes.slice().to_vec());
        }
        Ok(())
    });
    copied.ok().map(|()| renamed)
}

fn rename_unit(unit: &mut Unit, strings: &StringTable, codes: &HashMap<u64, &Code>) {
    let mut open = vec![unit.root()];
    while let Some(id) = open.pop() {
        let entry = unit.get(id);
        open.extend(entry.children());
        if entry.tag() != DW_TAG_subprogram {
            continue;
        }
        let Some(code) = starts(unit, entry).find_map(|address| codes.get(&address)) else {
            continue;
        };
        let name = nested_name(unit, strings, id).unwrap_or_else(|| code.function().into_bytes());
        let name = [&name, format!("#{}", code.generation).as_bytes()].concat();
        let entry = unit.get_mut(id);
        entry.set(DW_AT_name, AttributeValue::String(name));
        // Debuggers prefer it, and it has no generation.
        entry.delete(DW_AT_linkage_name);
    }
}

/// The addresses at which the function's code may begin.
fn starts<'a>(
    unit: &'a Unit,
    entry: &'a DebuggingInformationEntry,
) -> impl Iterator<Item = u64> + 'a {
    let low = match entry.get(DW_AT_low_pc) {
        Some(AttributeValue::Address(Address::Constant(address))) => Some(*address),
        _ => None,
    };
    let ranges = match entry.get(DW_AT_ranges) {
        Some(AttributeValue::RangeListRef(id)) => Some(unit.ranges.get(*id)),
        _ => None,
    };
    let begins =
        ranges.into_iter().flat_map(|list| list.0.iter()).filter_map(|range| match range {
            Range::StartEnd { begin: Address::Constant(begin), .. }
            | Range::StartLength { begin: Address::Constant(begin), .. } => Some(*begin),
            _ => None,
        });
    low.into_iter().chain(begins)
}

/// The name of a function inside a namespace or type, in front of which a debugger puts the names of
/// those; it may stand at the function's declaration or at the original of copies. `None` for a
/// function that is in nothing, as all are in Rust's plain line tables: its name has to say all.
fn nested_name(unit: &Unit, strings: &StringTable, id: UnitEntryId) -> Option<Vec<u8>> {
    let mut id = id;
    // Such references are two steps deep; a cycle is somebody's mistake.
    for _ in 0..4 {
        let entry = unit.get(id);
        let name = match entry.get(DW_AT_name) {
            Some(AttributeValue::String(name)) => Some(name.clone()),
            Some(AttributeValue::StringRef(name)) => Some(strings.get(*name).to_vec()),
            _ => None,
        };
        if name.is_some() {
            return name.filter(|_| entry.parent() != Some(unit.root()));
        }
        let further = entry.get(DW_AT_abstract_origin).or_else(|| entry.get(DW_AT_specification));
        let Some(AttributeValue::UnitRef(next)) = further else { return None };
        id = *next;
    }
    None
}
