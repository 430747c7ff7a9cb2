//! What the shape of a function says: which blocks loops begin with, which are seldom reached.

use super::super::mir::visit::{self, successors};
use super::super::mir::{
    Abi, Base, Block, BlockId, End, Function, Operand, Place, Scalar, Statement, Value,
};

/// Whether each block is one that a loop comes back to: every way around a loop passes one of these.
pub(in crate::jit) fn headers(function: &Function) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        Inside,
        Done,
    }
    let mut seen = vec![Seen::No; function.blocks.len()];
    let mut headers = vec![false; function.blocks.len()];
    let next = |block: usize| successors(&function.blocks[block].end.0);
    // Depth first, with a stack of our own: blocks and what is left of their successors.
    let mut stack = vec![(0, next(0))];
    seen[0] = Seen::Inside;
    while let Some((block, rest)) = stack.last_mut() {
        let Some(BlockId(to)) = rest.next_back() else {
            seen[*block] = Seen::Done;
            stack.pop();
            continue;
        };
        let to = to as usize;
        match seen[to] {
            Seen::No => {
                seen[to] = Seen::Inside;
                stack.push((to, next(to)));
            }
            Seen::Inside => headers[to] = true,
            Seen::Done => {}
        }
    }
    headers
}

/// What comes back to one block.
pub(in crate::jit) struct Loop {
    pub(in crate::jit) header: usize,
    /// Whether each block of the function is in it.
    pub(in crate::jit) body: Vec<bool>,
}

/// The loops of a function, those inside of others too.
pub(in crate::jit) fn all(function: &Function) -> Vec<Loop> {
    let count = function.blocks.len();
    let is_header = headers(function);
    if !is_header.contains(&true) {
        return Vec::new();
    }
    let before = before(function);
    let mut place = vec![0; count];
    for (at, block) in order(function).into_iter().enumerate() {
        place[block] = at;
    }
    let headers = (0..count).filter(|block| is_header[*block]);
    let of = |header: usize| {
        let mut body = vec![false; count];
        body[header] = true;
        // From the ways back on, against the direction of all others.
        let mut open = before[header].clone();
        open.retain(|from| place[*from] >= place[header]);
        while let Some(block) = open.pop() {
            if !std::mem::replace(&mut body[block], true) {
                open.extend(&before[block]);
            }
        }
        Loop { header, body }
    };
    headers.map(of).collect()
}

/// The blocks that lead to each block.
pub(in crate::jit) fn before(function: &Function) -> Vec<Vec<usize>> {
    let mut before = vec![Vec::new(); function.blocks.len()];
    for (from, block) in function.blocks.iter().enumerate() {
        successors(&block.end.0).for_each(|to| before[to.0 as usize].push(from));
    }
    before
}

/// Which loops there are.
pub(super) struct Loops {
    loops: Vec<Loop>,
    bounds: Vec<Vec<Place>>,
}

impl Loops {
    pub(super) fn of(function: &Function) -> Loops {
        let loops = all(function);
        let bounds = loops.iter().map(|it| bounds(function, &it.body)).collect();
        Loops { loops, bounds }
    }

    /// The pointers that stay what they are for one more time around a loop, where going on to a block is that.
    pub(super) fn kept_around(&self, block: usize, to: BlockId) -> &[Place] {
        let around = self.loops.iter().position(|it| it.header == to.0 as usize);
        let around = around.filter(|around| self.loops[*around].body[block]);
        around.map_or(&[], |around| self.bounds[around].as_slice())
    }
}

/// The pointers in locals that a loop compares with, and does not change.
fn bounds(function: &Function, body: &[bool]) -> Vec<Place> {
    let mut bounds: Vec<Place> = Vec::new();
    let inside = || function.blocks.iter().zip(body).filter(|it| *it.1).map(|it| it.0);
    for (statement, _) in inside().flat_map(|block| &block.statements) {
        let Statement::Set(_, _, Value::Compare(_, Scalar::Pointer, first, second)) = statement
        else {
            continue;
        };
        for operand in [first, second] {
            if let Operand::Load(_, place) = operand
                && matches!(place.base, Base::Local(_))
                && !bounds.contains(place)
            {
                bounds.push(*place);
            }
        }
    }
    if bounds.is_empty() {
        return bounds;
    }
    for block in inside() {
        let written = block.statements.iter().flat_map(|(statement, _)| visit::written(statement));
        for (place, size) in written.chain(visit::written_by_end(&block.end.0)) {
            let begin = place.offset;
            let touches = |bound: &Place| {
                bound.base == place.base && bound.offset < begin + size && begin < bound.offset + 8
            };
            bounds.retain(|bound| !touches(bound));
        }
    }
    bounds
}

/// The blocks in the order in which code is made of them: each after all that lead to it, but for loops' ways back. Where
/// a branch goes on first comes next; blocks that nobody comes to are the last.
pub(in crate::jit) fn order(function: &Function) -> Vec<usize> {
    let mut seen = vec![false; function.blocks.len()];
    let next = |block: usize| successors(&function.blocks[block].end.0);
    let mut order = Vec::with_capacity(function.blocks.len());
    let mut stack = vec![(0, next(0))];
    seen[0] = true;
    while let Some((block, rest)) = stack.last_mut() {
        match rest.next_back() {
            Some(BlockId(to)) if !seen[to as usize] => {
                seen[to as usize] = true;
                stack.push((to as usize, next(to as usize)));
            }
            Some(_) => {}
            None => {
                order.push(*block);
                stack.pop();
            }
        }
    }
    order.reverse();
    order.extend((0..seen.len()).filter(|block| !seen[*block]));
    order
}

/// How many ways lead to each block from others.
pub(super) fn predecessors(function: &Function) -> Vec<usize> {
    let mut count = vec![0; function.blocks.len()];
    for to in function.blocks.iter().flat_map(|block| successors(&block.end.0)) {
        count[to.0 as usize] += 1;
    }
    count
}

/// Whether the function may come back to itself by a call.
pub(super) fn calls_others(function: &Function) -> bool {
    function.blocks.iter().any(|block| match &block.end.0 {
        // Who does not return does not recur; the host's functions do not call back.
        End::Call(call) => call.then.is_some() && call.abi == Abi::Rust,
        _ => false,
    })
}

/// Whether a block ends in what does not come back: panics.
pub(super) fn is_cold(block: &Block) -> bool {
    match &block.end.0 {
        End::Call(call) => call.then.is_none(),
        End::Unreachable => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
