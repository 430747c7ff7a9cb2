//! Statics in a report: those whose text was edited and whose value is another matter.
//!
//! A static keeps its value over edits, so an edit of its initial value changes nothing until the program is
//! opened again; one whose type changed starts anew. Neither may happen without a word.

use std::{collections::HashSet, fmt};

use segue_compiler::Interface;

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

/// The statics that `before` and `after` have both, and whose text differs. `live` are the symbols of those
/// that are in memory: the values of others are part of the code.
pub(crate) fn edited<'a>(
    before: &Interface,
    after: &Interface,
    live: impl Iterator<Item = &'a str>,
) -> Vec<StaticLine> {
    let live: HashSet<String> = live.map(Interface::static_path).collect();
    let fate = |name: &str, ty: &_| {
        let (_, old_ty) = before.statics.iter().find(|(own, _)| own == name)?;
        let (old, new) = (before.initial_values.get(name)?, after.initial_values.get(name)?);
        if !new.is_thread_local && !live.contains(name) {
            None
        } else if old_ty != ty {
            Some(StaticFate::Redefined)
        } else {
            (old.fingerprint != new.fingerprint).then_some(StaticFate::Kept)
        }
    };
    let lines = after.statics.iter().filter_map(|(name, ty)| {
        let fate = fate(name, ty)?;
        Some(StaticLine { name: name.clone(), fate })
    });
    lines.collect()
}
