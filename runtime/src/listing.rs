//! What the history looks like from outside: each generation with its time, cause, cost and holders.
//!
//! Code belongs to every generation that has it, and lies in memory once. It is counted where it first
//! stands in the list, so that the sum over the list is what the history holds.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::Arc,
    time::SystemTime,
};

use crate::{
    deliver::Record,
    epoch::Epochs,
    event::Cause,
    generation::{Code, Generation, LiveFunction},
    history::{Entry, History, Place},
    keep::Kept,
    table::OwnedSlot,
    wanted::readable,
};

/// A generation of the history.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GenerationView {
    /// Its number, for [`go_to`](crate::Program::go_to).
    pub number: u64,
    /// When it was made live for the first time, or posted to its one caller.
    pub when: SystemTime,
    /// What brought it about then.
    pub cause: Cause,
    /// Functions whose code it changed then, as people write them.
    pub changed: Vec<String>,
    /// Functions that it added.
    pub added: Vec<String>,
    /// Functions that it removed, or that were inlined everywhere.
    pub removed: Vec<String>,
    /// Where it stands now.
    pub place: Place,
    /// Whether it is [kept](crate::Program::keep) by hand.
    pub is_kept: bool,
    /// The message of its fault, if its code faulted. Undo and redo pass over it.
    pub faulted: Option<String>,
    /// Functions in it, those that Segue made included.
    pub functions: usize,
    /// Bytes of the code window that all its code takes, padding included.
    pub size: usize,
    /// Bytes of it that no generation before it in the list has: the sum over the list is
    /// what the history holds, each piece of code counted once.
    pub counted: usize,
    /// Bytes of it that no other generation in the list has: what would be freed without it,
    /// once the [holders](GenerationView::holders) have left.
    pub alone: usize,
    /// Who may still run its code, or can name it, though it is not live.
    pub holders: Holders,
}

/// Who holds the code of a generation that was replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holders {
    /// The threads that pinned before it was replaced and have not unpinned since, by the names that
    /// they had when they registered: they may be executing its code.
    pub participants: Vec<String>,
    /// The closures that have not taken a newer one yet, or could go back to it if the code that they
    /// took last panicked, by the paths of their functions.
    pub closures: Vec<String>,
    /// Its functions that a handle is bound to and calls, since no newer code has their signature.
    pub handles: Vec<String>,
    /// Its functions whose address live code took, and that no newer code has replaced behind it.
    pub addresses: Vec<String>,
}

impl Holders {
    /// Whether nobody but the history holds it.
    pub fn is_empty(&self) -> bool {
        *self == Holders::default()
    }
}

impl fmt::Display for Holders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Holders { participants, closures, handles, addresses } = self;
        let groups = [
            ("pinned", participants),
            ("closures", closures),
            ("handles on", handles),
            ("addresses of", addresses),
        ];
        let said: Vec<String> = groups
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(what, names)| format!("{what} {}", names.join(" ")))
            .collect();
        f.write_str(&said.join(", "))
    }
}

impl fmt::Display for GenerationView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = match self.cause {
            Cause::Open => "opened",
            Cause::Save => "saved",
            Cause::Apply => "applied",
            Cause::Undo | Cause::Redo | Cause::GoTo => "gone to",
            Cause::Optimised => "optimised",
        };
        write!(f, "{} {cause}", self.number)?;
        let kinds =
            [("changed", &self.changed), ("added", &self.added), ("removed", &self.removed)];
        if self.cause != Cause::Open {
            for (kind, names) in kinds.into_iter().filter(|(_, names)| !names.is_empty()) {
                write!(f, ", {kind} {}", names.join(" "))?;
            }
        }
        write!(f, ", {} functions, {} bytes ({} alone)", self.functions, self.size, self.alone)?;
        let place = match self.place {
            Place::Live => ", live",
            Place::Later => ", undone",
            Place::Aside => ", aside",
            Place::Earlier => "",
        };
        write!(f, "{place}{}", if self.is_kept { ", kept by hand" } else { "" })?;
        if let Some(message) = &self.faulted {
            write!(f, ", faulted: {message}")?;
        }
        if !self.holders.is_empty() {
            write!(f, ", held: {}", self.holders)?;
        }
        Ok(())
    }
}

