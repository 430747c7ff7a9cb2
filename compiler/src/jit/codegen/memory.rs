//! Places: reading, writing, copying, whether they are in registers or in memory.

use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, Type, types};

use super::super::mir::{Base, LocalId, Place, Scalar, size_of};
use super::function::{Location, Translator};
use super::signature::type_of;

/// Copies and fills of at most so many bytes are written out.
pub(super) const WRITTEN_OUT: u64 = 128;

pub(super) fn place_of(local: LocalId, offset: u64) -> Place {
    Place { base: Base::Local(local), offset }
}

/// A place as code reaches it.
#[derive(Clone, Copy, Debug)]
enum Reached {
    Fields(LocalId, u64),
    Memory(ir::Value, u64),
}

/// Accesses do not trap, as far as the optimiser is concerned: one that nobody needs may go.
fn flags() -> MemFlagsData {
    let mut flags = MemFlagsData::new();
    flags.set_notrap();
    flags
}

impl Translator<'_, '_> {
    fn reach(&mut self, place: Place) -> Result<Reached, String> {
        match place.base {
            Base::Local(local) => match self.locations[local.0 as usize] {
                Location::Fields(_) => Ok(Reached::Fields(local, place.offset)),
                Location::At(address) => Ok(Reached::Memory(address, place.offset)),
                Location::Slot(slot) => {
                    let address = self.builder.ins().stack_addr(types::I64, slot, 0);
                    Ok(Reached::Memory(address, place.offset))
                }
            },
            Base::Behind(local) => {
                let address = self.read(Scalar::Pointer, place_of(local, 0))?;
                Ok(Reached::Memory(address, place.offset))
            }
        }
    }

    /// An address and an offset that fits into an instruction.
    fn offset(&mut self, address: ir::Value, offset: u64) -> (ir::Value, i32) {
        match i32::try_from(offset) {
            Ok(offset) => (address, offset),
            Err(_) => (self.builder.ins().iadd_imm_s(address, offset as i64), 0),
        }
    }

    pub(super) fn load(&mut self, ty: Type, address: ir::Value, offset: u64) -> ir::Value {
        let (address, offset) = self.offset(address, offset);
        self.builder.ins().load(ty, flags(), address, offset)
    }

    pub(super) fn store(&mut self, value: ir::Value, address: ir::Value, offset: u64) {
        let (address, offset) = self.offset(address, offset);
        self.builder.ins().store(flags(), value, address, offset);
    }

    /// The address of a place in memory.
    pub(super) fn address(&mut self, place: Place) -> Result<ir::Value, String> {
        match self.reach(place)? {
            Reached::Memory(address, 0) => Ok(address),
            Reached::Memory(address, offset) => {
                Ok(self.builder.ins().iadd_imm_s(address, offset as i64))
            }
            Reached::Fields(local, _) => Err(format!("the address of local {}", local.0)),
        }
    }

    pub(super) fn is_in_memory(&self, place: Place) -> bool {
        match place.base {
            Base::Local(local) => !matches!(self.locations[local.0 as usize], Location::Fields(_)),
            Base::Behind(_) => true,
        }
    }

    fn field(
        &self,
        local: LocalId,
        offset: u64,
        size: u64,
    ) -> Result<(Scalar, cranelift_frontend::Variable), String> {
        let Location::Fields(fields) = &self.locations[local.0 as usize] else {
            return Err(format!("local {} is in memory", local.0));
        };
        fields
            .iter()
            .find(|(at, scalar, _)| *at == offset && size_of(*scalar) == size)
            .map(|(_, scalar, variable)| (*scalar, *variable))
            .ok_or_else(|| format!("local {} has no field at {offset}", local.0))
    }

    /// The same bits as another type of the same size.
    pub(super) fn same_bits(&mut self, value: ir::Value, to: Type) -> ir::Value {
        if self.builder.func.dfg.value_type(value) == to {
            return value;
        }
        let little = MemFlagsData::new().with_endianness(ir::Endianness::Little);
        self.builder.ins().bitcast(to, little, value)
    }

    pub(super) fn read(&mut self, scalar: Scalar, place: Place) -> Result<ir::Value, String> {
        match self.reach(place)? {
            Reached::Memory(address, offset) => Ok(self.load(type_of(scalar), address, offset)),
            Reached::Fields(local, offset) => {
                let (_, variable) = self.field(local, offset, size_of(scalar))?;
                let value = self.builder.use_var(variable);
                Ok(self.same_bits(value, type_of(scalar)))
            }
        }
    }

    pub(super) fn write(
        &mut self,
        scalar: Scalar,
        place: Place,
        value: ir::Value,
    ) -> Result<(), String> {
        match self.reach(place)? {
            Reached::Memory(address, offset) => self.store(value, address, offset),
            Reached::Fields(local, offset) => {
                let (known, variable) = self.field(local, offset, size_of(scalar))?;
                let value = self.same_bits(value, type_of(known));
                self.builder.def_var(variable, value);
            }
        }
        Ok(())
    }

