//! Loops that are known to go around a few times only are written out, one round after the other: what they go through is
//! then at places that are known, arrays that are taken apart so need no memory, and no round asks whether it is the last,
//! or whether somebody wants it to stop: what is left is no loop.
//!
//! How often a loop goes around is found by going around (`walk`): if each round decides that there is another, until one
//! decides that there is none, that is all of them. Loops inside of others come first.

use super::visit;
use super::walk::{Ground, Walk};
use super::{Base, Block, BlockId, Function, Place, forward, thread};
use crate::jit::codegen::loops::{self, Loop};

/// A loop goes around at most so often.
const ROUNDS: usize = 9;
/// Statements and ends of all rounds of a loop.
const LARGEST: usize = 400;
/// A function does not grow by more than this.
const GROWTH: usize = 1_000;
/// Loops inside of loops that are all written out.
const DEPTH: usize = 4;
/// As many blocks before a loop are looked at.
const BEFORE: usize = 32;

/// Whether a loop goes through memory: then it is faster if it is known where. Sums of numbers alone gain nothing that
/// pays for the time it takes to write them out.
pub(super) fn is_worth(function: &mut Function) -> bool {
    let loops = loops::all(function);
    let blocks = function.blocks.iter_mut().enumerate();
    let mut in_loops = blocks.filter(|(index, _)| loops.iter().any(|it| it.body[*index]));
    in_loops.any(|(_, block)| {
        let mut is_behind = false;
        visit::each_place(block, &mut |_: visit::Role, place: &mut Place, _: u64| {
            is_behind |= matches!(place.base, Base::Behind(_));
        });
        is_behind
    })
}

/// Writes out the loops of a function.
pub(super) fn unroll(function: &mut Function) {
    let has_loops = loops::headers(function).contains(&true);
    let mut room = GROWTH;
    for _ in 0..DEPTH {
        if !has_loops || !once(function, &mut room) {
            break;
        }
        thread::thread(function);
        forward::forward(function);
    }
}

/// Writes out loops that have no block in common. Says whether there was one.
fn once(function: &mut Function, room: &mut usize) -> bool {
    let mut loops = loops::all(function);
    if loops.is_empty() {
        return false;
    }
    loops.sort_by_key(|it| it.body.iter().filter(|is_inside| **is_inside).count());
    let ground = Ground::of(function);
    let before = loops::before(function);
    let order = loops::order(function);
    let mut is_touched = vec![false; function.blocks.len()];
    let mut changed = false;
    for around in &loops {
        let all = Unroller { function, around, loops: &loops, before: &before, order: &order };
        let entries: Vec<usize> = all.entries().collect();
        let mut body = around.body.iter().zip(&is_touched);
        if body.any(|(is_inside, is_touched)| *is_inside && *is_touched)
            || entries.iter().any(|entry| is_touched[*entry])
        {
            continue;
        }
        let Some(rounds) = all.rounds(&ground, LARGEST.min(*room)) else { continue };
        let size = rounds.iter().flatten().map(|(_, block)| size(block)).sum::<usize>();
        *room = room.saturating_sub(size);
        write_out(function, around, &entries, rounds);
        let written = is_touched.iter_mut().zip(&around.body);
        written.for_each(|(is_touched, is_inside)| *is_touched |= is_inside);
        // What leads to it leads elsewhere now.
        entries.into_iter().for_each(|entry| is_touched[entry] = true);
        changed = true;
    }
    if changed {
        visit::drop_unreachable(function);
    }
    changed
}

fn size(block: &Block) -> usize {
    block.statements.len() + 1
}

/// The blocks of one time around, as they are then, and which they are copies of.
type Round = Vec<(usize, Block)>;

/// One loop while it is looked at.
struct Unroller<'a> {
    function: &'a Function,
    around: &'a Loop,
    loops: &'a [Loop],
    before: &'a [Vec<usize>],
    order: &'a [usize],
}

