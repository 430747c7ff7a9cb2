//! One object out of several: each named thing is taken from the part that counts for it, and everything
//! private goes with what refers to it.
//!
//! The result is what rustc could have written for the whole file, so whoever reads it need not know that
//! it was not. Or it is a part of that: some functions, and what is private to them; what they call besides
//! is somewhere else.

use std::collections::{BTreeMap, HashMap, HashSet};

use object::elf;

use super::elf_file::{ElfFile, NewRelocation, NewSection, NewSymbol};
use super::part::{Part, Relocation, Target};
use crate::symbol::is_live;

/// Each may get one with its relocations, and numbers from 0xff00 mean something else.
const MOST_SECTIONS: usize = 0x7000;

/// A section of a part.
type Place = (usize, usize);

/// What a merge is made from.
pub(super) struct Merge<'a> {
    /// The parts.
    pub parts: &'a [&'a Part],
    /// What is to be in the result, with all that it refers to; else everything that the first part offers.
    pub roots: Option<Vec<&'a str>>,
    /// Which part counts for a named thing.
    pub choose: &'a dyn Fn(&str) -> Option<usize>,
    /// Changes the bytes of a section of a part, before they are written.
    pub amend: &'a dyn Fn(usize, usize, &mut Vec<u8>),
    /// Whether private code of a name that the first part has too takes that one's place.
    pub is_newest: &'a dyn Fn(usize, usize, &str) -> bool,
    pub crate_name: &'a str,
}

impl Merge<'_> {
    /// The object.
    pub(super) fn write(&self) -> Result<Vec<u8>, String> {
        let mut work = Work {
            merge: self,
            places: Vec::new(),
            numbers: HashMap::new(),
            named: BTreeMap::new(),
        };
        work.collect()?;
        work.write()
    }
}

struct Work<'a> {
    merge: &'a Merge<'a>,
    /// The sections of the result, in order, but for the unwinder's.
    places: Vec<Place>,
    numbers: HashMap<Place, usize>,
    /// The named things that are defined: the part that counts; or who asked, for those that are not.
    named: BTreeMap<&'a str, Named>,
}

#[derive(Clone, Copy)]
enum Named {
    Defined(usize),
    Outside { asked: Place, symbol: usize },
}

