//! Which object counts for which function, and the one object that comes of it.
//!
//! `base` is the last ordinary compile of the whole file, with everything inlined that rustc likes. A
//! function that was edited since is taken from the unit that compiled it; one from which calls
//! lead to an edited one, from where it knows nothing of others (see `opaque`); everything else
//! is as it was.

use std::collections::{HashMap, HashSet};

use super::Refusal;
use super::cut::{Cut, Id};
use super::merge::Merge;
use super::names::path_of;
use super::opaque::{Opaque, Provider};
use super::part::{Edges, Part};
use super::places::Moves;
use super::text::Derived;
use super::unit::owned;

/// Everything that an object is put together from.
pub(super) struct Choice<'a> {
    pub base: (&'a Part, &'a Cut, &'a [Derived]),
    pub opaque: &'a Opaque,
    pub cut: &'a Cut,
    /// The unit of each function that the opaque whole does not have as it is now.
    pub units: HashMap<Id, &'a Provider>,
    /// What differs from the base.
    pub edited: HashSet<Id>,
    pub crate_name: &'a str,
}

impl<'a> Choice<'a> {
    /// Who counts for a function where it must not hold what is known of others.
    fn provider(&self, id: Id) -> &'a Provider {
        self.units.get(&id).copied().unwrap_or(&self.opaque.whole)
    }

    fn edges(&self, name: &str) -> Option<&'a Edges> {
        let part = match self.opaque.by_symbol.get(name) {
            Some(id) => &self.provider(*id).part,
            None => &self.opaque.whole.part,
        };
        part.edges(name)
    }

    /// The names from which a path of calls leads to what was edited.
    fn affected(&self) -> HashSet<&'a str> {
        let mut callers: HashMap<&str, Vec<&'a str>> = HashMap::new();
        let names = self.opaque.whole.part.named.keys().map(String::as_str);
        for name in names {
            for callee in self.edges(name).into_iter().flat_map(|edges| &edges.all) {
                callers.entry(callee).or_default().push(name);
            }
        }
        let mut found = HashSet::new();
        let mut open: Vec<&str> = self
            .edited
            .iter()
            .filter_map(|id| self.opaque.symbols.get(id))
            .map(String::as_str)
            .collect();
        while let Some(callee) = open.pop() {
            for caller in callers.get(callee).into_iter().flatten() {
                if found.insert(*caller) {
                    open.push(caller);
                }
            }
        }
        found
    }

    /// The object.
    pub(super) fn object(&self) -> Result<Vec<u8>, Refusal> {
        let affected = self.affected();
        self.check_variables(&affected)?;
        let whole = &self.opaque.whole;
        let mut providers: Vec<&Provider> = vec![whole];
        for unit in self.units.values() {
            if !providers.iter().any(|known| std::ptr::eq(*known, *unit)) {
                providers.push(unit);
            }
        }
        let mut parts = vec![self.base.0];
        parts.extend(providers.iter().map(|provider| &provider.part));
        let mut moves = vec![Moves::new(self.base.2, self.base.1, self.cut)];
        moves.extend(providers.iter().map(|it| Moves::new(&it.derived, &it.cut, self.cut)));
        let number = |provider: &Provider| {
            providers.iter().position(|it| std::ptr::eq(*it, provider)).map_or(1, |at| at + 1)
        };
        let own: Vec<(String, usize)> = self
            .edited
            .iter()
            .filter_map(|id| Some((owned(self.opaque, *id)?, number(self.provider(*id)))))
            .collect();
        let has = |part: usize, name: &str| parts[part].named.contains_key(name);
        let choose = |name: &str| -> Option<usize> {
            if let Some(id) = self.opaque.by_symbol.get(name) {
                let must = self.edited.contains(id) || affected.contains(name) || !has(0, name);
                return Some(if must { number(self.provider(*id)) } else { 0 });
            }
            let order = 0..parts.len();
            if affected.contains(name)
                && parts[1].named.get(name).is_some_and(|at| parts[1].symbols[*at].is_function())
            {
                return Some(1);
            }
            if !own.is_empty() && name.starts_with("_R") && !has_global(&parts, name) {
                let path = path_of(name).unwrap_or_default();
                let inside =
                    own.iter().find(|(own, part)| path.starts_with(own) && has(*part, name));
                if let Some((_, part)) = inside {
                    return Some(*part);
                }
            }
            order.into_iter().find(|part| has(*part, name))
        };
        let amend = |part: usize, section: usize, bytes: &mut Vec<u8>| {
            moves[part].amend(parts[part], section, bytes);
        };
        let merge =
            Merge { parts: &parts, choose: &choose, amend: &amend, crate_name: self.crate_name };
        merge.write().map_err(Refusal::because)
    }

    /// A variable whose initial value has code of its own (a closure) that may hold what was edited.
    fn check_variables(&self, affected: &HashSet<&str>) -> Result<(), Refusal> {
        let part = &self.opaque.whole.part;
        let edited: HashSet<&str> = self
            .edited
            .iter()
            .filter_map(|id| self.opaque.symbols.get(id))
            .map(String::as_str)
            .collect();
        for (name, symbol) in &part.named {
            if part.symbols[*symbol].is_function() {
                continue;
            }
            let code = part.edges(name).map(|edges| &edges.by_private_code);
            let is_stale = |callee: &String| {
                affected.contains(callee.as_str()) || edited.contains(callee.as_str())
            };
            if code.into_iter().flatten().any(is_stale) {
                let name = crate::Interface::static_path(name);
                return Err(Refusal::because(format!("the initial value of `{name}` calls it")));
            }
        }
        Ok(())
    }
}

/// Whether some part has `name` as a symbol that others see.
fn has_global(parts: &[&Part], name: &str) -> bool {
    parts.iter().any(|part| part.named.get(name).is_some_and(|at| !part.symbols[*at].is_local()))
}
