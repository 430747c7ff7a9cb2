//! Relocate: bytes are copied into the write view and every field gets its value (phase:
//! relocate). The formulas are in `arch`; here is what a value is: a slot, a stub, a GOT entry, an
//! address.

use crate::arch::{self, Inputs, Kind, Machine, Operand};
use crate::batch::{Batch, Entry, PendingId, Value, units_of};
use crate::error::{Error, ErrorKind};
use crate::got::Tables;
use crate::graph::Relocation;
use crate::host::Symbols;
use crate::linker::Selection;
use crate::memory::Region;
use crate::place::TERMINATOR;
use crate::units::{Chunk, ChunkKind, Units};
use crate::unwind::CIE_POINTER;

/// Writes all pending units.
pub(crate) fn run(
    batch: &mut Batch,
    tables: &mut Tables,
    selections: &[Selection<'_>],
    symbols: &Symbols,
) -> Result<(), Error> {
    let mut addresses = std::mem::take(&mut batch.places);
    let result = write_all(batch, &addresses, tables, selections, symbols);
    std::mem::swap(&mut batch.places, &mut addresses);
    result
}

fn write_all(
    batch: &mut Batch,
    addresses: &[usize],
    tables: &mut Tables,
    selections: &[Selection<'_>],
    symbols: &Symbols,
) -> Result<(), Error> {
    let heads: Vec<Head> = batch.pending.iter().map(|it| (it.places, it.entry)).collect();
    for (own, pending) in batch.pending.iter_mut().enumerate() {
        let units = units_of(pending.source, selections, symbols);
        let chunks = units.chunks(pending.root);
        let mut next_value = pending.values as usize;
        for (ordinal, chunk) in chunks.iter().enumerate() {
            let places = &addresses[pending.places as usize..][..chunks.len()];
            let place = places[ordinal];
            let Some(allocation) = pending.allocation(chunk.region) else { continue };
            let offset = place - allocation.address();
            let bytes = &mut allocation.bytes_mut()[offset..];
            let is_last = ordinal + 1 == chunks.len();
            copy(units, chunk, bytes, is_last);
            let bytes = &mut bytes[..chunk.size() as usize];
            if let ChunkKind::Fde(cie) = chunk.kind {
                point_to_cie(bytes, place, places[cie as usize]);
            }
            let values = &batch.values[next_value..][..chunk.relocations.range().len()];
            next_value += values.len();
            let machine = units.blocks.graph.machine;
            let mut writer = Writer {
                own: PendingId(own as u32),
                units,
                machine,
                chunk,
                place,
                bytes,
                tables,
                addresses,
                heads: &heads,
                symbols,
            };
            for ((relocation, _), value) in units.blocks.aimed(chunk.relocations).zip(values) {
                writer.write(relocation, *value).map_err(|error| {
                    let error = units.blocks.locate(error, chunk.section, relocation);
                    error.within(&units.blocks.graph.name)
                })?;
            }
        }
    }
    Ok(())
}

/// Copies a chunk; behind the last unwind record also the zero word that ends the list.
fn copy(units: &Units, chunk: &Chunk, bytes: &mut [u8], is_last: bool) {
    let size = chunk.size() as usize;
    match units.bytes(chunk) {
        [] => bytes[..size].fill(0),
        content => bytes[..size].copy_from_slice(content),
    }
    if is_last && !matches!(chunk.kind, ChunkKind::Block(_)) {
        bytes[size..][..TERMINATOR].fill(0);
    }
}

/// An FDE says how far its CIE is before the field that says so.
fn point_to_cie(bytes: &mut [u8], fde: usize, cie: usize) {
    let field = CIE_POINTER as usize;
    let distance = (fde + field - cie) as u32;
    bytes[field..field + 4].copy_from_slice(&distance.to_le_bytes());
}

/// The place of a unit's first chunk, and how it is entered.
type Head = (u32, Entry);

struct Writer<'a> {
    own: PendingId,
    units: &'a Units,
    machine: Machine,
    chunk: &'a Chunk,
    place: usize,
    bytes: &'a mut [u8],
    tables: &'a mut Tables,
    addresses: &'a [usize],
    heads: &'a [Head],
    symbols: &'a Symbols,
}

impl Writer<'_> {
    fn write(&mut self, relocation: &Relocation, value: Value) -> Result<(), Error> {
        let Some(kind) = arch::lookup(self.machine, relocation.kind) else { return Ok(()) };
        let offset = (relocation.offset - self.chunk.start) as usize;
        let is_code = self.chunk.region == Region::Code;
        let is_branch =
            is_code && arch::is_branch(self.machine, relocation.kind, self.bytes, offset);
        let inside = kind.addend_of_entry(relocation.addend);
        let operand = match value {
            Value::Nothing => return Ok(()),
            Value::ThreadLocal { module, offset } => {
                self.thread_local(kind, module, offset.wrapping_add_signed(inside))?
            }
            Value::Handle => {
                let handle = self.tables.handle()? as u64;
                self.operand(kind, handle)?
            }
            Value::Indirect(_) => {
                let why = "an indirect function without a word: please report this object";
                return Err(Error::new(ErrorKind::Unsupported, why));
            }
            Value::Slot(word) if kind.operand == Operand::GotEntry && is_branch => word as u64,
            Value::Slot(word) => {
                let stub = self.tables.stub_through(word)? as u64;
                self.operand(kind, stub.wrapping_add_signed(inside))?
            }
            Value::Address(address) => self.operand(kind, address.wrapping_add_signed(inside))?,
            Value::Pending { unit, chunk, at } => {
                let (first, entry) = self.heads[unit.0 as usize];
                let mut address = self.addresses[(first + chunk) as usize];
                if chunk == 0 && at == 0 && self.enters(relocation, unit) {
                    address = entry.address(address);
                }
                let address = address as u64;
                self.operand(kind, address.wrapping_add_signed(at).wrapping_add_signed(inside))?
            }
        };
        let place = (self.place + offset) as u64;
        let got = self.tables.base();
        let mut inputs = Inputs { operand, addend: relocation.addend, place, got };
        if (is_branch && kind.folds() || kind.operand == Operand::Call) && !kind.reaches(&inputs) {
            // A weak symbol that nobody defines is 0 and out of reach too: code asks before it
            // calls, and a call that is made all the same ends at address 0, as it does elsewhere.
            let plain = kind.plain_addend(self.machine, is_code).unwrap_or(relocation.addend);
            let target = operand.wrapping_add_signed(relocation.addend.wrapping_sub(plain));
            inputs.operand = self.tables.stub_to(target)? as u64;
            inputs.addend = plain;
        }
        kind.apply(self.bytes, offset, &inputs).map_err(|error| {
            let is_far_data = error.kind() == ErrorKind::OutOfRange
                && is_code
                && kind.is_relative()
                && matches!(value, Value::Address(_));
            match is_far_data {
                true => error.advise("compile with -fPIC, so that code loads far addresses"),
                false => error,
            }
        })
    }

    /// Whether the field refers to the unit as one that is entered. Unwind records and jump tables
    /// mean the bytes.
    fn enters(&self, relocation: &Relocation, unit: PendingId) -> bool {
        let is_block = matches!(self.chunk.kind, ChunkKind::Block(_));
        let is_table = unit == self.own && self.chunk.region != Region::Code;
        is_block && !is_table && self.units.blocks.is_entry(self.chunk.section, relocation)
    }

    /// The address itself, or a GOT entry that holds it.
    fn operand(&mut self, kind: Kind, address: u64) -> Result<u64, Error> {
        match kind.operand {
            Operand::Symbol | Operand::Call | Operand::GotBase | Operand::Size => Ok(address),
            Operand::GotEntry if kind.wants_near_entry() => {
                Ok(self.tables.near_word(address)? as u64)
            }
            Operand::GotEntry => Ok(self.tables.word(address)? as u64),
            _ => Err(Error::new(
                ErrorKind::ThreadLocal,
                "a thread-local relocation of a symbol that is not thread-local",
            )),
        }
    }

    fn thread_local(&mut self, kind: Kind, module: u64, offset: u64) -> Result<u64, Error> {
        if kind.operand.is_from_thread_pointer() {
            self.symbols.check_distance(module, offset)?;
        }
        Ok(match kind.operand {
            Operand::TlsPair => self.tables.pair(module, offset)? as u64,
            Operand::TlsModule => self.tables.pair(module, 0)? as u64,
            Operand::TlsOffsetEntry => {
                self.tables.word(self.symbols.thread_pointer_offset(module, offset))? as u64
            }
            Operand::TlsBlockOffset => offset,
            Operand::TlsOffset => self.symbols.thread_pointer_offset(module, offset),
            Operand::TlsDescriptor => {
                let offset = self.symbols.thread_pointer_offset(module, offset);
                self.tables.descriptor(offset)? as u64
            }
            Operand::Symbol
            | Operand::Call
            | Operand::GotEntry
            | Operand::GotBase
            | Operand::Size => {
                let why = "an ordinary relocation of a thread-local symbol";
                return Err(Error::new(ErrorKind::ThreadLocal, why));
            }
        })
    }
}
