//! What debug builds check after every commit: whatever can be called calls nothing that was let go.
//!
//! **Every slot that can be loaded from holds code that somebody owns, of the function that the slot is
//! for.** It can be loaded from if a handle, an address or a closure names it, if code of the live generation
//! calls through it, or code of one that a closure could go back to, or what any such slot holds. And
//! code of a generation is linked to that generation's slots.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::State;
use crate::{
    deliver::{Flight, Record},
    generation::{Code, Generation},
    table::OwnedSlot,
};

type Symbols = HashSet<Arc<str>>;

/// All that somebody owns: code by its entry, slots by their index, with the functions that they are for.
#[derive(Default)]
struct Owned {
    codes: HashMap<usize, (Arc<Code>, Symbols)>,
    slots: HashMap<u32, (Arc<OwnedSlot>, Symbols)>,
}

impl Owned {
    fn of(state: &mut State, generations: &[Arc<Generation>]) -> Owned {
        let mut owned = Owned::default();
        for (symbol, live) in generations.iter().flat_map(|each| each.functions.iter()) {
            owned.add(symbol, &live.slot, &live.code);
        }
        for (symbol, slot, code) in state.live.kept().all() {
            owned.add(symbol, slot, code);
        }
        for live in state.live.refused() {
            let name = live.split.modules()[live.module].name.as_str();
            owned.add(&name.into(), &live.slot, &live.code);
        }
        owned
    }

    fn add(&mut self, symbol: &Arc<str>, slot: &Arc<OwnedSlot>, code: &Arc<Code>) {
        let known = || (code.clone(), Symbols::new());
        self.codes.entry(code.entry()).or_insert_with(known).1.insert(symbol.clone());
        let known = || (slot.clone(), Symbols::new());
        let known = self.slots.entry(slot.index()).or_insert_with(known);
        assert!(Arc::ptr_eq(&known.0, slot), "{slot:?} was given to two");
        known.1.insert(symbol.clone());
    }

    fn addressed(&self) -> impl Iterator<Item = &Arc<OwnedSlot>> {
        let called = self.codes.values().flat_map(|(code, _)| code.slots());
        let all = called.chain(self.slots.values().map(|(slot, _)| slot));
        all.filter(|slot| slot.addressed().is_some() && slot.entry() != 0)
    }

    /// Checks what `slot` holds, and gives it.
    fn check(&self, slot: &OwnedSlot, by: &str) -> &Arc<Code> {
        let of = self.slots.get(&slot.index()).map(|(_, symbols)| symbols);
        let Some((code, symbols)) = self.codes.get(&slot.entry()) else {
            panic!("{by} reaches {slot:?}, which is for {of:?} and holds what nobody owns");
        };
        let is_it = of.is_none_or(|of| !of.is_disjoint(symbols));
        assert!(is_it, "{by} reaches {slot:?}, which is for {of:?} and holds {symbols:?}");
        code
    }
}

/// Panics where the module's prose does not hold.
pub(super) fn audit(state: &mut State) {
    let current = state.live.current().clone();
    let mut generations = vec![current.clone()];
    generations.extend(state.history.generations().cloned());
    generations.iter().for_each(|each| check_links(each));
    generations.extend(state.closures.iter().flat_map(known_to).cloned());
    let owned = Owned::of(state, &generations);

    let mut open: Vec<(Arc<OwnedSlot>, String)> = Vec::new();
    let flights = state.closures.iter().flat_map(|record| &record.flights);
    for generation in flights.map(|flight| &flight.previous).chain([&current]) {
        let codes = generation.functions.values().map(|live| &live.code);
        let by = format!("generation {}", generation.number);
        open.extend(codes.flat_map(|code| code.slots()).map(|slot| (slot.clone(), by.clone())));
    }
    let closures = state.closures.iter().flat_map(Record::slots);
    open.extend(closures.map(|slot| (slot.clone(), "a closure".to_owned())));
    open.extend(owned.addressed().map(|slot| (slot.clone(), "an address".to_owned())));
    open.extend(state.live.kept().held().map(|slot| (slot, "a handle".to_owned())));
    let mut seen = HashSet::new();
    while let Some((slot, by)) = open.pop() {
        if seen.insert(slot.index()) {
            let callees = owned.check(&slot, &by).slots().iter();
            open.extend(callees.map(|callee| (callee.clone(), format!("{by}, by {slot:?},"))));
        }
    }
}

/// The generations whose code a closure's record keeps.
fn known_to<'a>(record: &'a Record) -> impl Iterator<Item = &'a Arc<Generation>> {
    let of_flight = |flight: &'a Flight| {
        let Flight { generation, previous, before, after, .. } = flight;
        [generation, previous, &before.generation, &after.generation]
    };
    record.flights.iter().flat_map(of_flight).chain([&record.held.generation])
}

fn check_links(generation: &Generation) {
    for (symbol, live) in generation.functions.iter() {
        let callees = live.calls().iter().filter_map(|name| generation.functions.get(name));
        for callee in callees {
            let is_linked = live.code.slots().iter().any(|slot| Arc::ptr_eq(slot, &callee.slot));
            assert!(is_linked, "{symbol} of {} calls past {:?}", generation.number, callee.slot);
        }
    }
}
