//! The link map: where the pieces of objects went (after phase: seal). Kept for programs in another
//! address space only, whose image somebody else has to make sense of.

use std::ops::Range;

use crate::batch::{Batch, units_of};
use crate::host::Symbols;
use crate::linker::Selection;
use crate::units::ChunkKind;

/// Where a run of an object's bytes was placed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Placement {
    /// The object, as it was called when it was parsed, or archive(member).
    pub object: String,
    /// Index of the section in the object. Tentative (common) definitions have none; theirs are
    /// beyond the object's sections.
    pub section: usize,
    /// The section's name.
    pub section_name: String,
    /// The symbol at the start of these bytes, if one names them.
    pub symbol: Option<String>,
    /// Which bytes of the section.
    pub range: Range<usize>,
    /// Where they are.
    pub address: u64,
}

/// The placements of the batch.
pub(crate) fn of<'a>(
    batch: &'a Batch,
    selections: &'a [Selection<'a>],
    symbols: &'a Symbols,
) -> impl Iterator<Item = Placement> + 'a {
    batch.pending.iter().flat_map(move |pending| {
        let units = units_of(pending.source, selections, symbols);
        let (blocks, graph) = (&units.blocks, &units.blocks.graph);
        let places = &batch.places[pending.places as usize..];
        units.chunks(pending.root).iter().zip(places).map(move |(chunk, address)| {
            let symbol = match chunk.kind {
                ChunkKind::Block(id) => blocks.block(id).symbol,
                ChunkKind::Cie | ChunkKind::Fde(_) => None,
            };
            Placement {
                object: graph.name.to_string(),
                section: chunk.section.0 as usize,
                section_name: graph.section_name(chunk.section).to_owned(),
                symbol: symbol.map(|symbol| graph.symbol_name(symbol).to_owned()),
                range: chunk.start as usize..chunk.end as usize,
                address: *address as u64,
            }
        })
    })
}
