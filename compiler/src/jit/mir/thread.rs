//! Branches on what the block before has just decided are gone through at once: an iterator's `next` that was
//! inlined says `Some` in one block and `None` in another, and both lead to the block that asks which. Where no tag is
//! written, as of `Some` of a reference, [`Statement::IsNot`] says it, and is believed in the blocks that follow too.

use super::verify::{is_float, size_of};
use super::visit;
use super::{
    Base, Binary, Block, BlockId, Cast, Compare, End, Function, LocalId, Operand, Place, Scalar,
    Statement, Unary, Value,
};
use crate::jit::codegen::fields;

/// A block that is gone through by a copy has at most so many statements.
const COPIED: usize = 16;
/// A function does not grow by more than this many statements.
const GROWTH: usize = 400;
/// Bytes of the largest scalar.
const LARGEST: u64 = 16;
/// Blocks learn at most so many facts from the one before them.
const PASSED_ON: usize = 64;

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
    let known = ends(function, &addressed);
    for (index, here) in known.into_iter().enumerate() {
        let Some(mut here) = here else { continue };
        if let Some(to) = here.decided(&function.blocks[index].end.0) {
            function.blocks[index].end.0 = End::Goto(to);
            changed = true;
            continue;
        }
        let End::Goto(BlockId(next)) = function.blocks[index].end.0 else { continue };
        let next = &function.blocks[next as usize];
        if next.statements.len() > COPIED.min(*room) || next.statements.is_empty() && *room == 0 {
            continue;
        }
        here.learn(next.statements.iter().map(|(statement, _)| statement));
        if let Some(to) = here.decided(&next.end.0) {
            *room = room.saturating_sub(next.statements.len() + 1);
            let (statements, span) = (next.statements.clone(), next.end.1);
            function.blocks[index].statements.extend(statements);
            function.blocks[index].end = (End::Goto(to), span);
            changed = true;
        }
    }
    changed
}

/// What is known at the end of each block: from its own statements, and where only one block leads to it, from
/// that one, and from the way that was gone there. It holds as well where a block is gone through by a copy, as that does
/// the same and leads on the same way.
fn ends<'a>(function: &Function, addressed: &'a [bool]) -> Vec<Option<Known<'a>>> {
    let count = function.blocks.len();
    let mut ways_in = vec![0_usize; count];
    ways_in[0] = 1;
    for to in function.blocks.iter().flat_map(|block| visit::successors(&block.end.0)) {
        ways_in[to.0 as usize] += 1;
    }
    let mut ends: Vec<Option<Known>> = (0..count).map(|_| None).collect();
    let begins = (0..count).filter(|block| ways_in[*block] != 1 || *block == 0);
    let nothing = || Known { values: Vec::new(), addressed };
    let mut open: Vec<(usize, Known)> = begins.map(|block| (block, nothing())).collect();
    while let Some((index, mut known)) = open.pop() {
        let block = &function.blocks[index];
        known.learn(block.statements.iter().map(|(statement, _)| statement));
        let follow = visit::successors(&block.end.0);
        for to in follow.filter(|to| ways_in[to.0 as usize] == 1 && to.0 != 0) {
            let is_little = known.values.len() <= PASSED_ON;
            let mut there = if is_little { known.clone() } else { nothing() };
            there.came(block, to);
            open.push((to.0 as usize, there));
        }
        ends[index] = Some(known);
    }
    ends
}

/// All bits of a scalar.
fn mask(scalar: Scalar) -> u128 {
    u128::MAX >> (128 - 8 * size_of(scalar))
}

/// Of an integer: what floats are decides nothing (`floats`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fact {
    Is(u128),
    /// None of these, the first and the last included.
    IsNot(u128, u128),
}

impl Fact {
    fn number(self) -> Option<u128> {
        match self {
            Fact::Is(value) => Some(value),
            Fact::IsNot(..) => None,
        }
    }
}

/// What is known of places of locals whose addresses nobody has.
#[derive(Clone)]
struct Known<'a> {
    /// By place, in order: they are copied more often than added to.
    values: Vec<((LocalId, u64), (Scalar, Fact))>,
    addressed: &'a [bool],
}

