//! A copy of a copy is a copy of what the first is of: what moves from one local to the next moves once. The locals in
//! between are then read by nobody, and go (`forward`).
//!
//! Of values in memory, and only within a block, where it is plain what was written in between.

use super::visit;
use super::{Base, Function, Place, Statement};
use crate::jit::codegen::fields;

/// Copies that are remembered at once.
const MOST: usize = 32;

/// Bytes of two locals that are the same.
#[derive(Clone, Copy, Debug)]
struct Copied {
    to: Place,
    from: Place,
    size: u64,
}

/// Copies from the first. Says whether anything changed.
pub(super) fn shorten(function: &mut Function) -> bool {
    let addressed = fields::addressed(function);
    let mut changed = false;
    for block in &mut function.blocks {
        let mut known: Vec<Copied> = Vec::new();
        for (statement, _) in &mut block.statements {
            if let Statement::Copy { to, from, size, .. } = statement
                && let Some(first) = first(&known, *from, *size)
                && !overlap(*to, first, *size)
            {
                *from = first;
                changed = true;
            }
            if !known.is_empty() {
                forget(&mut known, statement, &addressed);
            }
            if let Statement::Copy { to, from, size, .. } = statement
                && let (Base::Local(one), Base::Local(other)) = (to.base, from.base)
                && one != other
                && known.len() < MOST
            {
                known.push(Copied { to: *to, from: *from, size: *size });
            }
        }
    }
    changed
}

/// Where what is in a place was copied from, as a whole.
fn first(known: &[Copied], place: Place, size: u64) -> Option<Place> {
    known.iter().find_map(|copied| {
        let inside = place.offset.checked_sub(copied.to.offset)?;
        let is_whole = copied.to.base == place.base && inside + size <= copied.size;
        is_whole.then(|| Place { offset: copied.from.offset + inside, ..copied.from })
    })
}

/// Whether two places have bytes in common without being the same.
fn overlap(one: Place, other: Place, size: u64) -> bool {
    one != other && touch(one, size, other, size)
}

fn touch(one: Place, size: u64, other: Place, other_size: u64) -> bool {
    one.base == other.base
        && one.offset < other.offset + other_size
        && other.offset < one.offset + size
}

/// What a statement writes is not the same as anything else any more.
fn forget(known: &mut Vec<Copied>, statement: &Statement, addressed: &[bool]) {
    let may_be_reached = |place: Place| match place.base {
        Base::Local(local) => addressed[local.0 as usize],
        Base::Behind(_) => true,
    };
    let mut is_behind = matches!(statement, Statement::CopyBytes { .. } | Statement::Fill { .. });
    for (place, size) in visit::written(statement) {
        is_behind |= matches!(place.base, Base::Behind(_));
        known.retain(|it| {
            !touch(it.to, it.size, place, size) && !touch(it.from, it.size, place, size)
        });
    }
    if is_behind {
        known.retain(|it| !may_be_reached(it.to) && !may_be_reached(it.from));
    }
}

#[cfg(test)]
mod tests;
