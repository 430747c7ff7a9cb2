//! Blocks that are cut where something points: literals and strings of mergeable sections, and the
//! nameless words of exception tables (phase: split).

use std::collections::HashSet;

use crate::arch::{self, Kind};
use crate::blocks::{Block, BlockId, BlockKind, Blocks, Target, outside};
use crate::error::Error;
use crate::graph::{Place, Relocation, SectionId, SectionKind, Span, Symbol, SymbolKind};

/// Where a whole mergeable section stands among its pieces: no piece starts there.
const WHOLE: u32 = u32::MAX;

impl Blocks {
    /// A word that only an exception table knows: compilers write the addresses of types there, so
    /// that the table itself, which is relative to its place, needs no relocation when it is loaded.
    /// Clang has them in `.data`, gcc (for types of one file) in `.data.rel.local`, without a name.
    pub(crate) fn pointer_target(
        &mut self,
        section: SectionId,
        relocation: &Relocation,
    ) -> Result<Target, Error> {
        const WORD: u32 = 8;
        let value = self.graph.symbol(relocation.symbol).value as i64;
        let start = u32::try_from(value.wrapping_add(relocation.addend)).map_err(|_| outside())?;
        let whole = self.graph.section(section);
        let end = start.checked_add(WORD).filter(|end| *end <= whole.size).ok_or_else(outside)?;
        let relocations = self.graph.relocations_between(section, start, end);
        let block = *self.pieces.entry((section, start)).or_insert_with(|| {
            let (align, kind) = (WORD, BlockKind::Part);
            self.blocks.push(Block { section, start, end, align, kind, symbol: None, relocations });
            BlockId(self.blocks.len() as u32 - 1)
        });
        Ok(Target::Block { block, at: value - i64::from(start) })
    }

    pub(crate) fn merged_target(
        &mut self,
        from: SectionId,
        section: SectionId,
        relocation: &Relocation,
        kind: Kind,
    ) -> Result<Target, Error> {
        let symbol = self.graph.symbol(relocation.symbol);
        let value = symbol.value as i64;
        let offset = match symbol.kind {
            SymbolKind::Section => self.meant(from, section, relocation, kind),
            _ => Some(value),
        };
        let Some(offset) = offset.filter(|_| !self.undivided.contains(&section)) else {
            let block = self.whole(section);
            return Ok(Target::Block { block, at: value });
        };
        let name = self.graph.text(symbol.name);
        let is_literal = symbol.kind == SymbolKind::Other && name.starts_with(".LC");
        let offset = u32::try_from(offset).map_err(|_| outside())?;
        let (start, end) = self
            .known(section, offset)
            .or_else(|| self.piece(section, offset))
            .ok_or_else(outside)?;
        let kind = match self.graph.section(section).kind {
            SectionKind::Constants if is_literal => BlockKind::Part,
            _ => BlockKind::ReadOnly,
        };
        let block = self.cut_piece(section, start, end, kind);
        if kind == BlockKind::ReadOnly {
            // A named constant may be kept by somebody's reference even if a literal shares it.
            self.blocks[block.0 as usize].kind = kind;
        }
        Ok(Target::Block { block, at: value - i64::from(start) })
    }

    /// An offset in the piece that a reference by section and addend means, if that can be told.
    ///
    /// Where an instruction counts from its end, assemblers name the section only if what is added to
    /// the symbol is nothing, that is for the fourth byte behind its start: the addend is where the
    /// symbol is. Read as in other sections the addend is four less than that. In most pieces both
    /// are in the same one. In LLVM's relative lookup tables the addend counts the entry's own place
    /// as well, which tells nothing.
    fn meant(
        &self,
        from: SectionId,
        section: SectionId,
        relocation: &Relocation,
        kind: Kind,
    ) -> Option<i64> {
        let plain = kind.plain_addend(self.graph.machine, self.is_code(from))?;
        let value = self.graph.symbol(relocation.symbol).value as i64;
        let sum = value.wrapping_add(relocation.addend);
        let piece = |offset: i64| self.piece(section, u32::try_from(offset).ok()?);
        // An absolute reference past the section's end is an error, told by who asked.
        (plain == 0 || piece(sum)? == piece(sum.wrapping_sub(plain))?).then_some(sum)
    }