impl Known<'_> {
    fn learn<'s>(&mut self, statements: impl Iterator<Item = &'s Statement>) {
        for statement in statements {
            match statement {
                Statement::Set(scalar, place, value) => {
                    let fact = self.value(*scalar, value);
                    self.forget(*place, size_of(*scalar));
                    if let Some(fact) = fact {
                        self.add(*place, *scalar, fact);
                    }
                }
                Statement::IsNot { scalar, place, first, last } => {
                    self.add(*place, *scalar, Fact::IsNot(*first, *last));
                }
                other => visit::written(other).for_each(|(place, size)| self.forget(place, size)),
            }
        }
    }

    fn add(&mut self, place: Place, scalar: Scalar, fact: Fact) {
        let Base::Local(local) = place.base else { return };
        if self.addressed[local.0 as usize] {
            return;
        }
        let place = (local, place.offset);
        match self.values.binary_search_by_key(&place, |(place, _)| *place) {
            Err(at) => self.values.insert(at, (place, (scalar, fact))),
            Ok(at) => {
                let (_, known) = &mut self.values[at];
                let is_less = matches!((known.1, fact), (Fact::Is(_), Fact::IsNot(..)));
                if !is_less {
                    *known = (scalar, fact);
                }
            }
        }
    }

    /// The block's end went this way.
    fn came(&mut self, block: &Block, to: BlockId) {
        let written = visit::written_by_end(&block.end.0);
        written.into_iter().for_each(|(place, size)| self.forget(place, size));
        match &block.end.0 {
            End::Branch(Operand::Load(scalar, place), yes, no) if yes != no => {
                self.add(*place, *scalar, Fact::Is(u128::from(to == *yes)));
                if let Some((of, compared, number)) = equality(block, *place) {
                    let is = (to == *yes).then_some(Fact::Is(number));
                    self.add(compared, of, is.unwrap_or(Fact::IsNot(number, number)));
                }
            }
            End::Switch { scalar, on: Operand::Load(_, place), cases, otherwise } => {
                let mut values = cases.iter().filter(|(_, case)| *case == to);
                if let (Some((value, _)), None) = (values.next(), values.next())
                    && *otherwise != to
                {
                    self.add(*place, *scalar, Fact::Is(*value));
                }
            }
            _ => {}
        }
    }

    fn forget(&mut self, place: Place, size: u64) {
        let Base::Local(local) = place.base else { return };
        let (begin, end) = (place.offset, place.offset + size);
        let first = (local, begin.saturating_sub(LARGEST));
        let mut at = self.values.partition_point(|(place, _)| *place < first);
        while let Some(((owner, offset), (scalar, _))) = self.values.get(at)
            && (*owner, *offset) < (local, end)
        {
            if offset + size_of(*scalar) > begin {
                self.values.remove(at);
            } else {
                at += 1;
            }
        }
    }

    fn get(&self, local: LocalId, offset: u64) -> Option<(Scalar, Fact)> {
        let at = self.values.binary_search_by_key(&(local, offset), |(place, _)| *place).ok()?;
        Some(self.values[at].1)
    }

    fn operand(&self, operand: &Operand) -> Option<Fact> {
        match operand {
            Operand::Constant(scalar, value) if !is_float(*scalar) => Some(Fact::Is(*value)),
            Operand::Load(scalar, Place { base: Base::Local(local), offset }) => {
                let (known, value) = self.get(*local, *offset)?;
                (size_of(known) == size_of(*scalar)).then_some(value)
            }
            _ => None,
        }
    }

    fn value(&self, scalar: Scalar, value: &Value) -> Option<Fact> {
        let number = |operand| self.operand(operand).and_then(Fact::number);
        match value {
            Value::Use(operand) => self.operand(operand),
            Value::Cast(Cast::Unsigned, from, operand) if size_of(*from) == size_of(scalar) => {
                self.operand(operand)
            }
            Value::Cast(Cast::Unsigned, _, operand) => {
                Some(Fact::Is(number(operand)? & mask(scalar)))
            }
            // An enum whose variants are told by a niche is asked so.
            Value::Binary(op, first, second) if !is_float(scalar) => {
                self.binary(scalar, *op, first, second)
            }
            Value::Unary(Unary::Not, operand) => Some(Fact::Is(!number(operand)? & mask(scalar))),
            Value::Compare(op, of, first, second) if !is_float(*of) => {
                let holds = compared(*op, self.operand(first)?, self.operand(second)?)?;
                Some(Fact::Is(holds.into()))
            }
            _ => None,
        }
    }

    fn binary(
        &self,
        scalar: Scalar,
        op: Binary,
        first: &Operand,
        second: &Operand,
    ) -> Option<Fact> {
        let (first, second) = match (self.operand(first)?, self.operand(second)?.number()?) {
            (Fact::Is(first), second) => (first, second),
            (Fact::IsNot(first, last), by) if op == Binary::Subtract => {
                return Some(Fact::IsNot(first.checked_sub(by)?, last.checked_sub(by)?));
            }
            _ => return None,
        };
        let value = match op {
            Binary::Add => first.wrapping_add(second),
            Binary::Subtract => first.wrapping_sub(second),
            Binary::And => first & second,
            Binary::Or => first | second,
            Binary::Xor => first ^ second,
            _ => return None,
        };
        Some(Fact::Is(value & mask(scalar)))
    }

    /// Where an end goes, if that is decided.
    fn decided(&self, end: &End) -> Option<BlockId> {
        match end {
            End::Branch(condition, yes, no) => {
                let is = match self.operand(condition)? {
                    Fact::Is(value) => value != 0,
                    Fact::IsNot(0, 0) => true,
                    Fact::IsNot(..) => return None,
                };
                Some(if is { *yes } else { *no })
            }
            End::Switch { on, cases, otherwise, .. } => {
                let value = self.operand(on)?.number()?;
                let found = cases.iter().find(|(case, _)| *case == value);
                Some(found.map_or(*otherwise, |(_, to)| *to))
            }
            _ => None,
        }
    }
}