impl Unroller<'_> {
    /// The blocks that lead to the loop from outside.
    fn entries(&self) -> impl Iterator<Item = usize> {
        let before = self.before[self.around.header].iter().copied();
        before.filter(|block| !self.around.body[*block])
    }

    /// All times around, if they are known, and few.
    fn rounds(&self, ground: &Ground, most: usize) -> Option<Vec<Round>> {
        let is_entered_elsewhere = |block: usize| {
            block != self.around.header
                && self.around.body[block]
                && self.before[block].iter().any(|from| !self.around.body[*from])
        };
        if self.around.header == 0 || (0..self.before.len()).any(is_entered_elsewhere) {
            return None;
        }
        let state = self.entries().map(|entry| self.at_end(entry, ground)).reduce(met)?;
        self.rounds_from(state, most)
    }

    fn rounds_from(&self, mut state: Walk, most: usize) -> Option<Vec<Round>> {
        let (mut rounds, mut size) = (Vec::new(), 0);
        loop {
            let (round, next) = self.round(state, most - size, rounds.is_empty())?;
            size += round.iter().map(|(_, block)| self::size(block)).sum::<usize>();
            rounds.push(round);
            match next {
                None => return Some(rounds),
                Some(next) if rounds.len() < ROUNDS => state = next,
                Some(_) => return None,
            }
        }
    }

    /// What is known at the end of a block by what leads to it, as long as that is one.
    fn at_end<'g>(&self, block: usize, ground: &'g Ground) -> Walk<'g> {
        let mut way = vec![block];
        let mut at = block;
        while let [before] = self.before[at].as_slice()
            && at != 0
            && way.len() < BEFORE
            && !way.contains(before)
        {
            at = *before;
            way.push(at);
        }
        let mut state = Walk::begin(ground);
        for block in way.into_iter().rev() {
            state.through(&self.function.blocks[block]);
        }
        state
    }

    /// One time around, and what is known where it comes back to the header. `None` where nothing is decided, there would
    /// be more than so many statements, or in the first one a loop is not known to go around few times: to have that several
    /// times is worth nothing.
    fn round<'g>(
        &self,
        state: Walk<'g>,
        most: usize,
        is_first: bool,
    ) -> Option<(Round, Option<Walk<'g>>)> {
        let mut states: Vec<Option<Walk>> = self.before.iter().map(|_| None).collect();
        states[self.around.header] = Some(state);
        let mut is_done = vec![false; states.len()];
        let (mut round, mut next, mut size, mut is_decided) = (Vec::new(), None, 0, false);
        for index in self.order.iter().copied().filter(|block| self.around.body[*block]) {
            is_done[index] = true;
            let Some(mut state) = states[index].take() else { continue };
            if index != self.around.header
                && let Some(inner) = self.loops.iter().find(|it| it.header == index)
            {
                if is_first {
                    Unroller { around: inner, ..*self }.rounds_from(state.clone(), most)?;
                }
                self.doubt(inner, &mut state);
            }
            let block = &self.function.blocks[index];
            let copy = state.through(block);
            size += self::size(&copy);
            if size > most {
                return None;
            }
            let leaves = |end| visit::successors(end).any(|to| !self.is_inside(to));
            let ways = |block: &Block| visit::successors(&block.end.0).count();
            is_decided |= leaves(&block.end.0) && ways(&copy) < ways(block);
            for BlockId(to) in visit::successors(&copy.end.0) {
                let to = to as usize;
                if to == self.around.header {
                    meet(&mut next, &state);
                } else if self.around.body[to] && !is_done[to] {
                    meet(&mut states[to], &state);
                } else if self.around.body[to] && !self.is_header(to) {
                    return None;
                }
            }
            round.push((index, copy));
        }
        is_decided.then_some((round, next))
    }

    fn is_inside(&self, block: BlockId) -> bool {
        self.around.body[block.0 as usize]
    }

    fn is_header(&self, block: usize) -> bool {
        self.loops.iter().any(|it| it.header == block)
    }

    /// Where a loop inside of this one begins, what it writes is not known.
    fn doubt(&self, inner: &Loop, state: &mut Walk) {
        let blocks = self.function.blocks.iter().zip(&inner.body);
        blocks.filter(|it| *it.1).for_each(|(block, _)| state.doubt(block));
    }
}

fn met<'g>(mut one: Walk<'g>, other: Walk<'g>) -> Walk<'g> {
    one.meet(&other);
    one
}

fn meet<'g>(known: &mut Option<Walk<'g>>, state: &Walk<'g>) {
    match known {
        Some(known) => known.meet(state),
        None => *known = Some(state.clone()),
    }
}

/// Puts the rounds in the place of the loop.
fn write_out(function: &mut Function, around: &Loop, entries: &[usize], rounds: Vec<Round>) {
    let mut first = function.blocks.len();
    let header = around.header;
    for entry in entries {
        visit::each_target(&mut function.blocks[*entry].end.0, &mut |to| {
            if to.0 as usize == header {
                to.0 = first as u32;
            }
        });
    }
    for round in rounds {
        let place = |block: usize| round.iter().position(|(copied, _)| *copied == block);
        let ends: Vec<_> = round.iter().map(|(_, block)| &block.end.0).collect();
        let mut ends: Vec<_> = ends.into_iter().cloned().collect();
        let next = first + round.len();
        for end in &mut ends {
            visit::each_target(end, &mut |to| {
                let block = to.0 as usize;
                if block == header {
                    to.0 = next as u32;
                } else if around.body[block]
                    && let Some(place) = place(block)
                {
                    to.0 = (first + place) as u32;
                }
            });
        }
        for ((_, mut block), end) in round.into_iter().zip(ends) {
            block.end.0 = end;
            function.blocks.push(block);
        }
        first = next;
    }
}

#[cfg(test)]
mod tests;
