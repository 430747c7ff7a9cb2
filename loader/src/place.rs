//! Place: every unit of the batch gets its ranges, and every chunk its address (phase: place).
//!
//! A unit's code chunks are packed into one range of the code window, its read-only chunks and its
//! `.eh_frame` into one of the read-only window. The ranges belong to the pending units: if a
//! later step fails, dropping them gives everything back.

use std::sync::Arc;

use crate::arch;
use crate::batch::{Batch, Entry, PendingId, units_of};
use crate::error::{Error, ErrorKind};
use crate::host::Symbols;
use crate::linker::Selection;
use crate::memory::{Allocation, Memory, Region};
use crate::units::{Chunk, ChunkKind};

/// Records of `.eh_frame` are laid out back to back from an address aligned like this.
const RECORDS: usize = 8;
/// The zero word that ends an `.eh_frame`.
pub(crate) const TERMINATOR: usize = 4;

/// Running size and alignment of one range.
#[derive(Clone, Copy)]
struct Layout {
    size: usize,
    align: usize,
}

impl Layout {
    fn push(&mut self, size: usize, align: usize) -> usize {
        let at = self.size.next_multiple_of(align);
        self.size = at + size;
        self.align = self.align.max(align);
        at
    }
}

/// Places all pending units.
pub(crate) fn run(
    batch: &mut Batch,
    memory: &Arc<Memory>,
    selections: &[Selection<'_>],
    symbols: &Symbols,
) -> Result<(), Error> {
    place_runs(batch, memory, selections, symbols)?;
    for pending in &mut batch.pending {
        if pending.read_only.is_some() || pending.data.is_some() {
            continue; // Part of a run.
        }
        let units = units_of(pending.source, selections, symbols);
        let chunks = units.chunks(pending.root);
        let places = &mut batch.places[pending.places as usize..][..chunks.len()];
        for region in [Region::Code, Region::ReadOnly, Region::Data] {
            let (layout, unwind) = lay_out(chunks, places, region, pending.entry, memory.lead());
            if layout.size == 0 && !chunks.iter().any(|chunk| chunk.region == region) {
                continue;
            }
            let allocation = allocate(memory, region, layout)
                .map_err(|error| units.blocks.locate_block(error, pending.root))?;
            let base = allocation.address();
            for (chunk, place) in chunks.iter().zip(places.iter_mut()) {
                if chunk.region == region {
                    *place += base;
                }
            }
            match region {
                Region::Code => pending.code = Some(allocation),
                Region::ReadOnly => {
                    pending.unwind = unwind.map_or(0, |offset| base + offset);
                    pending.read_only = Some(allocation);
                }
                Region::Data => pending.data = Some(allocation),
            }
        }
    }
    Ok(())
}

/// Gives each run one range, back to back, and each of its members its piece.
fn place_runs(
    batch: &mut Batch,
    memory: &Arc<Memory>,
    selections: &[Selection<'_>],
    symbols: &Symbols,
) -> Result<(), Error> {
    let Batch { runs, pending, places, .. } = batch;
    for run in runs {
        let chunk = |unit: &PendingId| {
            let it = &pending[unit.0 as usize];
            units_of(it.source, selections, symbols).chunks(it.root)[0]
        };
        let chunks: Vec<Chunk> = run.members.iter().map(chunk).collect();
        let region = chunks[0].region;
        if chunks.iter().any(|chunk| chunk.region != region) {
            let why = format!("section {} is constant in one place and not in another", run.name);
            return Err(Error::new(ErrorKind::Unsupported, why));
        }
        let mut layout = Layout { size: 0, align: 1 };
        let starts: Vec<usize> = chunks
            .iter()
            .map(|chunk| layout.push(chunk.size() as usize, chunk.align as usize))
            .collect();
        let mut rest = allocate(memory, region, layout)
            .map_err(|error| error.within(&format!("section {}", run.name)))?;
        let base = rest.address();
        for (index, unit) in run.members.iter().enumerate().rev() {
            let pending = &mut pending[unit.0 as usize];
            places[pending.places as usize] = base + starts[index];
            let (before, own) = rest.divide(starts[index]);
            rest = before;
            match region {
                Region::Data => pending.data = Some(own),
                _ => pending.read_only = Some(own),
            }
        }
    }
    Ok(())
}

/// Offsets of the region's chunks in its range, and that of the `.eh_frame` if there is one.
fn lay_out(
    chunks: &[Chunk],
    places: &mut [usize],
    region: Region,
    entry: Entry,
    lead: usize,
) -> (Layout, Option<usize>) {
    let has_code = region == Region::Code && chunks.iter().any(|chunk| chunk.region == region);
    let mut layout = Layout { size: if has_code { lead } else { 0 }, align: 1 };
    if region == Region::Code && entry == Entry::Checked {
        // The root comes next, and the check ends where it begins.
        layout.push(arch::CHECK, 1);
    }
    let mut unwind = None;
    for (chunk, place) in chunks.iter().zip(places.iter_mut()) {
        if chunk.region != region {
            continue;
        }
        let is_record = !matches!(chunk.kind, ChunkKind::Block(_));
        let align = match is_record && unwind.is_none() {
            true => RECORDS,
            false => chunk.align as usize,
        };
        *place = layout.push(chunk.size() as usize, align);
        if is_record {
            unwind.get_or_insert(*place);
        }
    }
    if unwind.is_some() {
        layout.push(TERMINATOR, 1);
    }
    (layout, unwind)
}

fn allocate(memory: &Arc<Memory>, region: Region, layout: Layout) -> Result<Allocation, Error> {
    let size = u32::try_from(layout.size).map_err(|_| {
        Error::new(ErrorKind::WindowFull, format!("a unit of {} bytes is over 4 GiB", layout.size))
    })?;
    memory.allocate(region, size, layout.align as u32)
}