/// Whether a comparison holds.
fn compared(op: Compare, first: Fact, second: Fact) -> Option<bool> {
    match (first, second) {
        (Fact::Is(first), Fact::Is(second)) => match op {
            Compare::Equal => Some(first == second),
            Compare::NotEqual => Some(first != second),
            Compare::LessUnsigned => Some(first < second),
            Compare::LessOrEqualUnsigned => Some(first <= second),
            _ => None,
        },
        (Fact::IsNot(first, last), Fact::Is(value))
        | (Fact::Is(value), Fact::IsNot(first, last))
            if (first..=last).contains(&value)
                && matches!(op, Compare::Equal | Compare::NotEqual) =>
        {
            Some(op == Compare::NotEqual)
        }
        // More than what is left out from 0 on.
        (Fact::Is(value), Fact::IsNot(0, last)) if value <= last => match op {
            Compare::LessUnsigned | Compare::LessOrEqualUnsigned => Some(true),
            _ => None,
        },
        (Fact::IsNot(0, last), Fact::Is(value)) if value <= last => match op {
            Compare::LessUnsigned | Compare::LessOrEqualUnsigned => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// What a condition compared with a number, if the block that computed it asked whether the two are equal, and nothing
/// changed since.
fn equality(block: &Block, condition: Place) -> Option<(Scalar, Place, u128)> {
    let mut later = block.statements.iter().rev();
    let (of, compared, number) = later.find_map(|(statement, _)| match statement {
        Statement::Set(_, place, value) if *place == condition => Some(match value {
            Value::Compare(
                Compare::Equal,
                of,
                Operand::Load(_, compared),
                Operand::Constant(_, number),
            ) => Some((*of, *compared, *number)),
            _ => None,
        }),
        _ => None,
    })??;
    let from = later.len();
    let mut is_same = true;
    for (statement, _) in &block.statements[from..] {
        for (place, _) in visit::written(statement) {
            is_same &= place.base != compared.base;
            is_same &= place.base != condition.base || place == condition;
        }
    }
    (is_same && !is_float(of)).then_some((of, compared, number))
}

#[cfg(test)]
mod tests;