/// Everything that may hold code of a generation.
pub(crate) struct Held<'a> {
    pub(crate) live: &'a Generation,
    pub(crate) kept: &'a Kept,
    pub(crate) epochs: &'a Epochs,
    pub(crate) closures: &'a [Record],
}

/// The history, oldest first.
pub(crate) fn list(history: &History, held: &Held<'_>) -> Vec<GenerationView> {
    let mut entries: Vec<_> = history.entries().collect();
    entries.sort_by_key(|(entry, _)| entry.generation.number);
    let mut owners: HashMap<*const Code, usize> = HashMap::new();
    for (entry, _) in &entries {
        for code in code_of(&entry.generation).values() {
            *owners.entry(Arc::as_ptr(code)).or_default() += 1;
        }
    }
    let mut seen = HashSet::new();
    let view = |(entry, place): &(&Entry, Place)| {
        let code = code_of(&entry.generation);
        let is_first = |at: &*const Code| seen.insert(*at);
        let sum = |all: &mut dyn Iterator<Item = &*const Code>| all.map(|at| code[at].held()).sum();
        let came = entry.came.clone();
        GenerationView {
            number: entry.generation.number,
            when: came.when,
            cause: came.cause,
            changed: came.changed,
            added: came.added,
            removed: came.removed,
            place: *place,
            is_kept: entry.is_kept,
            faulted: entry.faulted.clone(),
            functions: entry.generation.functions.len(),
            size: sum(&mut code.keys()),
            alone: sum(&mut code.keys().filter(|at| owners[*at] == 1)),
            counted: {
                let mut is_first = is_first;
                sum(&mut code.keys().filter(|at| is_first(at)))
            },
            holders: holders(entry, *place, held),
        }
    };
    entries.iter().map(view).collect()
}

/// The code of a generation, each piece once.
fn code_of(generation: &Generation) -> HashMap<*const Code, &Arc<Code>> {
    generation.functions.values().map(|live| (Arc::as_ptr(&live.code), &live.code)).collect()
}

fn holders(entry: &Entry, place: Place, held: &Held<'_>) -> Holders {
    let mut holders = Holders { closures: closures(entry, held.closures), ..Holders::default() };
    if place == Place::Live {
        return holders;
    }
    let generation = &entry.generation;
    if let Some(stamp) = entry.replaced {
        holders.participants = held.epochs.pinned_since(stamp);
    }
    let is_left_in_place = |symbol: &str, live: &LiveFunction| {
        let now = held.live.functions.get(symbol);
        live.slot.entry() == live.code.entry()
            && now.is_none_or(|now| !Arc::ptr_eq(&now.code, &live.code))
    };
    let left = generation.functions.iter();
    let left: Vec<(&str, &OwnedSlot)> = left
        .filter(|(symbol, live)| is_left_in_place(symbol, live))
        .map(|(symbol, live)| (&**symbol, &*live.slot))
        .collect();
    let names_where = |is_held: &dyn Fn(&OwnedSlot) -> bool| {
        let held = left.iter().filter(|(_, slot)| is_held(slot));
        readable(&held.map(|(symbol, _)| (*symbol).to_owned()).collect::<Vec<_>>())
    };
    holders.handles = names_where(&|slot| held.kept.has_handle(slot));
    holders.addresses = names_where(&|slot| slot.addressed().is_some());
    holders
}

/// The closures that run `entry`'s generation though it is not live, or could go back to it.
fn closures(entry: &Entry, records: &[Record]) -> Vec<String> {
    let number = entry.generation.number;
    let holds = |record: &&Record| {
        let taken = record.port.taken();
        record.flights.iter().any(|flight| {
            // Not landed: it still runs what was before. Landed, and not yet followed by another: it
            // would go back to what was before.
            !flight.stored && flight.previous.number == number && flight.ticket >= taken
        })
    };
    records.iter().filter(holds).map(|record| record.path.clone()).collect()
}
