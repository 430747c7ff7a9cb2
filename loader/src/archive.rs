//! Archives (`.rlib`, `.a`): the last place where a name is looked for (phase: resolve).
//!
//! An archive is indexed when first asked. The member that defines a name is parsed and cut like
//! any object, but only the unit that is needed, and what it reaches, is ever linked. First
//! definition wins, in the order of archives and of members.
//!
//! A thin archive (`ar --thin`) holds its index and the names of its members, which are files beside
//! it: they are read when one of their symbols is needed.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use memmap2::Mmap;
use object::read::archive::{ArchiveFile, ArchiveMember, ArchiveSymbolIterator};

use crate::blocks::Blocks;
use crate::digest::Digester;
use crate::error::{Error, ErrorKind};
use crate::graph::{Place, SymbolKind};
use crate::host::Definition;
use crate::nearest::Nearest;
use crate::object::Object;
use crate::units::Units;

/// The archives of a linker, with the members parsed so far.
#[derive(Default)]
pub(crate) struct Archives {
    archives: Vec<Archive>,
    members: Vec<Member>,
    digester: Digester,
}

/// What is in an archive.
#[derive(Default)]
struct Index {
    files: Vec<MemberFile>,
    /// Name → the member that defines it, among `files`.
    symbols: HashMap<Box<[u8]>, u32>,
}

/// Where a member's bytes are.
struct MemberFile {
    name: Box<str>,
    /// Offset and size in the archive; of a thin archive's member only the size.
    range: (u64, u64),
    is_thin: bool,
    /// Its place in [`Archives::members`], once it was parsed.
    member: Option<u32>,
}

struct Archive {
    path: PathBuf,
    map: Mmap,
    /// Filled at the first question.
    index: Option<Index>,
}

