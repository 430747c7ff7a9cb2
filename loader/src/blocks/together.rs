//! Variables of one section that nothing tells apart (phase: split).
//!
//! Without `-fdata-sections` compilers put several variables into a section and may speak of them as
//! the section and a distance. The distance does not tell which is meant: it may lie before a variable
//! (an index that starts at one), at its end (which is the start of the next), or anywhere (clang
//! and aarch64's compilers reach several from one address). Such a section stays in one piece: its
//! variables keep their values as long as they are all there, in the same places, with the same types.

use super::{Block, BlockId, Blocks};
use crate::arch::{self, Operand};
use crate::graph::{Place, Relocation, SectionId, SectionKind, SymbolId, SymbolKind};

impl Blocks {
    /// Per section, whether something refers to it as such.
    pub(super) fn referred_sections(&self) -> Vec<bool> {
        let mut referred = vec![false; self.graph.sections.len()];
        for index in 0..self.graph.sections.len() {
            let from = SectionId(index as u32);
            // Exception tables refer to words that nobody else knows (`pieces.rs`).
            if self.graph.section(from).relocations.range().is_empty() || self.frames.is_table(from)
            {
                continue;
            }
            for relocation in self.graph.relocations_of(from) {
                if let Some(section) = self.section_meant(relocation) {
                    referred[section.0 as usize] = true;
                }
            }
        }
        referred
    }

    fn section_meant(&self, relocation: &Relocation) -> Option<SectionId> {
        let symbol = self.graph.symbol(relocation.symbol);
        let Place::Section(section) = symbol.place else { return None };
        let is_variable = matches!(
            self.graph.section(section).kind,
            SectionKind::Writable | SectionKind::ThreadLocal
        );
        let kind = arch::lookup(self.graph.machine, relocation.kind)?;
        // gcc's name for an address from which it reaches several variables.
        let is_anchor = || self.graph.symbol_name(relocation.symbol).starts_with(".LANCHOR");
        let is_meant = symbol.kind == SymbolKind::Section || is_anchor();
        (is_variable && is_meant && kind.operand != Operand::Size).then_some(section)
    }

    /// Leaves a section of several variables in one piece, known by the first of them.
    pub(super) fn keep_together(&mut self, whole: BlockId, run: &[(SectionId, u32, SymbolId)]) {
        let block: &mut Block = &mut self.blocks[whole.0 as usize];
        block.symbol = block.symbol.or(run.first().map(|first| first.2));
        self.together.insert(whole, run.iter().map(|(_, _, symbol)| *symbol).collect());
    }

    /// The variables of a block that holds several.
    pub(crate) fn together(&self, block: BlockId) -> &[SymbolId] {
        self.together.get(&block).map_or(&[], Vec::as_slice)
    }
}
