//! Which functions stay where they are, under `Commit::Snapshot`: those that reach no change.
//!
//! They keep slot and code, and are part of the old graph as well as of the new one. All others are
//! linked anew, apart from what running threads can reach (the prose of `roots` tells why). **A
//! function that stays calls nothing that moved.** That also settles who may call whom: an old
//! caller keeps old callees, whatever types, callers and callees changed together.

use std::{collections::HashMap, sync::Arc};

use segue_compiler::Interface;

use super::next::is_same_code;
use crate::{
    generation::{Generation, LiveFunction},
    wanted::Wanted,
};

/// Functions of `current` that are part of the generation made of `wanted` as they are.
pub(super) fn staying(
    wanted: &[Wanted],
    current: &Generation,
    interface: &Interface,
) -> HashMap<Arc<str>, Arc<LiveFunction>> {
    let at: HashMap<&str, usize> =
        wanted.iter().enumerate().map(|(at, each)| (&*each.symbol, at)).collect();
    let mut callers = vec![Vec::new(); wanted.len()];
    let mut moves = vec![false; wanted.len()];
    let mut open = Vec::new();
    for (index, each) in wanted.iter().enumerate() {
        let mut stays = current.functions.get(&each.symbol).is_some_and(|live| {
            // Whoever has its address may be given newer code of the same types (`keep`).
            let types = live.slot.addressed();
            types.is_none_or(|types| types == interface.types.0)
                && is_same_code(live, each, &current.interface, interface)
        });
        for callee in &each.module().calls {
            match at.get(callee.as_str()) {
                Some(callee) => callers[*callee].push(index),
                None => stays = false,
            }
        }
        if !stays {
            moves[index] = true;
            open.push(index);
        }
    }
    while let Some(moved) = open.pop() {
        for caller in &callers[moved] {
            if !std::mem::replace(&mut moves[*caller], true) {
                open.push(*caller);
            }
        }
    }
    let stay = wanted.iter().zip(moves).filter(|(_, moves)| !moves);
    stay.map(|(each, _)| (each.symbol.clone(), current.functions[&each.symbol].clone())).collect()
}
