//! What the shape of a function says: which blocks loops begin with, which are seldom reached.

use super::super::mir::visit::successors;
use super::super::mir::{Abi, Block, BlockId, End, Function};

/// Whether each block is one that a loop comes back to: every way around a loop passes one of these.
pub(super) fn headers(function: &Function) -> Vec<bool> {
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
        let Some(BlockId(to)) = rest.pop() else {
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

/// The blocks in the order in which code is made of them: each after all that lead to it, but for loops' ways back. Where
/// a branch goes on first comes next; blocks that nobody comes to are the last.
pub(super) fn order(function: &Function) -> Vec<usize> {
    let mut seen = vec![false; function.blocks.len()];
    let next = |block: usize| successors(&function.blocks[block].end.0);
    let mut order = Vec::with_capacity(function.blocks.len());
    let mut stack = vec![(0, next(0))];
    seen[0] = true;
    while let Some((block, rest)) = stack.last_mut() {
        match rest.pop() {
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
