//! Noting what a link has sealed, for the index and the tools (phase: seal).

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use super::{Code, Known, Spot};
use crate::batch::{Batch, Pending, Role, units_of};
use crate::host::Symbols;
use crate::linker::{Selection, Store};
use crate::memory::Region;
use crate::place::TERMINATOR;
use crate::units::{Chunk, ChunkKind, Units};

/// The numbers of generations, by symbol.
#[derive(Default)]
pub(crate) struct Generations {
    /// What the link in progress is called by those who asked for it.
    pub(crate) given: Option<u64>,
    linked: HashMap<Arc<str>, u64>,
}

impl Generations {
    fn next(&mut self, name: &Arc<str>) -> u64 {
        if let Some(given) = self.given {
            return given;
        }
        match self.linked.get_mut(name) {
            Some(count) => {
                *count += 1;
                *count
            }
            None => {
                self.linked.insert(Arc::clone(name), 1);
                1
            }
        }
    }
}

/// Notes the batch's code, whose results have these names; for each pending unit what keeps it noted.
pub(crate) fn note(
    batch: &Batch,
    store: &mut Store,
    selections: &[Selection<'_>],
    symbols: &Symbols,
    names: &[Arc<str>],
) -> Vec<Option<Known>> {
    let mut codes = Vec::with_capacity(batch.pending.len());
    let known = batch.pending.iter().map(|pending| {
        pending.code.as_ref()?;
        let units = units_of(pending.source, selections, symbols);
        let name = match pending.role {
            Role::Live(result) => Arc::clone(&names[result as usize]),
            _ => units.blocks.block_name(units.blocks.block(pending.root)).into(),
        };
        let mut spots = spots(batch, pending, units);
        let code = Code {
            generation: store.generations.next(&name),
            name,
            entry: pending.entry.address(batch.places[pending.places as usize]),
            first: spots.next()?,
            rest: spots.collect(),
            lines: units.blocks.graph.lines.clone(),
            unwind: NonZeroUsize::new(pending.unwind).map(|it| (it, records(pending, units))),
        };
        let known = Known::new(&store.memory, &code);
        codes.push(code);
        Some(known)
    });
    let known = known.collect();
    store.memory.debug.tell(codes);
    known
}

fn spots<'a>(
    batch: &'a Batch,
    pending: &Pending,
    units: &'a Units,
) -> impl Iterator<Item = Spot> + use<'a> {
    let chunks = units.chunks(pending.root);
    let places = &batch.places[pending.places as usize..][..chunks.len()];
    let code = chunks.iter().zip(places).filter(|(chunk, _)| {
        chunk.region == Region::Code && matches!(chunk.kind, ChunkKind::Block(_))
    });
    code.map(|(chunk, place)| Spot {
        section: chunk.section.0,
        start: chunk.start,
        end: chunk.end,
        address: *place,
    })
}

/// Bytes of the unit's unwind records, with the zero word behind them.
fn records(pending: &Pending, units: &Units) -> u32 {
    let chunks = units.chunks(pending.root).iter();
    let records = chunks.filter(|chunk| !matches!(chunk.kind, ChunkKind::Block(_)));
    records.map(Chunk::size).sum::<u32>() + TERMINATOR as u32
}
