//! Archives (`.rlib`, `.a`): the last place where a name is looked for (phase: resolve).
//!
//! An archive is indexed when first asked. The member that defines a name is parsed and cut like
//! any object, but only the unit that is needed, and what it reaches, is ever linked. First
//! definition wins, in the order of archives and of members.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use memmap2::Mmap;
use object::read::archive::ArchiveFile;

use crate::blocks::Blocks;
use crate::digest::Digester;
use crate::error::{Error, ErrorKind};
use crate::graph::{Place, SymbolKind};
use crate::host::Definition;
use crate::object::Object;
use crate::units::Units;

/// The archives of a linker, with the members parsed so far.
#[derive(Default)]
pub(crate) struct Archives {
    archives: Vec<Archive>,
    members: Vec<Member>,
    digester: Digester,
}

/// Offset and size of a member's bytes in the archive.
type FileRange = (u64, u64);
/// Name → the member that defines it.
type Index = HashMap<Box<[u8]>, FileRange>;

struct Archive {
    path: PathBuf,
    map: Mmap,
    /// Filled at the first question.
    index: Option<Index>,
}

struct Member {
    archive: usize,
    range: FileRange,
    units: Units,
    /// Its global definitions.
    symbols: HashMap<Box<str>, u32>,
}

impl Archives {
    pub(crate) fn add(&mut self, path: &Path) -> Result<(), Error> {
        let refused = |what: &dyn std::fmt::Display| {
            Error::new(ErrorKind::File, format!("cannot read archive {}: {what}", path.display()))
        };
        let file = File::open(path).map_err(|error| refused(&error))?;
        // SAFETY: archives belong to an installed toolchain or build; like every linker we rely on
        // nobody truncating them while we read.
        let map = unsafe { Mmap::map(&file) }.map_err(|error| refused(&error))?;
        let archive = ArchiveFile::parse(&*map).map_err(|error| refused(&error))?;
        if archive.is_thin() {
            return Err(refused(&"thin archives hold no code"));
        }
        self.archives.push(Archive { path: path.to_owned(), map, index: None });
        Ok(())
    }

    /// The units of a member.
    pub(crate) fn units(&self, member: u32) -> &Units {
        &self.members[member as usize].units
    }

    pub(crate) fn lookup(&mut self, name: &str) -> Result<Option<Definition>, Error> {
        for archive in 0..self.archives.len() {
            let Some(range) = self.archives[archive].find(name)? else { continue };
            let member = self.member(archive, range)?;
            if let Some(found) = self.define(member, name) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn define(&mut self, index: usize, name: &str) -> Option<Definition> {
        let member = &mut self.members[index];
        let symbol = *member.symbols.get(name)?;
        let (block, at) = {
            let blocks = &member.units.blocks;
            blocks.definition(&blocks.graph.symbols[symbol as usize])?
        };
        member.units.reach(block, &mut self.digester);
        Some(Definition::Member { member: index as u32, block, at })
    }

    fn member(&mut self, archive: usize, range: FileRange) -> Result<usize, Error> {
        let known = |member: &Member| member.archive == archive && member.range == range;
        if let Some(index) = self.members.iter().position(known) {
            return Ok(index);
        }
        let Archive { path, map, .. } = &self.archives[archive];
        let name = format!("{}({:#x})", path.display(), range.0);
        let bytes = member_bytes(map, range).ok_or_else(|| {
            Error::new(ErrorKind::File, format!("{name}: the member lies outside the archive"))
        })?;
        let object = Object::parse(&name, Arc::<[u8]>::from(bytes))?;
        let blocks = Blocks::cut(object.graph, &|_| false).map_err(|error| error.within(&name))?;
        let symbols = definitions(&blocks);
        self.members.push(Member { archive, range, units: Units::new(blocks), symbols });
        Ok(self.members.len() - 1)
    }
}

fn member_bytes(map: &[u8], (offset, size): FileRange) -> Option<&[u8]> {
    let start = usize::try_from(offset).ok()?;
    map.get(start..start.checked_add(usize::try_from(size).ok()?)?)
}

fn definitions(blocks: &Blocks) -> HashMap<Box<str>, u32> {
    let symbols = blocks.graph.symbols.iter().enumerate();
    symbols
        .filter(|(_, symbol)| {
            symbol.is_global
                && matches!(symbol.place, Place::Section(_))
                && symbol.kind != SymbolKind::Section
        })
        .map(|(index, symbol)| (blocks.graph.text(symbol.name).into(), index as u32))
        .collect()
}

impl Archive {
    fn find(&mut self, name: &str) -> Result<Option<FileRange>, Error> {
        let index = match &mut self.index {
            Some(index) => index,
            none => {
                let read = read_index(&self.map).map_err(|error| {
                    let why = format!("archive {}: {error}", self.path.display());
                    Error::new(ErrorKind::File, why)
                })?;
                none.insert(read)
            }
        };
        Ok(index.get(name.as_bytes()).copied())
    }
}

/// The archive's own symbol index, or, where it has none, the symbols of its members.
fn read_index(bytes: &[u8]) -> Result<Index, object::Error> {
    let archive = ArchiveFile::parse(bytes)?;
    let mut index = HashMap::new();
    if let Some(symbols) = archive.symbols()? {
        let mut ranges: HashMap<u64, FileRange> = HashMap::new();
        for symbol in symbols {
            let symbol = symbol?;
            let offset = symbol.offset();
            let range = match ranges.get(&offset.0) {
                Some(range) => *range,
                None => *ranges.entry(offset.0).or_insert(archive.member(offset)?.file_range()),
            };
            index.entry(symbol.name().into()).or_insert(range);
        }
        return Ok(index);
    }
    for member in archive.members() {
        let member = member?;
        // Metadata of rlibs, and whatever else is not an object, defines nothing.
        let range = member.file_range();
        let data = member_bytes(bytes, range).unwrap_or(&[]);
        let Ok(object) = Object::parse("member", Arc::<[u8]>::from(data)) else { continue };
        for symbol in &object.graph.symbols {
            if symbol.is_global && matches!(symbol.place, Place::Section(_)) {
                let name = object.graph.text(symbol.name).as_bytes();
                index.entry(name.into()).or_insert(range);
            }
        }
    }
    Ok(index)
}

#[cfg(test)]
mod tests;