    /// Finds the mergeable sections to which code refers in a way that does not tell which piece is
    /// meant. All references to them mean one block: code may compare two pointers into one string.
    pub(crate) fn find_undivided(&mut self) {
        let mut undivided = HashSet::new();
        for index in 0..self.graph.sections.len() {
            let from = SectionId(index as u32);
            if !self.is_code(from) {
                continue;
            }
            for relocation in self.graph.relocations_of(from) {
                let symbol = self.graph.symbol(relocation.symbol);
                let (SymbolKind::Section, Place::Section(section)) = (symbol.kind, symbol.place)
                else {
                    continue;
                };
                let is_mergeable = matches!(
                    self.graph.section(section).kind,
                    SectionKind::Constants | SectionKind::Strings
                );
                let kind = arch::lookup(self.graph.machine, relocation.kind);
                if let Some(kind) = kind.filter(|_| is_mergeable)
                    && self.meant(from, section, relocation, kind).is_none()
                {
                    undivided.insert(section);
                }
            }
        }
        self.undivided = undivided;
    }

    fn cut_piece(&mut self, section: SectionId, start: u32, end: u32, kind: BlockKind) -> BlockId {
        let align = self.graph.section(section).align;
        *self.pieces.entry((section, start)).or_insert_with(|| {
            let relocations = Span::default();
            self.blocks.push(Block { section, start, end, align, kind, symbol: None, relocations });
            BlockId(self.blocks.len() as u32 - 1)
        })
    }

    /// The literal or string of a mergeable section that a symbol of this object names, and where in
    /// it: rustc's codegen units share constants so.
    pub(crate) fn named_piece(&self, symbol: &Symbol) -> Option<(BlockId, i64)> {
        let Place::Section(section) = symbol.place else { return None };
        let (start, _) = self.mergeable_piece(symbol)?;
        let block = *self.pieces.get(&(section, start))?;
        Some((block, symbol.value as i64 - i64::from(start)))
    }

    /// Cuts what other objects may ask for by name.
    pub(crate) fn cut_global_pieces(&mut self) {
        for index in 0..self.graph.symbols.len() {
            let symbol = &self.graph.symbols[index];
            let Place::Section(section) = symbol.place else { continue };
            if !symbol.is_global() {
                continue;
            }
            if let Some((start, end)) = self.mergeable_piece(symbol) {
                let block = self.cut_piece(section, start, end, BlockKind::ReadOnly);
                self.blocks[block.0 as usize].kind = BlockKind::ReadOnly;
            }
        }
    }

    fn mergeable_piece(&self, symbol: &Symbol) -> Option<(u32, u32)> {
        let Place::Section(section) = symbol.place else { return None };
        let kind = self.graph.section(section).kind;
        let is_mergeable = matches!(kind, SectionKind::Constants | SectionKind::Strings);
        is_mergeable.then(|| self.piece(section, u32::try_from(symbol.value).ok()?))?
    }

    /// All of a mergeable section as one block, beside the pieces that others may refer to.
    fn whole(&mut self, section: SectionId) -> BlockId {
        let end = self.graph.section_bytes(section).len() as u32;
        let align = self.graph.section(section).align;
        *self.pieces.entry((section, WHOLE)).or_insert_with(|| {
            self.blocks.push(Block {
                section,
                start: 0,
                end,
                align,
                kind: BlockKind::ReadOnly,
                symbol: None,
                relocations: Span::default(),
            });
            BlockId(self.blocks.len() as u32 - 1)
        })
    }

    /// The string around `offset`, if something referred to it before: its ends are looked for
    /// once, however long it is and however many refer to it.
    fn known(&self, section: SectionId, offset: u32) -> Option<(u32, u32)> {
        let before = self.pieces.range((section, 0)..=(section, offset)).next_back();
        let block = self.block(*before?.1);
        (offset < block.end).then_some((block.start, block.end))
    }

    /// The literal or string around `offset` of a mergeable section.
    fn piece(&self, id: SectionId, offset: u32) -> Option<(u32, u32)> {
        let section = self.graph.section(id);
        let bytes = self.graph.section_bytes(id);
        let unit = section.entsize as usize;
        let at = offset as usize / unit * unit;
        if at >= bytes.len() {
            return None;
        }
        if section.kind == SectionKind::Constants {
            return Some((at as u32, (at + unit).min(bytes.len()) as u32));
        }
        let is_end = |unit: &[u8]| unit.iter().all(|byte| *byte == 0);
        let start = at - bytes[..at].rchunks(unit).take_while(|unit| !is_end(unit)).count() * unit;
        let length =
            bytes[at..].chunks(unit).position(is_end).map_or(bytes.len() - at, |n| (n + 1) * unit);
        Some((start as u32, (at + length) as u32))
    }
}
