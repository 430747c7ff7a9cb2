//! Noting what a link has sealed, for the index and the tools (phase: seal).

use std::collections::HashMap;

use super::{Code, Known, Spot};
use crate::batch::{Batch, Pending, Role, units_of};
use crate::host::Symbols;
use crate::linker::{Selection, Store};
use crate::memory::Region;
use crate::place::TERMINATOR;
use crate::units::{ChunkKind, Units};

/// The numbers of generations, by symbol.
#[derive(Default)]
pub(crate) struct Generations {
    /// What the link in progress is called by those who asked for it.
    pub(crate) given: Option<u64>,
    linked: HashMap<Box<str>, u64>,
}

impl Generations {
    fn next(&mut self, name: &str) -> u64 {
        if let Some(given) = self.given {
            return given;
        }
        match self.linked.get_mut(name) {
            Some(count) => {
                *count += 1;
                *count
            }
            None => {
                self.linked.insert(name.into(), 1);
                1
            }
        }
    }
}

/// Notes the batch's code; for each pending unit what keeps it noted.
pub(crate) fn note(
    batch: &Batch,
    store: &mut Store,
    selections: &[Selection<'_>],
    symbols: &Symbols,
) -> Vec<Option<Known>> {
    let names: Vec<&str> = selections
        .iter()
        .flat_map(|it| it.functions.iter().map(|index| &*it.split.modules()[*index].name))
        .collect();
    let mut codes = Vec::with_capacity(batch.pending.len());
    let known = batch.pending.iter().map(|pending| {
        pending.code.as_ref()?;
        let units = units_of(pending.source, selections, symbols);
        let name = match pending.role {
            Role::Live(result) => names[result as usize],
            _ => units.blocks.block_name(units.blocks.block(pending.root)),
        };
        let code = Code {
            name: name.into(),
            generation: store.generations.next(name),
            entry: pending.entry.address(batch.places[pending.places as usize]),
            spots: spots(batch, pending, units),
            lines: units.blocks.graph.lines.clone(),
            unwind: (pending.unwind != 0).then(|| (pending.unwind, records(pending, units))),
        };
        let known = Known::new(&store.memory, &code);
        codes.push(code);
        Some(known)
    });
    let known = known.collect();
    store.memory.debug.tell(codes);
    known
}

fn spots(batch: &Batch, pending: &Pending, units: &Units) -> Box<[Spot]> {
    let chunks = units.chunks(pending.root);
    let places = &batch.places[pending.places as usize..][..chunks.len()];
    let code = chunks.iter().zip(places).filter(|(chunk, _)| {
        chunk.region == Region::Code && matches!(chunk.kind, ChunkKind::Block(_))
    });
    let spots = code.map(|(chunk, place)| Spot {
        section: chunk.section.0 as usize,
        start: u64::from(chunk.start),
        end: u64::from(chunk.end),
        address: *place,
    });
    spots.collect()
}

/// Bytes of the unit's unwind records, with the zero word behind them.
fn records(pending: &Pending, units: &Units) -> usize {
    let chunks = units.chunks(pending.root).iter();
    let records = chunks.filter(|chunk| !matches!(chunk.kind, ChunkKind::Block(_)));
    records.map(|chunk| chunk.size() as usize).sum::<usize>() + TERMINATOR
}
