//! Copies of scalars are not read where what they were copied from is still there; then nobody needs them. What is
//! behind a pointer that was just computed from another is so many bytes behind that one, or in a local; and what is
//! computed from constants is one (`fold`).
//!
//! Only within a block, where it is plain what was written in between.

use std::collections::HashMap;

use super::visit::{self, Role};
use super::{
    Base, Binary, Function, LocalId, Operand, Place, Scalar, Statement, Value, fold, size_of,
};
use crate::jit::codegen::fields;

/// Reads what was copied instead of the copy. Says whether anything changed.
pub(super) fn propagate(function: &mut Function) -> bool {
    let addressed = fields::addressed(function);
    let sizes: Vec<u64> = function.locals.iter().map(|local| local.layout.size).collect();
    let mut known = Known {
        copies: HashMap::new(),
        pointers: HashMap::new(),
        noted: vec![usize::MAX; sizes.len()],
        block: 0,
        addressed: &addressed,
        sizes: &sizes,
        changed: false,
    };
    for (index, block) in function.blocks.iter_mut().enumerate() {
        known.begin(index);
        for (statement, _) in &mut block.statements {
            visit::each_operand_mut(statement, &mut |operand| known.replace(operand));
            visit::in_statement(statement, &mut |_: Role, place: &mut Place, size: u64| {
                known.replace_pointer(place, size);
            });
            known.fold(statement);
            known.learn(statement);
        }
        let end = &mut block.end.0;
        visit::each_operand_of_end_mut(end, &mut |operand| known.replace(operand));
        visit::in_end(end, &mut |_: Role, place: &mut Place, size: u64| {
            known.replace_pointer(place, size);
        });
    }
    known.changed
}

const POINTER: u64 = 8;

/// What is in fields of locals whose addresses nobody has: a constant, or what is in another such field.
struct Known<'a> {
    copies: HashMap<(LocalId, u64), (Scalar, Operand)>,
    /// Of which place the pointer at the begin of a local is the address.
    pointers: HashMap<LocalId, Place>,
    /// The block in which something was last noted of each local. Of most of them nothing ever is, and then nothing need
    /// be looked for.
    noted: Vec<usize>,
    block: usize,
    addressed: &'a [bool],
    sizes: &'a [u64],
    changed: bool,
}

