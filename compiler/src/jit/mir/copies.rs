//! Copies of scalars are not read where what they were copied from is still there; then nobody needs them.
//!
//! Only within a block, where it is plain what was written in between.

use std::collections::HashMap;

use super::visit::{self, Role};
use super::{Base, Function, LocalId, Operand, Place, Scalar, Statement, Value, size_of};
use crate::jit::codegen::fields;

/// Reads what was copied instead of the copy. Says whether anything changed.
pub(super) fn propagate(function: &mut Function) -> bool {
    let addressed = fields::addressed(function);
    let mut changed = false;
    for block in &mut function.blocks {
        let mut known = Known { copies: HashMap::new(), addressed: &addressed, changed: false };
        for (statement, _) in &mut block.statements {
            visit::each_operand_mut(statement, &mut |operand| known.replace(operand));
            visit::in_statement(statement, &mut |_: Role, place: &mut Place, _: u64| {
                known.replace_pointer(place);
            });
            known.learn(statement);
        }
        let end = &mut block.end.0;
        visit::each_operand_of_end_mut(end, &mut |operand| known.replace(operand));
        visit::in_end(end, &mut |_: Role, place: &mut Place, _: u64| known.replace_pointer(place));
        changed |= known.changed;
    }
    changed
}

/// What is in fields of locals whose addresses nobody has: a constant, or what is in another such field.
struct Known<'a> {
    copies: HashMap<(LocalId, u64), (Scalar, Operand)>,
    addressed: &'a [bool],
    changed: bool,
}

impl Known<'_> {
    fn replace(&mut self, operand: &mut Operand) {
        if let Operand::Load(scalar, Place { base: Base::Local(local), offset }) = operand
            && let Some((known, source)) = self.copies.get(&(*local, *offset))
            && known == scalar
        {
            *operand = source.clone();
            self.changed = true;
        }
    }

    /// What is behind a copied pointer is behind the pointer that it was copied from.
    fn replace_pointer(&mut self, place: &mut Place) {
        if let Base::Behind(pointer) = place.base
            && let Some((Scalar::Pointer, Operand::Load(_, source))) =
                self.copies.get(&(pointer, 0))
            && let Place { base: Base::Local(original), offset: 0 } = source
        {
            place.base = Base::Behind(*original);
            self.changed = true;
        }
    }

    fn learn(&mut self, statement: &mut Statement) {
        visit::in_statement(statement, &mut |role: Role, place: &mut Place, size: u64| {
            if let (Role::Written, Base::Local(local)) = (role, place.base) {
                self.forget(local, place.offset, size);
            }
        });
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
            self.copies.insert((local, place.offset), (*scalar, operand.clone()));
        }
    }

    /// These bytes were written: nothing is known of them, nor of what was copied from them.
    fn forget(&mut self, local: LocalId, offset: u64, size: u64) {
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
