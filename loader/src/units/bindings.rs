//! Bindings: what the meaning of a unit depends on besides its content (phase: prune).
//!
//! They are gathered per strongly connected component, from what its members refer to and from the
//! components that these reach, when Tarjan's walk (`units.rs`) closes it.

use std::hash::BuildHasher;

use super::{Chunk, Units};
use crate::blocks::{BlockId, BlockKind, Target};
use crate::error::{Error, ErrorKind};
use crate::graph::{Relocation, Span, SymbolId};
use crate::memory::Region;
use crate::names::may_yield;

/// What the meaning of a unit depends on besides its content: it must not be shared between two
/// commits that bind these differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Binding {
    Live(SymbolId),
    /// Beside `Live`, where the address is taken other than to call it at once: its own, or that of
    /// private code that calls it. Whoever holds the address may call it at any time.
    Addressed(SymbolId),
    /// A variable, thread-local or not.
    Static(BlockId),
}

/// How many bindings all lists together may hold. Each lists all that its component reaches, so that a
/// chain of private functions with a variable each needs the square of its length; what compilers emit
/// stays far below.
const LISTED: usize = if cfg!(test) { 1 << 20 } else { 1 << 26 };

/// How many bindings components may take over from those they refer to: the work on the lists.
const TAKEN_OVER: usize = 1 << 30;

impl Units {
    pub(crate) fn bindings(&self, root: BlockId) -> &[Binding] {
        &self.bindings[self.unit(root).bindings.range()]
    }

    /// Whether the bindings are complete.
    ///
    /// # Errors
    /// `Unsupported` for an object whose functions reach too much of each other.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.taken_over <= TAKEN_OVER {
            return Ok(());
        }
        let why = format!(
            "its private functions and constants reach more than {LISTED} variables and live \
             functions, each counted for all that reach it: divide the object"
        );
        Err(Error::new(ErrorKind::Unsupported, why).within(&self.blocks.graph.name))
    }

    /// Adds the bindings in these lists, each list once.
    pub(super) fn take_over(
        &mut self,
        mut lists: Vec<(u32, u32, bool)>,
        bindings: &mut Vec<Binding>,
    ) {
        lists.sort_unstable();
        lists.dedup();
        for (start, end, is_taken) in lists {
            let list = Span { start, end }.range();
            self.taken_over = self.taken_over.saturating_add(list.len());
            if self.taken_over > TAKEN_OVER {
                return; // `check` is an error from now on.
            }
            let first = bindings.len();
            bindings.extend_from_slice(&self.bindings[list]);
            if is_taken {
                address(bindings, first);
            }
        }
    }

    /// Where this list of bindings is among all.
    pub(super) fn list(&mut self, bindings: &[Binding]) -> Span {
        if bindings.is_empty() {
            return Span::default();
        }
        let hash = self.lists.hasher().hash_one(bindings);
        if let Some(known) = self.lists.get(&hash).copied()
            && self.bindings[known.range()] == *bindings
        {
            return known;
        }
        if self.bindings.len() + bindings.len() > LISTED {
            self.taken_over = usize::MAX; // `check` is an error from now on.
            return Span::default();
        }
        let start = self.bindings.len() as u32;
        self.bindings.extend_from_slice(bindings);
        let span = Span { start, end: self.bindings.len() as u32 };
        self.lists.insert(hash, span);
        span
    }

    /// Whether a reference is to a name that another object may define, or leads to one.
    pub(super) fn is_left_open(&self, relocation: &Relocation, target: Target) -> bool {
        let graph = &self.blocks.graph;
        match target {
            Target::External { .. } => true,
            Target::Nothing | Target::Live(_) => false,
            _ if may_yield(graph, graph.symbol(relocation.symbol)) => true,
            Target::Absolute(_) => false,
            Target::Block { block, .. } => {
                let is_shared =
                    matches!(self.blocks.block(block).kind, BlockKind::Text | BlockKind::ReadOnly);
                is_shared && self.unit(block).is_open
            }
        }
    }

    /// Whether the field takes the address of code, other than to call it at once. The jump tables
    /// of a function do not.
    pub(super) fn takes_address(
        &self,
        own: BlockId,
        chunk: &Chunk,
        relocation: &Relocation,
        target: Target,
    ) -> bool {
        match target {
            Target::Live(_) => !self.is_call(chunk, relocation),
            Target::Block { block, .. } if self.blocks.block(block).kind == BlockKind::Text => {
                let is_table = block == own && chunk.region != Region::Code;
                !is_table && !self.is_call(chunk, relocation)
            }
            _ => false,
        }
    }

    /// What a reference adds: a binding of its own, or the list of the component it leads to.
    pub(super) fn bind(
        &self,
        target: Target,
        is_taken: bool,
        bindings: &mut Vec<Binding>,
        lists: &mut Vec<(u32, u32, bool)>,
    ) {
        match target {
            Target::Live(symbol) => {
                bindings.push(Binding::Live(symbol));
                if is_taken {
                    bindings.push(Binding::Addressed(symbol));
                }
            }
            Target::Block { block, .. } => match self.blocks.block(block).kind {
                BlockKind::Static | BlockKind::ThreadLocal => {
                    bindings.push(Binding::Static(block));
                }
                BlockKind::Text | BlockKind::ReadOnly => {
                    let list = self.unit(block).bindings;
                    if list.start < list.end {
                        lists.push((list.start, list.end, is_taken));
                    }
                }
                BlockKind::Part => {}
            },
            _ => {}
        }
    }
}

/// Says of every live function in `bindings[first..]` that its address is taken.
pub(super) fn address(bindings: &mut Vec<Binding>, first: usize) {
    for index in first..bindings.len() {
        if let Binding::Live(symbol) = bindings[index] {
            bindings.push(Binding::Addressed(symbol));
        }
    }
}
