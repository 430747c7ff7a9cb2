//! Indirect functions (`STT_GNU_IFUNC`): functions that are chosen when they are linked, by a
//! *resolver* that asks the processor what it can do (phases: resolve to seal).
//!
//! Every indirect function has a word that holds what its resolver chose, and is used like a slot:
//! calls go through the word, its address is that of a stub that jumps through it. The resolver runs
//! when everything of its link is sealed and before the link is over: once, since its word is
//! known by the resolver's address, which is never used again. Where it may not run at that moment,
//! because it would call a live function that is not published yet or another indirect function that
//! is not chosen yet, the link is an error.
//!
//! An indirect function that is live itself has no word: its slot is its word. Every generation has
//! a resolver of its own, and what that chooses is the entry to publish.
//!
//! For another address space nothing runs: the words and their resolvers are listed in the image.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::batch::{Batch, PendingId, Value, units_of};
use crate::error::{Error, ErrorKind};
use crate::host::Symbols;
use crate::linked::Linked;
use crate::linker::{Selection, Store};
use crate::memory::Memory;
use crate::resolve::Resolver;

/// Whether a link may run code of the objects: the resolvers of indirect functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Resolvers {
    /// It runs them.
    #[default]
    Call,
    /// Nothing is run: an object with an indirect function is an error. For objects that are linked
    /// only to be looked at.
    Refuse,
}

/// A word that the other process fills before it runs anything that was linked:
/// `*word = resolver()`, with the arguments that resolvers get on its system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indirect {
    /// The address of the word.
    pub word: u64,
    /// The address of the function that chooses.
    pub resolver: u64,
}

/// An indirect function that the batch uses.
pub(crate) struct PendingIndirect {
    resolver: Value,
    word: usize,
}

impl Resolver<'_> {
    /// The indirect function with this resolver.
    pub(crate) fn indirect(&mut self, resolver: Value) -> Result<Value, Error> {
        if self.store.memory.resolvers() == Resolvers::Refuse {
            let why = "an indirect function, whose resolver may not be called here";
            return Err(Error::new(ErrorKind::Unsupported, why));
        }
        let next = self.batch.indirect.len() as u32;
        let index = *self.batch.by_resolver.entry(resolver).or_insert(next);
        if index == next {
            self.batch.indirect.push(PendingIndirect { resolver, word: 0 });
        }
        Ok(Value::Indirect(index))
    }
}

/// Gives every indirect function of the batch its word, and sees to it that the resolvers can run.
/// From here on such a function is a value like a slot.
pub(crate) fn prepare(
    batch: &mut Batch,
    store: &mut Store,
    selections: &[Selection<'_>],
    symbols: &Symbols,
) -> Result<(), Error> {
    for index in 0..batch.indirect.len() {
        let resolver = batch.address(batch.indirect[index].resolver);
        batch.indirect[index].word = store.tables.indirect(resolver)?;
    }
    if !batch.indirect.is_empty() {
        for value in &mut batch.values {
            if let Value::Indirect(index) = *value {
                *value = Value::Slot(batch.indirect[index as usize].word);
            }
        }
    }
    if !store.memory.is_here() {
        return Ok(());
    }
    let mut reached = HashSet::new();
    for indirect in &batch.indirect {
        if let (Value::Pending { unit, .. }, None) =
            (indirect.resolver, store.memory.word(indirect.word))
        {
            check_resolver(unit, &mut reached, batch, &store.memory, selections, symbols)?;
        }
    }
    for unit in live_resolvers(selections) {
        check_resolver(unit, &mut reached, batch, &store.memory, selections, symbols)?;
    }
    Ok(())
}

/// The live indirect functions of a batch, whose first units are its results in their order.
fn live_resolvers(selections: &[Selection<'_>]) -> impl Iterator<Item = PendingId> {
    let modules = selections
        .iter()
        .flat_map(|it| it.functions.iter().map(|function| &it.split.modules()[*function]));
    let resolvers = modules.enumerate().filter(|(_, module)| module.is_indirect);
    resolvers.map(|(index, _)| PendingId(index as u32))
}

/// Whether the resolver and what it calls in this batch can run now: what they call through a word
/// must be there. What other resolvers reach was checked with them.
fn check_resolver(
    resolver: PendingId,
    reached: &mut HashSet<PendingId>,
    batch: &Batch,
    memory: &Memory,
    selections: &[Selection<'_>],
    symbols: &Symbols,
) -> Result<(), Error> {
    let mut open: Vec<PendingId> =
        reached.insert(resolver).then_some(resolver).into_iter().collect();
    while let Some(unit) = open.pop() {
        let pending = &batch.pending[unit.0 as usize];
        let units = units_of(pending.source, selections, symbols);
        let mut values = batch.values[pending.values as usize..].iter();
        for chunk in units.chunks(pending.root) {
            for ((relocation, _), value) in units.blocks.aimed(chunk.relocations).zip(&mut values) {
                match *value {
                    Value::Pending { unit, .. } if reached.insert(unit) => open.push(unit),
                    Value::Slot(word)
                        if units.is_call(chunk, relocation) && memory.word(word).is_none() =>
                    {
                        let why = "the resolver of an indirect function runs when it is linked, and \
                                   calls this function, which is not there yet: link and publish \
                                   that first";
                        let error = Error::new(ErrorKind::Startup, why);
                        let error = units.blocks.locate(error, chunk.section, relocation);
                        return Err(error.within(&units.blocks.graph.name));
                    }
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

/// Runs the resolvers of a batch that is sealed, and stores what they choose.
pub(crate) fn choose(
    batch: &mut Batch,
    store: &mut Store,
    selections: &[Selection<'_>],
    linked: &mut [Linked],
) {
    for indirect in &batch.indirect {
        let resolver = batch.address(indirect.resolver);
        if !store.memory.is_here() {
            let listed = Indirect { word: indirect.word as u64, resolver: resolver as u64 };
            store.memory.list_indirect(listed);
        } else if store.memory.word(indirect.word).is_none() {
            let chosen = call_resolver(resolver);
            let word: *mut usize = std::ptr::with_exposed_provenance_mut(indirect.word);
            // SAFETY: a word of the GOT, aligned, mapped for the memory's life, used as an atomic.
            // Release pairs with `Memory::word`, acquire, and with compiled code that calls through it.
            unsafe { AtomicUsize::from_ptr(word) }.store(chosen, Ordering::Release);
        }
    }
    for PendingId(index) in live_resolvers(selections) {
        let linked = &mut linked[index as usize];
        linked.entry = call_resolver(linked.entry);
    }
}

/// Asks a resolver for its choice.
pub(crate) fn call_resolver(resolver: usize) -> usize {
    let resolver: *const () = std::ptr::with_exposed_provenance(resolver);
    // SAFETY: a symbol of type IFUNC stands for a function of this type, which the linker of any
    // program calls while that program starts. It is sealed, and what it calls is there.
    let resolver: extern "C" fn() -> usize = unsafe { std::mem::transmute(resolver) };
    resolver()
}

/// Refuses what cannot be: an indirect function that is live in a place where nothing runs.
pub(crate) fn check_live(memory: &Memory, name: &str) -> Result<(), Error> {
    if memory.is_here() && memory.resolvers() == Resolvers::Call {
        return Ok(());
    }
    let why = format!(
        "{name} is an indirect function, whose resolver may not be called here: make the functions \
         that it chooses from live instead"
    );
    Err(Error::new(ErrorKind::Unsupported, why))
}
