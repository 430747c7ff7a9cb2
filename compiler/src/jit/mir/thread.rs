//! Branches on what the block before has just decided are gone through at once: an iterator's `next` that was
//! inlined says `Some` in one block and `None` in another, and both lead to the block that asks which.

use std::collections::HashMap;

use super::verify::{is_float, size_of};
use super::visit::{self, Role};
use super::{
    Base, Binary, BlockId, Cast, Compare, End, Function, LocalId, Operand, Place, Scalar,
    Statement, Unary, Value,
};
use crate::jit::codegen::fields;

/// A block that is gone through by a copy has at most so many statements.
const COPIED: usize = 16;
/// A function does not grow by more than this many statements.
const GROWTH: usize = 400;

/// Joins blocks that follow each other only, and goes through decided branches.
pub(crate) fn thread(function: &mut Function) {
    let mut room = GROWTH;
    // Each round but the last copies a block, and has less room.
    loop {
        join(function);
        if !go_through(function, &mut room) {
            break;
        }
    }
    visit::drop_unreachable(function);
}

/// A block with one predecessor that goes nowhere else becomes the end of it.
fn join(function: &mut Function) {
    visit::drop_unreachable(function);
    let mut predecessors = vec![0_usize; function.blocks.len()];
    predecessors[0] = 1;
    for block in &function.blocks {
        for to in visit::successors(&block.end.0) {
            predecessors[to.0 as usize] += 1;
        }
    }
    for index in 0..function.blocks.len() {
        while let End::Goto(to) = function.blocks[index].end.0
            && to.0 as usize != index
            && predecessors[to.0 as usize] == 1
            && to.0 != 0
        {
            let next = &mut function.blocks[to.0 as usize];
            let span = next.end.1;
            let statements = std::mem::take(&mut next.statements);
            let end = std::mem::replace(&mut next.end, (End::Unreachable, span));
            // Nobody comes to it any more.
            predecessors[to.0 as usize] = usize::MAX;
            function.blocks[index].statements.extend(statements);
            function.blocks[index].end = end;
        }
    }
    visit::drop_unreachable(function);
}

/// Says whether a block was changed.
fn go_through(function: &mut Function, room: &mut usize) -> bool {
    let addressed = fields::addressed(function);
    let mut changed = false;
    for index in 0..function.blocks.len() {
        let mut known = Known { values: HashMap::new(), addressed: &addressed };
        let block = &function.blocks[index];
        known.learn(block.statements.iter().map(|(statement, _)| statement));
        if let Some(to) = known.decided(&block.end.0) {
            function.blocks[index].end.0 = End::Goto(to);
            changed = true;
            continue;
        }
        let End::Goto(BlockId(next)) = block.end.0 else { continue };
        let next = &function.blocks[next as usize];
        if next.statements.len() > COPIED.min(*room) || next.statements.is_empty() && *room == 0 {
            continue;
        }
        known.learn(next.statements.iter().map(|(statement, _)| statement));
        if let Some(to) = known.decided(&next.end.0) {
            *room = room.saturating_sub(next.statements.len() + 1);
            let (statements, span) = (next.statements.clone(), next.end.1);
            function.blocks[index].statements.extend(statements);
            function.blocks[index].end = (End::Goto(to), span);
            changed = true;
        }
    }
    changed
}

/// All bits of a scalar.
fn mask(scalar: Scalar) -> u128 {
    u128::MAX >> (128 - 8 * size_of(scalar))
}

/// The constants that are in places of locals whose addresses nobody has.
struct Known<'a> {
    values: HashMap<(LocalId, u64), (Scalar, u128)>,
    addressed: &'a [bool],
}

impl Known<'_> {
    fn learn<'s>(&mut self, statements: impl Iterator<Item = &'s Statement>) {
        for statement in statements {
            let value = match statement {
                Statement::Set(scalar, _, value) => self.value(*scalar, value),
                _ => None,
            };
            let mut statement = statement.clone();
            visit::in_statement(&mut statement, &mut |role: Role, place: &mut Place, size: u64| {
                if role == Role::Written {
                    self.forget(*place, size);
                }
            });
            if let (Statement::Set(scalar, place, _), Some(value)) = (&statement, value)
                && let Base::Local(local) = place.base
                && !self.addressed[local.0 as usize]
            {
                self.values.insert((local, place.offset), (*scalar, value));
            }
        }
    }

    fn forget(&mut self, place: Place, size: u64) {
        let Base::Local(local) = place.base else { return };
        let (begin, end) = (place.offset, place.offset + size);
        self.values.retain(|(owner, at), (scalar, _)| {
            *owner != local || *at >= end || at + size_of(*scalar) <= begin
        });
    }

    fn operand(&self, operand: &Operand) -> Option<u128> {
        match operand {
            Operand::Constant(_, value) => Some(*value),
            Operand::Load(scalar, Place { base: Base::Local(local), offset }) => {
                let (known, value) = self.values.get(&(*local, *offset))?;
                (size_of(*known) == size_of(*scalar)).then_some(*value)
            }
            _ => None,
        }
    }

    fn value(&self, scalar: Scalar, value: &Value) -> Option<u128> {
        match value {
            Value::Use(operand) => self.operand(operand),
            Value::Cast(Cast::Unsigned, _, operand) => Some(self.operand(operand)? & mask(scalar)),
            // An enum whose variants are told by a niche is asked so.
            Value::Binary(op, first, second) if !is_float(scalar) => {
                let (first, second) = (self.operand(first)?, self.operand(second)?);
                let value = match op {
                    Binary::Add => first.wrapping_add(second),
                    Binary::Subtract => first.wrapping_sub(second),
                    Binary::And => first & second,
                    Binary::Or => first | second,
                    Binary::Xor => first ^ second,
                    _ => return None,
                };
                Some(value & mask(scalar))
            }
            Value::Unary(Unary::Not, operand) => Some(!self.operand(operand)? & mask(scalar)),
            Value::Compare(op, of, first, second) if !is_float(*of) => {
                let (first, second) = (self.operand(first)?, self.operand(second)?);
                let holds = match op {
                    Compare::Equal => first == second,
                    Compare::NotEqual => first != second,
                    Compare::LessUnsigned => first < second,
                    Compare::LessOrEqualUnsigned => first <= second,
                    _ => return None,
                };
                Some(holds.into())
            }
            _ => None,
        }
    }

    /// Where an end goes, if that is decided.
    fn decided(&self, end: &End) -> Option<BlockId> {
        match end {
            End::Branch(condition, yes, no) => {
                Some(if self.operand(condition)? != 0 { *yes } else { *no })
            }
            End::Switch { on, cases, otherwise, .. } => {
                let value = self.operand(on)?;
                let found = cases.iter().find(|(case, _)| *case == value);
                Some(found.map_or(*otherwise, |(_, to)| *to))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