impl<'a> Work<'a> {
    fn part(&self, number: usize) -> &'a Part {
        self.merge.parts[number]
    }

    fn collect(&mut self) -> Result<(), String> {
        let first = self.part(0);
        let mut open: Vec<Place> = Vec::new();
        let mut roots = match &self.merge.roots {
            Some(roots) => roots.clone(),
            None => {
                let sections = first.sections.iter().enumerate();
                for (number, _) in sections.filter(|(_, section)| section.is_list()) {
                    self.take((0, number), &mut open);
                }
                first.named.keys().map(String::as_str).collect()
            }
        };
        roots.sort_unstable();
        for name in roots {
            self.name(name, (0, 0), 0, &mut open)?;
        }
        while let Some(place) = open.pop() {
            let part = self.part(place.0);
            for reference in part.references(place.1) {
                match part.target(reference.symbol) {
                    Target::Named(name) => self.name(name, place, reference.symbol, &mut open)?,
                    Target::Private(section) => self.take((place.0, section), &mut open),
                    Target::Number => {}
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, place: Place, open: &mut Vec<Place>) {
        let number = self.places.len();
        if let std::collections::hash_map::Entry::Vacant(vacant) = self.numbers.entry(place) {
            vacant.insert(number);
            self.places.push(place);
            open.push(place);
        }
    }

    fn name(
        &mut self,
        name: &'a str,
        asked: Place,
        symbol: usize,
        open: &mut Vec<Place>,
    ) -> Result<(), String> {
        if self.named.contains_key(name) {
            return Ok(());
        }
        let Some(part) = (self.merge.choose)(name) else {
            self.named.insert(name, Named::Outside { asked, symbol });
            return Ok(());
        };
        let section = self.part(part).section_of(name);
        let section = section.ok_or_else(|| format!("`{name}` is not where it was"))?;
        self.named.insert(name, Named::Defined(part));
        self.take((part, section), open);
        Ok(())
    }

    fn write(self) -> Result<Vec<u8>, String> {
        let mut file = ElfFile::new(self.part(0).machine);
        for &(part, section) in &self.places {
            let from = &self.part(part).sections[section];
            let mut bytes = self.part(part).bytes(section).to_vec();
            if !from.is_code() && !from.relocations.is_empty() {
                (self.merge.amend)(part, section, &mut bytes);
            }
            file.sections.push(NewSection {
                name: from.name.clone(),
                kind: from.kind,
                flags: from.flags & !elf::SHF_GROUP.0,
                align: from.align,
                entry: from.entry,
                size: from.size,
                bytes,
                relocations: Vec::new(),
            });
        }
        let symbols = self.symbols(&mut file);
        for (number, place) in self.places.iter().enumerate() {
            let from = &self.part(place.0).sections[place.1];
            let relocations = from.relocations.iter();
            let relocations: Result<_, _> =
                relocations.map(|each| self.relocation(place.0, each, 0, &symbols)).collect();
            file.sections[number].relocations = relocations?;
        }
        file.sections.push(self.frames(&symbols)?);
        if file.sections.len() > MOST_SECTIONS {
            return Err("the object has too many sections".to_owned());
        }
        Ok(file.write())
    }

    fn symbols(&self, file: &mut ElfFile) -> Symbols<'a> {
        let mut symbols = Symbols::default();
        for number in 0..self.places.len() {
            symbols.of_sections.push(file.add(NewSymbol {
                info: elf::STT_SECTION.0,
                section: Some(number),
                ..NewSymbol::default()
            }));
        }
        let mut functions: HashSet<&str> = HashSet::new();
        for (number, &(part, section)) in self.places.iter().enumerate() {
            for &symbol in self.part(part).private_symbols(section) {
                let from = &self.part(part).symbols[symbol];
                let mut name = from.name.clone();
                // An instance of a generic function, which each part may have one of: with a suffix
                // it is private code for everybody. One that the edit reaches keeps its name, by which
                // whoever has held its address comes to it.
                let is_other = || part > 0 && self.is_elsewhere(&name);
                let is_second = from.is_function()
                    && (!functions.insert(&from.name)
                        || is_other() && !(self.merge.is_newest)(part, section, &name));
                if is_second && is_live(&name, self.merge.crate_name) {
                    name.push_str(&format!(".segue{part}"));
                }
                let (info, other) = (from.info, from.other);
                let (value, size) = (from.value, from.size);
                let new = NewSymbol { name, info, other, section: Some(number), value, size };
                symbols.private.insert((part, symbol), file.add(new));
            }
        }
        let (local, global): (Vec<_>, Vec<_>) =
            self.named.iter().partition(|(name, named)| self.is_local(name, **named));
        for (name, named) in local.into_iter().chain(global) {
            let new = match *named {
                Named::Defined(part) => {
                    let from = &self.part(part).symbols[self.part(part).named[*name]];
                    let section =
                        from.section.and_then(|at| self.numbers.get(&(part, at)).copied());
                    let (other, value, size) = (from.other, from.value, from.size);
                    let info = match self.is_local(name, *named) {
                        true => elf::STB_LOCAL.0 << 4 | from.kind(),
                        false if from.is_local() => elf::STB_GLOBAL.0 << 4 | from.kind(),
                        false => from.info,
                    };
                    NewSymbol { name: from.name.clone(), info, other, section, value, size }
                }
                Named::Outside { asked, symbol } => {
                    let from = &self.part(asked.0).symbols[symbol];
                    let (info, other) = match from.section {
                        Some(_) => (elf::STB_GLOBAL.0 << 4, 0),
                        None => (from.info, from.other),
                    };
                    let name = (*name).to_owned();
                    NewSymbol { name, info, other, ..NewSymbol::default() }
                }
            };
            symbols.named.insert(name, file.add(new));
        }
        symbols
    }

    /// Whether the first part, of which only some is in the result, has a function called so.
    fn is_elsewhere(&self, name: &str) -> bool {
        let mut symbols = self.part(0).symbols.iter();
        self.merge.roots.is_some() && symbols.any(|it| it.is_function() && it.name == name)
    }

    /// What is local in the first part stays so: whoever has come to it goes by a name that says which object
    /// it is of.
    fn is_local(&self, name: &str, named: Named) -> bool {
        match named {
            Named::Defined(part) => {
                let is_there = self.part(0).named.contains_key(name);
                let part = self.part(if is_there { 0 } else { part });
                part.symbols[part.named[name]].is_local()
            }
            Named::Outside { .. } => false,
        }
    }

    fn relocation(
        &self,
        part: usize,
        from: &Relocation,
        moved: i64,
        symbols: &Symbols<'_>,
    ) -> Result<NewRelocation, String> {
        let own = self.part(part);
        let target = &own.symbols[from.symbol];
        let missing = || format!("`{}` is not in the object", target.name);
        let symbol = match own.target(from.symbol) {
            Target::Number => 0,
            Target::Private(section) if target.is_section() => {
                let number = self.numbers.get(&(part, section)).ok_or_else(missing)?;
                symbols.of_sections[*number]
            }
            Target::Private(_) => *symbols.private.get(&(part, from.symbol)).ok_or_else(missing)?,
            Target::Named(name) => {
                let is_own =
                    matches!(self.named.get(name), Some(Named::Defined(by)) if *by == part);
                let section = target.section;
                match section.and_then(|at| self.numbers.get(&(part, at))).filter(|_| is_own) {
                    // As it was: what points into a function points into this one.
                    Some(number) if target.is_section() => symbols.of_sections[*number],
                    Some(_) if target.name != name => {
                        *symbols.private.get(&(part, from.symbol)).ok_or_else(missing)?
                    }
                    _ => {
                        let is_inside = target.name != name && !is_whole(from);
                        if is_inside && section.is_some_and(|at| own.sections[at].is_code()) {
                            return Err(format!("something points into `{name}`"));
                        }
                        *symbols.named.get(name).ok_or_else(missing)?
                    }
                }
            }
        };
        let offset = from.offset.wrapping_add_signed(moved);
        Ok(NewRelocation { offset, kind: from.kind, symbol, addend: from.addend })
    }

    /// What the unwinder is told about the code that is in the result.
    fn frames(&self, symbols: &Symbols<'_>) -> Result<NewSection, String> {
        let first = self.part(0);
        let kind = first.frames.section.map_or(elf::SHT_PROGBITS.0, |at| first.sections[at].kind);
        let mut section = NewSection::frames(kind);
        let mut common: HashMap<(usize, usize), usize> = HashMap::new();
        for &(number, code) in &self.places {
            let part = self.part(number);
            for record in part.records(code) {
                let Some(base) = record.common else { continue };
                let at = match common.get(&(number, base)) {
                    Some(at) => *at,
                    None => {
                        let base_record = &part.frames.records[base];
                        let at = self.record(number, base_record, &mut section, symbols)?;
                        common.insert((number, base), at);
                        at
                    }
                };
                let start = self.record(number, record, &mut section, symbols)?;
                let back = u32::try_from(start + 4 - at).map_err(|_| "too many frames")?;
                section.bytes[start + 4..start + 8].copy_from_slice(&back.to_le_bytes());
            }
        }
        section.size = section.bytes.len() as u64;
        Ok(section)
    }

    fn record(
        &self,
        number: usize,
        record: &super::frames::Record,
        section: &mut NewSection,
        symbols: &Symbols<'_>,
    ) -> Result<usize, String> {
        let part = self.part(number);
        let Some(from) = part.frames.section else { return Err("no frames".to_owned()) };
        let start = section.bytes.len();
        section.bytes.extend_from_slice(&part.bytes(from)[record.range.clone()]);
        let moved = start as i64 - record.range.start as i64;
        for relocation in part.frames.relocations(part, record) {
            section.relocations.push(self.relocation(number, relocation, moved, symbols)?);
        }
        Ok(start)
    }
}

/// Whether the relocation is about the beginning of what it names.
fn is_whole(relocation: &Relocation) -> bool {
    let beginning = if relocation.kind == elf::R_X86_64_64.0 { 0 } else { -4 };
    relocation.addend == beginning
}

/// Where symbols are in the result's table.
#[derive(Default)]
struct Symbols<'a> {
    of_sections: Vec<usize>,
    private: HashMap<(usize, usize), usize>,
    named: HashMap<&'a str, usize>,
}

#[cfg(test)]
mod tests;
