//! Which blocks belong to one function: its exception table, its jump tables, its outlined cold code
//! (phase: split). They become parts of the function's unit: placed, swapped and reclaimed with it.
//!
//! Pointing into the inside of a live function is how such a block is recognised, and nobody else
//! may do it: the inside is one generation's, and whoever holds on to it would miss the swap.

use std::collections::BTreeMap;

use crate::arch::{self, Kind};
use crate::blocks::{Block, BlockKind, Blocks, Target};
use crate::error::{Error, ErrorKind};
use crate::graph::{SectionId, SymbolKind};
use crate::runs::is_identifier;

/// The text section that a data or cold section belongs to, where it belongs to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    None,
    Section(SectionId),
    Several,
}

/// Marks the blocks that are parts.
pub(crate) fn find(blocks: &mut Blocks) -> Result<(), Error> {
    blocks.find_parts()
}

impl Blocks {
    /// Finds the blocks that are parts of one function: its jump tables, its outlined cold code,
    /// its exception table.
    fn find_parts(&mut self) -> Result<(), Error> {
        for frame in &self.frames.frames {
            for target in &self.targets[frame.fde.relocations.range()] {
                let Target::Block { block, .. } = *target else { continue };
                let block = &mut self.blocks[block.0 as usize];
                if block.kind == BlockKind::ReadOnly {
                    block.kind = BlockKind::Part;
                }
            }
        }
        let mut owners = vec![Owner::None; self.graph.sections.len()];
        for index in 0..self.blocks.len() {
            self.claim(&self.blocks[index], &mut owners);
        }
        self.claim_cold_code(&mut owners);
        for index in 0..self.blocks.len() {
            self.check_claims(&self.blocks[index], &mut owners)?;
        }
        for block in &mut self.blocks {
            if matches!(owners[block.section.0 as usize], Owner::Section(_)) {
                block.kind = BlockKind::Part;
            }
        }
        Ok(())
    }

    /// Records that `block` belongs to the function whose inside it points into.
    fn claim(&self, block: &Block, owners: &mut [Owner]) {
        if !matches!(block.kind, BlockKind::Text | BlockKind::ReadOnly) {
            return;
        }
        // Entries of a registry belong together, not to what they point into.
        if is_identifier(self.graph.section_name(block.section)) {
            return;
        }
        for (relocation, target) in self.aimed(block.relocations) {
            let Target::Block { block: to, .. } = target else { continue };
            let to = self.block(to);
            if to.kind != BlockKind::Text || to.section == block.section {
                continue;
            }
            let symbol = self.graph.symbol(relocation.symbol);
            let is_table = block.kind == BlockKind::ReadOnly && symbol.kind == SymbolKind::Section;
            let kind = arch::lookup(self.graph.machine, relocation.kind);
            let relative = kind.is_some_and(Kind::is_relative);
            let is_table = is_table && (relative || relocation.addend != 0);
            if is_table || self.live_in[to.section.0 as usize].is_some() {
                let owner = &mut owners[block.section.0 as usize];
                let is_live = |section: SectionId| self.live_in[section.0 as usize].is_some();
                *owner = match *owner {
                    // A live function is nobody's part.
                    _ if is_live(block.section) => Owner::Several,
                    Owner::None => Owner::Section(to.section),
                    Owner::Section(same) if same == to.section => *owner,
                    // The cases of a switch may be in the function and in its outlined cold code.
                    Owner::Section(known) if is_table && !is_live(to.section) => {
                        Owner::Section(known)
                    }
                    Owner::Section(known) if is_table && !is_live(known) => {
                        Owner::Section(to.section)
                    }
                    _ => Owner::Several,
                };
            }
        }
    }

    /// Cold code that jumps nowhere into its function is known by the function's jump table, which
    /// points into both; it is the function's unless something else refers to it as well.
    fn claim_cold_code(&self, owners: &mut [Owner]) {
        let mut cold = BTreeMap::new();
        for block in self.blocks.iter().filter(|block| block.kind == BlockKind::ReadOnly) {
            let Owner::Section(owner) = owners[block.section.0 as usize] else { continue };
            if self.live_in[owner.0 as usize].is_none() {
                continue;
            }
            for section in self.text_targets(block) {
                if section != owner && owners[section.0 as usize] == Owner::None {
                    cold.insert(section, owner);
                }
            }
        }
        if cold.is_empty() {
            return;
        }
        for block in &self.blocks {
            let from = owners[block.section.0 as usize];
            for section in self.text_targets(block) {
                let is_other = |owner: &SectionId| {
                    ![section, *owner].contains(&block.section) && from != Owner::Section(*owner)
                };
                if cold.get(&section).is_some_and(is_other) {
                    cold.remove(&section);
                }
            }
        }
        for (section, owner) in cold {
            owners[section.0 as usize] = Owner::Section(owner);
        }
    }

    /// The text sections of private code that a block refers to.
    fn text_targets(&self, block: &Block) -> impl Iterator<Item = SectionId> {
        self.aimed(block.relocations).filter_map(|(_, target)| match target {
            Target::Block { block, .. } => {
                let to = self.block(block);
                let is_private = self.live_in[to.section.0 as usize].is_none();
                (to.kind == BlockKind::Text && is_private).then_some(to.section)
            }
            _ => None,
        })
    }

    /// A part of a live function may be referred to by that function and its other parts only.
    fn check_claims(&self, block: &Block, owners: &mut [Owner]) -> Result<(), Error> {
        let from = block.section;
        for (relocation, target) in self.aimed(block.relocations) {
            let Target::Block { block: to, .. } = target else { continue };
            let to = self.block(to).section;
            let into_live = self.live_in[to.0 as usize].is_some();
            let own = |owner: Owner, section| from == section || owner == Owner::Section(section);
            let wrong = match owners[to.0 as usize] {
                _ if into_live => !own(owners[from.0 as usize], to),
                Owner::Section(owner) if from != to && !own(owners[from.0 as usize], owner) => {
                    // Shared by others: then it is data like any other, if its function is private.
                    let live = self.live_in[owner.0 as usize].is_some();
                    if !live {
                        owners[to.0 as usize] = Owner::None;
                    }
                    live
                }
                _ => false,
            };
            if wrong {
                let why = "a reference into the inside of a live function from outside it; compile \
                           with -ffunction-sections and -fdata-sections";
                return Err(self.locate(Error::new(ErrorKind::Ambiguous, why), from, relocation));
            }
        }
        Ok(())
    }
}