struct Member {
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
        ArchiveFile::parse(&*map).map_err(|error| refused(&error))?;
        self.archives.push(Archive { path: path.to_owned(), map, index: None });
        Ok(())
    }

    /// The units of a member.
    pub(crate) fn units(&self, member: u32) -> &Units {
        &self.members[member as usize].units
    }

    pub(crate) fn lookup(&mut self, name: &str) -> Result<Option<Definition>, Error> {
        for archive in 0..self.archives.len() {
            let Some(file) = self.archives[archive].find(name)? else { continue };
            let member = self.member(archive, file)?;
            if let Some(found) = self.define(member, name) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Offers every name in the indexes read so far: those of all archives, after a name was found
    /// nowhere.
    pub(crate) fn offer_names(&self, nearest: &mut Nearest) {
        for index in self.archives.iter().filter_map(|archive| archive.index.as_ref()) {
            for name in index.symbols.keys() {
                nearest.offer(std::str::from_utf8(name).unwrap_or(""));
            }
        }
    }

    fn define(&mut self, index: u32, name: &str) -> Option<Definition> {
        let member = &mut self.members[index as usize];
        let symbol = *member.symbols.get(name)?;
        let blocks = &member.units.blocks;
        let symbol = &blocks.graph.symbols[symbol as usize];
        let is_indirect = symbol.kind == SymbolKind::Indirect;
        let (block, at) = blocks.definition(symbol)?;
        member.units.reach(block, &mut self.digester);
        Some(Definition::Member { member: index, block, at, is_indirect })
    }

    fn member(&mut self, archive: usize, file: u32) -> Result<u32, Error> {
        let Archive { path, map, index } = &mut self.archives[archive];
        let file = &mut index.get_or_insert_default().files[file as usize];
        if let Some(known) = file.member {
            return Ok(known);
        }
        let name = format!("{}({})", path.display(), file.name);
        let bytes = file.bytes(path, map).map_err(|error| error.within(&name))?;
        let object = Object::parse(&name, bytes)?;
        let blocks = Blocks::cut(object.graph, &|_| false).map_err(|error| error.within(&name))?;
        let symbols = definitions(&blocks);
        self.members.push(Member { units: Units::new(blocks), symbols });
        let member = self.members.len() as u32 - 1;
        file.member = Some(member);
        Ok(member)
    }
}

impl MemberFile {
    fn of(member: &ArchiveMember<'_>) -> MemberFile {
        let name = String::from_utf8_lossy(member.name()).into();
        MemberFile { name, range: member.file_range(), is_thin: member.is_thin(), member: None }
    }

    fn bytes(&self, archive: &Path, map: &[u8]) -> Result<Arc<[u8]>, Error> {
        if self.is_thin {
            // Names in a thin archive count from the folder that the archive is in.
            let path = archive.parent().unwrap_or(Path::new("")).join(&*self.name);
            return std::fs::read(&path).map(Arc::from).map_err(|error| {
                let why = format!("cannot read the thin archive's member {}", path.display());
                Error::new(ErrorKind::File, format!("{why}: {error}"))
            });
        }
        let (offset, size) = self.range;
        let range = usize::try_from(offset).ok().zip(usize::try_from(size).ok());
        let bytes = range.and_then(|(start, size)| map.get(start..start.checked_add(size)?));
        bytes.map(Arc::from).ok_or_else(|| {
            Error::new(ErrorKind::File, "the member lies outside the archive: was it truncated?")
        })
    }
}

fn definitions(blocks: &Blocks) -> HashMap<Box<str>, u32> {
    let symbols = blocks.graph.symbols.iter().enumerate();
    symbols
        .filter(|(_, symbol)| {
            symbol.is_global()
                && matches!(symbol.place, Place::Section(_))
                && symbol.kind != SymbolKind::Section
        })
        .map(|(index, symbol)| (blocks.graph.text(symbol.name).into(), index as u32))
        .collect()
}

impl Archive {
    fn find(&mut self, name: &str) -> Result<Option<u32>, Error> {
        let index = match &mut self.index {
            Some(index) => index,
            none => none.insert(read_index(&self.path, &self.map)?),
        };
        Ok(index.symbols.get(name.as_bytes()).copied())
    }
}

/// The archive's own symbol index, or, where it has none, the symbols of its members.
fn read_index(path: &Path, bytes: &[u8]) -> Result<Index, Error> {
    let bad = |error: object::Error| {
        let why = format!("archive {}: {error}", path.display());
        Error::new(ErrorKind::File, why)
    };
    let archive = ArchiveFile::parse(bytes).map_err(bad)?;
    let mut index = Index::default();
    match archive.symbols().map_err(bad)? {
        Some(symbols) => index.of_archive(&archive, symbols).map_err(bad)?,
        None => {
            for member in archive.members() {
                index.of_member(path, bytes, &member.map_err(bad)?)?;
            }
        }
    }
    Ok(index)
}

impl Index {
    fn of_archive(
        &mut self,
        archive: &ArchiveFile<'_>,
        symbols: ArchiveSymbolIterator<'_>,
    ) -> Result<(), object::Error> {
        let mut known: HashMap<u64, u32> = HashMap::new();
        for symbol in symbols {
            let symbol = symbol?;
            let offset = symbol.offset();
            let file = match known.get(&offset.0) {
                Some(file) => *file,
                None => {
                    self.files.push(MemberFile::of(&archive.member(offset)?));
                    *known.entry(offset.0).or_insert(self.files.len() as u32 - 1)
                }
            };
            self.symbols.entry(symbol.name().into()).or_insert(file);
        }
        Ok(())
    }

    fn of_member(
        &mut self,
        path: &Path,
        bytes: &[u8],
        member: &ArchiveMember<'_>,
    ) -> Result<(), Error> {
        let file = MemberFile::of(member);
        let name = format!("{}({})", path.display(), file.name);
        // A file that is missing is an error; metadata of rlibs, and whatever else is not an
        // object, defines nothing.
        let data = file.bytes(path, bytes).map_err(|error| error.within(&name))?;
        let Ok(object) = Object::parse(&name, data) else { return Ok(()) };
        self.files.push(file);
        let file = self.files.len() as u32 - 1;
        for symbol in &object.graph.symbols {
            if symbol.is_global() && matches!(symbol.place, Place::Section(_)) {
                let name = object.graph.text(symbol.name).as_bytes();
                self.symbols.entry(name.into()).or_insert(file);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