    /// The fields of a local in a range; none where it is in memory.
    fn fields_within(
        &self,
        local: LocalId,
        from: u64,
        size: u64,
    ) -> Vec<(u64, Scalar, cranelift_frontend::Variable)> {
        let Location::Fields(fields) = &self.locations[local.0 as usize] else {
            return Vec::new();
        };
        let is_inside =
            |offset: u64, scalar| offset >= from && offset + size_of(scalar) <= from + size;
        fields.iter().filter(|(offset, scalar, _)| is_inside(*offset, *scalar)).copied().collect()
    }

    /// Loads a part of a local from memory, if it lives in registers.
    pub(super) fn load_fields(&mut self, local: LocalId, from: u64, address: ir::Value, size: u64) {
        for (offset, scalar, variable) in self.fields_within(local, from, size) {
            let value = self.load(type_of(scalar), address, offset - from);
            self.builder.def_var(variable, value);
        }
    }

    /// Stores a part of a local to memory, if it lives in registers.
    pub(super) fn store_fields(
        &mut self,
        local: LocalId,
        from: u64,
        address: ir::Value,
        size: u64,
    ) {
        for (offset, _, variable) in self.fields_within(local, from, size) {
            let value = self.builder.use_var(variable);
            self.store(value, address, offset - from);
        }
    }

    pub(super) fn copy(
        &mut self,
        to: Place,
        from: Place,
        size: u64,
        align: u64,
    ) -> Result<(), String> {
        if size == 0 || to == from {
            return Ok(());
        }
        match (self.reach(to)?, self.reach(from)?) {
            (Reached::Memory(to, to_offset), Reached::Memory(from, from_offset)) => {
                self.copy_memory((to, to_offset), (from, from_offset), size, align)?;
            }
            (Reached::Memory(to, to_offset), Reached::Fields(local, offset)) => {
                let to = self.builder.ins().iadd_imm_s(to, to_offset as i64);
                self.store_fields(local, offset, to, size);
            }
            (Reached::Fields(local, offset), Reached::Memory(from, from_offset)) => {
                let from = self.builder.ins().iadd_imm_s(from, from_offset as i64);
                self.load_fields(local, offset, from, size);
            }
            (Reached::Fields(to, to_offset), Reached::Fields(from, from_offset)) => {
                let mut values = Vec::new();
                for (offset, scalar, variable) in self.fields_within(from, from_offset, size) {
                    values.push((offset - from_offset, scalar, self.builder.use_var(variable)));
                }
                for (offset, scalar, value) in values {
                    self.write(scalar, place_of(to, to_offset + offset), value)?;
                }
            }
        }
        Ok(())
    }

    /// All of a small value is loaded before anything is stored: the two may be the same.
    pub(super) fn copy_memory(
        &mut self,
        to: (ir::Value, u64),
        from: (ir::Value, u64),
        size: u64,
        align: u64,
    ) -> Result<(), String> {
        if size > WRITTEN_OUT {
            let to = self.builder.ins().iadd_imm_s(to.0, to.1 as i64);
            let from = self.builder.ins().iadd_imm_s(from.0, from.1 as i64);
            let size = self.builder.ins().iconst(types::I64, size as i64);
            self.library("memcpy", &[types::I64; 3], &[types::I64], &[to, from, size])?;
            return Ok(());
        }
        // What was just written in parts is not read in larger ones: the processor would wait for the memory.
        let largest = if align >= 4 && size <= 8 * align { align } else { LARGEST };
        let chunks = chunks(size, largest);
        let load = |(ty, at)| (self.load(ty, from.0, from.1 + at), at);
        let values: Vec<_> = chunks.into_iter().map(load).collect();
        for (value, at) in values {
            self.store(value, to.0, to.1 + at);
        }
        Ok(())
    }

    /// Writes the same byte so many times.
    pub(super) fn fill(&mut self, to: ir::Value, byte: u8, size: u64) {
        let bytes = i64::from_ne_bytes([byte; 8]);
        for (ty, at) in chunks(size, LARGEST) {
            let value = match ty {
                types::I8X16 => {
                    let byte = self.builder.ins().iconst(types::I8, i64::from(byte));
                    self.builder.ins().splat(types::I8X16, byte)
                }
                _ => self.builder.ins().iconst(ty, bytes & (u64::MAX >> (64 - ty.bits())) as i64),
            };
            self.store(value, to, at);
        }
    }
}

/// What one instruction moves, in bytes.
const LARGEST: u64 = 16;

/// Cuts so many bytes into what one instruction moves: types and offsets.
fn chunks(size: u64, largest: u64) -> Vec<(Type, u64)> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < size {
        let types = [types::I8X16, types::I64, types::I32, types::I16, types::I8];
        let fits = |ty: &Type| u64::from(ty.bytes()) <= largest.min(size - at);
        let ty = types.into_iter().find(fits).unwrap_or(types::I8);
        all.push((ty, at));
        at += u64::from(ty.bytes());
    }
    all
}
