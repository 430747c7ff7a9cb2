//! Going through a function: every place it names, every operand, every block it goes on to.

use super::verify::size_of;
use super::{
    Argument, Base, Block, BlockId, Callee, End, Function, LocalId, Operand, Place, Statement,
    Value,
};

/// The blocks that a block goes on to.
pub(crate) fn successors(end: &End) -> impl DoubleEndedIterator<Item = BlockId> + '_ {
    let (cases, others) = match end {
        End::Goto(to) => (&[][..], [Some(*to), None]),
        End::Branch(_, yes, no) => (&[][..], [Some(*yes), Some(*no)]),
        End::Switch { cases, otherwise, .. } => (&cases[..], [Some(*otherwise), None]),
        End::Call(call) => (&[][..], [call.then, call.unwind]),
        End::Return | End::Unreachable | End::Resume => (&[][..], [None, None]),
    };
    cases.iter().map(|(_, to)| *to).chain(others.into_iter().flatten())
}

/// Every block that an end names.
pub(crate) fn each_target(end: &mut End, change: &mut impl FnMut(&mut BlockId)) {
    match end {
        End::Goto(to) => change(to),
        End::Branch(_, yes, no) => {
            change(yes);
            change(no);
        }
        End::Switch { cases, otherwise, .. } => {
            cases.iter_mut().for_each(|(_, to)| change(to));
            change(otherwise);
        }
        End::Call(call) => {
            call.then.iter_mut().for_each(&mut *change);
            call.unwind.iter_mut().for_each(change);
        }
        End::Return | End::Unreachable | End::Resume => {}
    }
}

/// What is done with a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Read,
    Written,
    /// Its address is taken, or passed.
    Addressed,
    /// Something is said of it, and nothing done.
    Told,
}

/// What is told of a place: what is done with it, and with how many bytes.
pub(crate) trait Visit: FnMut(Role, &mut Place, u64) {}

impl<F: FnMut(Role, &mut Place, u64)> Visit for F {}

/// The places that a statement writes, and how many bytes of each.
pub(crate) fn written(statement: &Statement) -> impl Iterator<Item = (Place, u64)> {
    let places = match statement {
        Statement::Set(scalar, place, _) => [Some((*place, size_of(*scalar))), None],
        Statement::SetChecked { scalar, to, overflow, .. } => {
            [Some((*to, size_of(*scalar))), Some((*overflow, 1))]
        }
        Statement::Copy { to, size, .. } => [Some((*to, *size)), None],
        Statement::CopyBytes { .. } | Statement::Fill { .. } | Statement::IsNot { .. } => {
            [None, None]
        }
    };
    places.into_iter().flatten()
}

/// The place that an end writes, and how many bytes of it.
pub(crate) fn written_by_end(end: &End) -> Option<(Place, u64)> {
    match end {
        End::Call(call) => Some((call.result.0, call.result.1.size)),
        _ => None,
    }
}

/// Every place of a block. What a place is behind is not reported apart.
pub(crate) fn each_place(block: &mut Block, visit: &mut impl Visit) {
    for (statement, _) in &mut block.statements {
        in_statement(statement, visit);
    }
    in_end(&mut block.end.0, visit);
}

pub(crate) fn in_statement(statement: &mut Statement, visit: &mut impl Visit) {
    match statement {
        Statement::Set(scalar, place, value) => {
            in_value(value, visit);
            visit(Role::Written, place, size_of(*scalar));
        }
        Statement::SetChecked { scalar, to, overflow, values, .. } => {
            in_operand(&mut values.0, visit);
            in_operand(&mut values.1, visit);
            visit(Role::Written, to, size_of(*scalar));
            visit(Role::Written, overflow, 1);
        }
        Statement::Copy { to, from, size, .. } => {
            visit(Role::Read, from, *size);
            visit(Role::Written, to, *size);
        }
        Statement::CopyBytes { to, from, size, .. } => {
            [to, from, size].into_iter().for_each(|operand| in_operand(operand, visit));
        }
        Statement::Fill { to, value, size } => {
            [to, value, size].into_iter().for_each(|operand| in_operand(operand, visit));
        }
        Statement::IsNot { scalar, place, .. } => visit(Role::Told, place, size_of(*scalar)),
    }
}

pub(crate) fn in_end(end: &mut End, visit: &mut impl Visit) {
    match end {
        End::Branch(operand, ..) | End::Switch { on: operand, .. } => in_operand(operand, visit),
        End::Call(call) => {
            if let Callee::Pointer(operand) = &mut call.callee {
                in_operand(operand, visit);
            }
            for argument in &mut call.arguments {
                match argument {
                    Argument::Place(place, layout) => visit(Role::Read, place, layout.size),
                    Argument::Scalar(_, operand) => in_operand(operand, visit),
                }
            }
            let (place, layout) = &mut call.result;
            visit(Role::Written, place, layout.size);
        }
        End::Goto(_) | End::Return | End::Unreachable | End::Resume => {}
    }
}