impl Known<'_> {
    /// At the begin of a block nothing is known.
    fn begin(&mut self, block: usize) {
        self.copies.clear();
        self.pointers.clear();
        self.block = block;
    }

    fn note(&mut self, local: LocalId) {
        self.noted[local.0 as usize] = self.block;
    }

    fn is_noted(&self, local: LocalId) -> bool {
        self.noted[local.0 as usize] == self.block
    }

    fn replace(&mut self, operand: &mut Operand) {
        if let Operand::Load(scalar, Place { base: Base::Local(local), offset }) = operand
            && self.is_noted(*local)
            && let Some((known, source)) = self.copies.get(&(*local, *offset))
            && known == scalar
        {
            *operand = source.clone();
            self.changed = true;
        }
    }

    /// What is behind a copied pointer is behind the pointer that it was copied from.
    fn replace_pointer(&mut self, place: &mut Place, size: u64) {
        let Base::Behind(pointer) = place.base else { return };
        if !self.is_noted(pointer) {
            return;
        }
        if let Some((Scalar::Pointer, Operand::Load(_, source))) = self.copies.get(&(pointer, 0))
            && let Place { base: Base::Local(original), offset: 0 } = source
        {
            place.base = Base::Behind(*original);
            self.changed = true;
        }
        if let Some(behind) = self.behind(*place, size)
            && behind != *place
        {
            *place = behind;
            self.changed = true;
        }
    }

    /// Where a place is by what is known of the pointer that it is behind: in a local only if it fits.
    fn behind(&self, place: Place, size: u64) -> Option<Place> {
        let Base::Behind(pointer) = place.base else { return Some(place) };
        let Some(known) = self.pointers.get(&pointer) else { return Some(place) };
        let offset = known.offset.checked_add(place.offset)?;
        let fits = match known.base {
            Base::Local(local) => offset.checked_add(size)? <= self.sizes[local.0 as usize],
            Base::Behind(_) => true,
        };
        fits.then_some(Place { base: known.base, offset })
    }

    /// Of which place a value is the address.
    fn address(&self, value: &Value) -> Option<Place> {
        match value {
            Value::AddressOf(place) => self.behind(*place, 0),
            Value::Use(operand) => self.after(operand, 0),
            Value::Binary(Binary::Add, operand, Operand::Constant(_, by)) => {
                self.after(operand, u64::try_from(*by).ok()?)
            }
            _ => None,
        }
    }

    /// The place so many bytes after where a pointer points to.
    fn after(&self, operand: &Operand, offset: u64) -> Option<Place> {
        let Operand::Load(_, Place { base: Base::Local(pointer), offset: 0 }) = operand else {
            return None;
        };
        // What is subtracted is a large number that is added.
        i64::try_from(offset).ok()?;
        self.behind(Place { base: Base::Behind(*pointer), offset }, 0)
    }

    fn fold(&mut self, statement: &mut Statement) {
        if let Statement::Set(scalar, _, value) = statement
            && let Some(folded) = fold::folded(*scalar, value)
        {
            *value = folded;
            self.changed = true;
        }
    }

    /// Takes in of which place a pointer that is written now is the address.
    fn learn_pointer(&mut self, to: LocalId, address: Place) {
        let lasts = match address.base {
            Base::Local(_) => true,
            Base::Behind(pointer) => pointer != to && !self.addressed[pointer.0 as usize],
        };
        if lasts && !self.addressed[to.0 as usize] {
            self.note(to);
            if let Base::Behind(pointer) = address.base {
                self.note(pointer);
            }
            self.pointers.insert(to, address);
        }
    }

    fn learn(&mut self, statement: &Statement) {
        let address = match statement {
            Statement::Set(scalar, Place { base: Base::Local(local), offset: 0 }, value)
                if size_of(*scalar) == POINTER =>
            {
                self.address(value).map(|address| (*local, address))
            }
            _ => None,
        };
        for (place, size) in visit::written(statement) {
            if let Base::Local(local) = place.base {
                self.forget(local, place.offset, size);
            }
        }
        if let Some((local, address)) = address {
            self.learn_pointer(local, address);
        }
        let Statement::Set(scalar, place, Value::Use(operand)) = statement else { return };
        let Base::Local(local) = place.base else { return };
        let is_kept = match operand {
            Operand::Constant(of, _) => of == scalar,
            Operand::Load(of, Place { base: Base::Local(source), .. }) => {
                of == scalar && *source != local && !self.addressed[source.0 as usize]
            }
            _ => false,
        };
        if is_kept && !self.addressed[local.0 as usize] {
            self.note(local);
            if let Operand::Load(_, Place { base: Base::Local(source), .. }) = operand {
                self.note(*source);
            }
            self.copies.insert((local, place.offset), (*scalar, operand.clone()));
        }
    }

    /// These bytes were written: nothing is known of them, nor of what was copied from them.
    fn forget(&mut self, local: LocalId, offset: u64, size: u64) {
        if !self.is_noted(local) {
            return;
        }
        if offset < POINTER {
            self.pointers.retain(|to, from| *to != local && from.base != Base::Behind(local));
        }
        let touches = |owner: LocalId, at: u64, scalar: Scalar| {
            owner == local && at < offset + size && at + size_of(scalar) > offset
        };
        self.copies.retain(|(owner, at), (scalar, source)| {
            let from = match source {
                Operand::Load(_, Place { base: Base::Local(from), offset }) => {
                    touches(*from, *offset, *scalar)
                }
                _ => false,
            };
            !from && !touches(*owner, *at, *scalar)
        });
    }
}

#[cfg(test)]
mod tests;
