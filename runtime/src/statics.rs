//! Statics in a report: those whose text was edited and whose value is another matter.
//!
//! A static keeps its value over edits, so an edit of its initial value changes nothing until the program is
//! opened again; one whose type changed starts anew. Neither may happen without a word.

#[cfg(not(loom))]
use std::collections::HashSet;
use std::fmt;

#[cfg(not(loom))]
use segue_compiler::Interface;

#[cfg(not(loom))]
use crate::generation::Generation;

/// What became of one static whose text was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticLine {
    /// Its path: `COUNT`, `voices::COUNT`, `process::COUNT`.
    pub name: String,
    /// What became of it.
    pub fate: StaticFate,
}

/// What becomes of a static whose text was edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StaticFate {
    /// Its initial value was edited: it keeps the value that it has.
    Kept,
    /// Its type changed: it starts anew. Code of the old type goes on with the old one.
    Redefined,
}

impl fmt::Display for StaticLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fate = match self.fate {
            StaticFate::Kept => "keeps the value that it has, not the edited one",
            StaticFate::Redefined => "has another type, starts anew",
        };
        write!(f, "static {}: {fate}", self.name)
    }
}

/// The statics that `before` and `after` have both, and whose text differs. Of those, `in_memory` has the
/// symbols: the values of others are part of the code.
#[cfg(not(loom))]
pub(crate) fn edited<'a>(
    before: &'a Generation,
    after: &'a Generation,
    in_memory: impl Iterator<Item = &'a str>,
) -> Vec<StaticLine> {
    let texts = |of: &'a Interface| (of.types, &of.statics, &of.initial_values);
    if texts(&before.interface) == texts(&after.interface) {
        return Vec::new();
    }
    let in_memory: HashSet<&str> = in_memory.collect();
    let of_old = symbols(before);
    let shared = symbols(after).into_iter().filter(|symbol| of_old.contains(symbol));
    let mut lines: Vec<StaticLine> = shared
        .filter_map(|symbol| {
            let name = Interface::static_path(symbol);
            let fate = fate(&before.interface, &after.interface, &name, in_memory.contains(symbol));
            fate.map(|fate| StaticLine { name, fate })
        })
        .collect();
    lines.sort_by(|a, b| a.name.cmp(&b.name));
    lines.dedup();
    lines
}

/// The statics that the functions of `generation` refer to.
#[cfg(not(loom))]
fn symbols(generation: &Generation) -> HashSet<&str> {
    generation.functions.values().flat_map(|live| live.statics()).map(String::as_str).collect()
}

#[cfg(not(loom))]
fn fate(
    before: &Interface,
    after: &Interface,
    name: &str,
    is_in_memory: bool,
) -> Option<StaticFate> {
    let of_type = |interface: &Interface| {
        let known = interface.statics.iter().find(|(own, _)| own == name);
        // What a macro declared has no type that can be told: it goes by all types.
        known.map_or(interface.types, |(_, of)| *of)
    };
    let initial = |interface: &Interface| interface.initial_values.get(name).copied();
    let (old, new) = (initial(before), initial(after));
    if !is_in_memory && !new.is_some_and(|new| new.is_thread_local) {
        None
    } else if of_type(before) != of_type(after) {
        Some(StaticFate::Redefined)
    } else {
        (old != new).then_some(StaticFate::Kept)
    }
}
