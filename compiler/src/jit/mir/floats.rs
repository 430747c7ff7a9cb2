//! Whether two functions are the same but for constants that are floats. Nothing here looks into one: integers are folded
//! and decide branches, floats are moved about. So what becomes of two such functions differs in these constants alone.

use super::{Block, Function, Operand, Scalar, Statement, visit};

/// A constant that is a float: which kind, and its bits.
pub(crate) type Float = (Scalar, u64);

/// Which float of the first is which of the second, where that is all that differs: each always the same one, and no two
/// the same. Those that are what they were are left out.
pub(crate) fn other_floats(old: &Function, new: &Function) -> Option<Vec<(Float, Float)>> {
    let is_same = old.symbol == new.symbol
        && (old.linkage, old.abi, old.inline) == (new.linkage, new.abi, new.inline)
        && (&old.parameters, old.result, old.span) == (&new.parameters, new.result, new.span)
        && old.locals == new.locals
        && old.blocks.len() == new.blocks.len();
    let mut pairs = Vec::new();
    let mut blocks = old.blocks.iter().zip(&new.blocks);
    if !is_same || !blocks.all(|(old, new)| of_block(old, new, &mut pairs)) {
        return None;
    }
    let is_one = |(old, new): &(Float, Float)| {
        pairs.iter().all(|(other, theirs)| (other == old) == (theirs == new))
    };
    pairs.iter().all(is_one).then_some(())?;
    pairs.retain(|(old, new)| old != new);
    Some(pairs)
}

fn of_block(old: &Block, new: &Block, pairs: &mut Vec<(Float, Float)>) -> bool {
    let mut statements = old.statements.iter().zip(&new.statements);
    old.statements.len() == new.statements.len()
        && statements.all(|(old, new)| old.1 == new.1 && of_statement(&old.0, &new.0, pairs))
        && of_end(old, new, pairs)
}

fn of_statement(old: &Statement, new: &Statement, pairs: &mut Vec<(Float, Float)>) -> bool {
    let (before, after) = (collected(old), collected(new));
    if before.len() != after.len() {
        return false;
    }
    let is_same = before == after && old == new || {
        let mut written = old.clone();
        let mut floats = after.iter();
        visit::each_operand_mut(&mut written, &mut |operand| write(operand, &mut floats));
        written == *new
    };
    note(pairs, before, after);
    is_same
}

fn of_end(old: &Block, new: &Block, pairs: &mut Vec<(Float, Float)>) -> bool {
    let of = |block: &Block| {
        let mut floats = Vec::new();
        visit::each_operand_of_end(&block.end.0, &mut |operand| floats.extend(float(operand)));
        floats
    };
    let (before, after) = (of(old), of(new));
    if before.len() != after.len() {
        return false;
    }
    let is_same = before == after && old.end == new.end || {
        let mut written = old.end.clone();
        let mut floats = after.iter();
        let mut write = |operand: &mut Operand| write(operand, &mut floats);
        visit::each_operand_of_end_mut(&mut written.0, &mut write);
        written == new.end
    };
    note(pairs, before, after);
    is_same
}

fn note(pairs: &mut Vec<(Float, Float)>, before: Vec<Float>, after: Vec<Float>) {
    for pair in before.into_iter().zip(after) {
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
}

fn float(operand: &Operand) -> Option<Float> {
    match operand {
        Operand::Constant(scalar @ (Scalar::F32 | Scalar::F64), bits) => {
            Some((*scalar, *bits as u64))
        }
        _ => None,
    }
}

fn collected(statement: &Statement) -> Vec<Float> {
    let mut floats = Vec::new();
    visit::each_operand(statement, &mut |operand| floats.extend(float(operand)));
    floats
}

/// Makes a float the next one of these.
fn write<'a>(operand: &mut Operand, floats: &mut impl Iterator<Item = &'a Float>) {
    if float(operand).is_some()
        && let Some((scalar, bits)) = floats.next()
    {
        *operand = Operand::Constant(*scalar, u128::from(*bits));
    }
}

#[cfg(test)]
mod tests;