pub(crate) fn in_value(value: &mut Value, visit: &mut impl Visit) {
    match value {
        Value::AddressOf(place) => visit(Role::Addressed, place, 0),
        _ => operands(value).for_each(|operand| in_operand(operand, visit)),
    }
}

/// The operands of a value.
pub(crate) fn operands(value: &mut Value) -> impl Iterator<Item = &mut Operand> {
    let operands = match value {
        Value::AddressOf(_) => [None, None, None],
        Value::Use(operand) | Value::Unary(_, operand) | Value::Cast(_, _, operand) => {
            [Some(operand), None, None]
        }
        Value::Binary(_, first, second) | Value::Compare(_, _, first, second) => {
            [Some(first), Some(second), None]
        }
        Value::Select(condition, first, second) => [Some(condition), Some(first), Some(second)],
    };
    operands.into_iter().flatten()
}

fn in_operand(operand: &mut Operand, visit: &mut impl Visit) {
    if let Operand::Load(scalar, place) = operand {
        visit(Role::Read, place, size_of(*scalar));
    }
}

/// Every operand of a statement, to be looked at.
pub(crate) fn each_operand(statement: &Statement, look: &mut impl FnMut(&Operand)) {
    match statement {
        Statement::Set(_, _, value) => match value {
            Value::AddressOf(_) => {}
            Value::Use(operand) | Value::Unary(_, operand) | Value::Cast(_, _, operand) => {
                look(operand);
            }
            Value::Binary(_, first, second) | Value::Compare(_, _, first, second) => {
                [first, second].into_iter().for_each(look);
            }
            Value::Select(condition, first, second) => {
                [condition, first, second].into_iter().for_each(look);
            }
        },
        Statement::SetChecked { values: (first, second), .. } => {
            [first, second].into_iter().for_each(look);
        }
        Statement::Copy { .. } | Statement::IsNot { .. } => {}
        Statement::CopyBytes { to, from, size, .. } => [to, from, size].into_iter().for_each(look),
        Statement::Fill { to, value, size } => [to, value, size].into_iter().for_each(look),
    }
}

/// Every operand of an end, to be looked at.
pub(crate) fn each_operand_of_end(end: &End, look: &mut impl FnMut(&Operand)) {
    match end {
        End::Branch(operand, ..) | End::Switch { on: operand, .. } => look(operand),
        End::Call(call) => {
            if let Callee::Pointer(operand) = &call.callee {
                look(operand);
            }
            for argument in &call.arguments {
                if let Argument::Scalar(_, operand) = argument {
                    look(operand);
                }
            }
        }
        End::Goto(_) | End::Return | End::Unreachable | End::Resume => {}
    }
}

/// Every operand of a statement.
pub(crate) fn each_operand_mut(statement: &mut Statement, change: &mut impl FnMut(&mut Operand)) {
    match statement {
        Statement::Set(_, _, value) => operands(value).for_each(change),
        Statement::SetChecked { values, .. } => {
            change(&mut values.0);
            change(&mut values.1);
        }
        Statement::Copy { .. } | Statement::IsNot { .. } => {}
        Statement::CopyBytes { to, from, size, .. } => {
            [to, from, size].into_iter().for_each(change)
        }
        Statement::Fill { to, value, size } => [to, value, size].into_iter().for_each(change),
    }
}

/// Every operand of an end.
pub(crate) fn each_operand_of_end_mut(end: &mut End, change: &mut impl FnMut(&mut Operand)) {
    match end {
        End::Branch(operand, ..) | End::Switch { on: operand, .. } => change(operand),
        End::Call(call) => {
            if let Callee::Pointer(operand) = &mut call.callee {
                change(operand);
            }
            for argument in &mut call.arguments {
                if let Argument::Scalar(_, operand) = argument {
                    change(operand);
                }
            }
        }
        End::Goto(_) | End::Return | End::Unreachable | End::Resume => {}
    }
}

/// The local that a place is in, or behind.
pub(crate) fn local_of(place: &mut Place) -> &mut LocalId {
    match &mut place.base {
        Base::Local(local) | Base::Behind(local) => local,
    }
}

/// Leaves out the blocks that nobody comes to.
pub(crate) fn drop_unreachable(function: &mut Function) {
    let mut is_reached = vec![false; function.blocks.len()];
    let mut open = vec![BlockId(0)];
    while let Some(BlockId(block)) = open.pop() {
        if !std::mem::replace(&mut is_reached[block as usize], true) {
            open.extend(successors(&function.blocks[block as usize].end.0));
        }
    }
    if !is_reached.contains(&false) {
        return;
    }
    let mut count = 0;
    let numbers: Vec<BlockId> = is_reached
        .iter()
        .map(|reached| {
            count += u32::from(*reached);
            BlockId(count.saturating_sub(1))
        })
        .collect();
    let mut reached = is_reached.into_iter();
    function.blocks.retain(|_| reached.next() == Some(true));
    for block in &mut function.blocks {
        each_target(&mut block.end.0, &mut |to| *to = numbers[to.0 as usize]);
    }
}

#[cfg(test)]
mod tests;
