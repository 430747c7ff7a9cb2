//! Which object counts for which function, and the one object that comes of it.
//!
//! `base` is the last ordinary compile of the whole file, with everything inlined that rustc likes. A
//! function that was edited since is taken from the unit that compiled it; one from which calls
//! lead to an edited one, from where it knows nothing of others (see `opaque`); everything else
//! is as it was.
//!
//! As long as nothing of the base has to say other places than it does, the object has only what is not the
//! base's (`Made::rest`).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::cut::{Cut, Id};
use super::merge::Merge;
use super::names::path_of;
use super::opaque::{Opaque, Provider};
use super::part::{Edges, Part};
use super::places::Moves;
use super::unit::owned;
use super::{Base, Refusal};
use crate::symbol::is_live;

/// What comes of it.
pub(super) struct Made {
    pub object: Arc<[u8]>,
    /// The object that has everything else.
    pub rest: Option<Arc<[u8]>>,
}

/// Everything that an object is put together from.
pub(super) struct Choice<'a> {
    pub base: &'a Base,
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

    /// The names from which a path of calls leads to what was edited.
    fn affected(&self) -> HashSet<&'a str> {
        // What units have calls what it calls there, and not what it calls in the opaque whole.
        let of_unit = |id: &Id| Some((self.opaque.symbols.get(id)?.as_str(), self.units.get(id)?));
        let units: HashMap<&'a str, &Edges> = self
            .units
            .keys()
            .filter_map(of_unit)
            .filter_map(|(name, unit)| Some((name, unit.part.edges(name)?)))
            .collect();
        let callers = |callee: &str| {
            let of_whole = self.opaque.callers.get(callee).into_iter().flatten();
            let of_whole = of_whole.map(String::as_str).filter(|it| !units.contains_key(it));
            let of_units = units.iter().filter(|(_, edges)| edges.all.contains(callee));
            of_whole.chain(of_units.map(|(name, _)| *name)).collect::<Vec<&'a str>>()
        };
        let mut found = HashSet::new();
        let mut open: Vec<&str> = self
            .edited
            .iter()
            .filter_map(|id| self.opaque.symbols.get(id))
            .map(String::as_str)
            .collect();
        while let Some(callee) = open.pop() {
            for caller in callers(callee) {
                if found.insert(caller) {
                    open.push(caller);
                }
            }
        }
        found
    }

    /// The object.
    pub(super) fn object(&self) -> Result<Made, Refusal> {
        let affected = self.affected();
        self.check_variables(&affected)?;
        let parts = Parts::new(self, affected);
        let base = &self.base.part;
        let mut moves = vec![Moves::new(&self.base.derived, &self.base.cut, self.cut)];
        let of_others = parts.providers.iter();
        moves.extend(of_others.map(|it| Moves::new(&it.derived, &it.cut, self.cut)));
        let is_partial = base.is_plain() && !moves[0].concern(base);
        let other = parts.other_than_of_base();
        if is_partial && other.is_empty() {
            return Ok(Made { object: Arc::clone(&self.base.compiled.object), rest: None });
        }
        let choose = |name: &str| {
            let is_elsewhere =
                is_partial && parts.is_function_of_base(name) && is_live(name, self.crate_name);
            if is_elsewhere { None } else { parts.choose(name) }
        };
        let amend = |part: usize, section: usize, bytes: &mut Vec<u8>| {
            moves[part].amend(parts.parts[part], section, bytes);
        };
        let merge = Merge {
            parts: &parts.parts,
            roots: is_partial.then_some(other),
            choose: &choose,
            amend: &amend,
            crate_name: self.crate_name,
        };
        let object = merge.write().map_err(Refusal::because)?.into();
        let rest = is_partial.then(|| Arc::clone(&self.base.compiled.object));
        Ok(Made { object, rest })
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

/// The objects that there are: the base, the opaque whole, and units.
struct Parts<'c, 'a> {
    choice: &'c Choice<'a>,
    /// The names from which calls lead to what was edited.
    affected: HashSet<&'a str>,
    /// Of the parts but for the base.
    providers: Vec<&'a Provider>,
    parts: Vec<&'a Part>,
    /// What the paths of everything inside of edited functions start with, and the part that has it.
    inside: Vec<(String, usize)>,
}

impl<'c, 'a> Parts<'c, 'a> {
    fn new(choice: &'c Choice<'a>, affected: HashSet<&'a str>) -> Parts<'c, 'a> {
        let mut providers: Vec<&Provider> = vec![&choice.opaque.whole];
        for unit in choice.units.values() {
            if !providers.iter().any(|known| std::ptr::eq(*known, *unit)) {
                providers.push(unit);
            }
        }
        let mut parts = vec![&choice.base.part];
        parts.extend(providers.iter().map(|provider| &provider.part));
        let mut parts = Parts { choice, affected, providers, parts, inside: Vec::new() };
        let inside = choice.edited.iter();
        let inside =
            inside.filter_map(|id| Some((owned(choice.opaque, *id)?, parts.number(*id)))).collect();
        parts.inside = inside;
        parts
    }

    /// The part that has a function as it is where it must not hold what is known of others.
    fn number(&self, id: Id) -> usize {
        let provider = self.choice.provider(id);
        self.providers.iter().position(|it| std::ptr::eq(*it, provider)).map_or(1, |at| at + 1)
    }

    fn has(&self, part: usize, name: &str) -> bool {
        self.parts[part].named.contains_key(name)
    }

    fn is_function(&self, part: usize, name: &str) -> bool {
        let part = self.parts[part];
        part.named.get(name).is_some_and(|at| part.symbols[*at].is_function())
    }

    /// The part that counts for `name`.
    fn choose(&self, name: &str) -> Option<usize> {
        let is_affected = self.affected.contains(name);
        if let Some(id) = self.choice.opaque.by_symbol.get(name) {
            let must = self.choice.edited.contains(id) || is_affected || !self.has(0, name);
            return Some(if must { self.number(*id) } else { 0 });
        }
        if is_affected && self.is_function(1, name) {
            return Some(1);
        }
        if !self.inside.is_empty() && name.starts_with("_R") && !has_global(&self.parts, name) {
            let path = path_of(name).unwrap_or_default();
            let mut inside = self.inside.iter();
            let found = inside.find(|(own, part)| path.starts_with(own) && self.has(*part, name));
            if let Some((_, part)) = found {
                return Some(*part);
            }
        }
        (0..self.parts.len()).find(|part| self.has(*part, name))
    }

    fn is_function_of_base(&self, name: &str) -> bool {
        self.is_function(0, name) && self.choose(name) == Some(0)
    }

    /// What the base offers, and another part counts for.
    fn other_than_of_base(&self) -> Vec<&'a str> {
        let choice = self.choice;
        let edited = choice.edited.iter().filter_map(|id| choice.opaque.symbols.get(id));
        let all: HashSet<&str> =
            edited.map(String::as_str).chain(self.affected.iter().copied()).collect();
        let is_other = |name: &&str| self.has(0, name) && self.choose(name) != Some(0);
        all.into_iter().filter(is_other).collect()
    }
}

/// Whether some part has `name` as a symbol that others see.
fn has_global(parts: &[&Part], name: &str) -> bool {
    parts.iter().any(|part| part.named.get(name).is_some_and(|at| !part.symbols[*at].is_local()))
}
