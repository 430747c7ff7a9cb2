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
use super::part::Part;
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
    /// Its object.
    pub part: &'a Part,
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

    /// Everybody but the base, each once; the opaque whole is the first.
    fn providers(&self) -> Vec<&'a Provider> {
        let mut providers: Vec<&Provider> = vec![&self.opaque.whole];
        for unit in self.units.values() {
            if !providers.iter().any(|known| std::ptr::eq(*known, *unit)) {
                providers.push(unit);
            }
        }
        providers
    }

    /// The symbols of what was edited.
    fn edited_symbols(&self) -> impl Iterator<Item = &'a str> {
        let opaque = self.opaque;
        self.edited.iter().filter_map(|id| opaque.symbols.get(id)).map(String::as_str)
    }

    /// Whether what `provider` says of `name` counts: of a function that can be compiled alone one of them
    /// does, of anything else (a table inside of a body, an instance) all who have it.
    fn counts(&self, name: &str, provider: &Provider) -> bool {
        let id = self.opaque.by_symbol.get(name);
        id.is_none_or(|id| std::ptr::eq(self.provider(*id), provider))
    }

    /// The names from which a path of calls leads to what was edited.
    fn affected(&self, providers: &[&'a Provider]) -> HashSet<&'a str> {
        let (whole, units) = (providers[0], &providers[1..]);
        let mut of_units: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        for unit in units {
            for (name, edges) in unit.part.all_edges().filter(|(name, _)| self.counts(name, unit)) {
                for callee in &edges.all {
                    of_units.entry(callee.as_str()).or_default().push(name);
                }
            }
        }
        let mut found = HashSet::new();
        let mut open: Vec<&str> = self.edited_symbols().collect();
        while let Some(callee) = open.pop() {
            let of_whole = self.opaque.callers.get(callee).into_iter().flatten();
            let of_whole = of_whole.map(String::as_str).filter(|name| self.counts(name, whole));
            let of_units = of_units.get(callee).into_iter().flatten().copied();
            open.extend(of_whole.chain(of_units).filter(|caller| found.insert(*caller)));
        }
        found
    }

    /// The object.
    pub(super) fn object(&self) -> Result<Made, Refusal> {
        let parts = Parts::new(self);
        parts.check_variables()?;
        let base = self.part;
        let mut moves = vec![Moves::new(&self.base.derived, &self.base.cut, self.cut)];
        let of_others = parts.providers.iter();
        moves.extend(of_others.map(|it| Moves::new(&it.derived, &it.cut, self.cut)));
        let is_partial = base.is_plain() && !moves[0].concern(base);
        let other = parts.other_than_of_base();
        if is_partial && other.is_empty() {
            return Ok(Made { object: Arc::clone(&self.base.compiled.object), rest: None });
        }
        let choose = |name: &str| {
            // What has a local symbol there is found by it alone: it comes along.
            let is_elsewhere = is_partial
                && parts.is_function_of_base(name)
                && has_global(&parts.parts[..1], name)
                && is_live(name, self.crate_name);
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
            is_newest: &|part, section, name| parts.is_newest(part, section, name),
            crate_name: self.crate_name,
        };
        let object = merge.write().map_err(Refusal::because)?.into();
        let rest = is_partial.then(|| Arc::clone(&self.base.compiled.object));
        Ok(Made { object, rest })
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
    fn new(choice: &'c Choice<'a>) -> Parts<'c, 'a> {
        let providers = choice.providers();
        let affected = choice.affected(&providers);
        let mut parts = vec![choice.part];
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
        let inside = self.inside(name).filter(|part| self.has(*part, name));
        if is_affected && self.is_anywhere_a_function(name) {
            let mut others = 1..self.parts.len();
            return inside.or_else(|| others.find(|part| self.is_function(*part, name)));
        }
        let inside = inside.filter(|_| !has_global(&self.parts, name));
        inside.or_else(|| (0..self.parts.len()).find(|part| self.has(*part, name)))
    }

    /// The part that has what stands inside of an edited function, if `name` is that.
    fn inside(&self, name: &str) -> Option<usize> {
        if self.inside.is_empty() || !name.starts_with("_R") {
            return None;
        }
        let path = path_of(name)?;
        self.inside.iter().find(|(own, _)| path.starts_with(own)).map(|(_, part)| *part)
    }

    fn is_anywhere_a_function(&self, name: &str) -> bool {
        (1..self.parts.len()).any(|part| self.is_function(part, name))
    }

    /// Whether `name` is affected by the edit, or was edited.
    fn is_stale(&self, name: &str) -> bool {
        let choice = self.choice;
        let id = choice.opaque.by_symbol.get(name);
        self.affected.contains(name) || id.is_some_and(|id| choice.edited.contains(id))
    }

    /// Whether private code in a section of a part other than the base, which is called `name`, does something
    /// else than the base's of that name.
    fn is_newest(&self, part: usize, section: usize, name: &str) -> bool {
        let edges = || self.parts[part].edges_from(section);
        self.inside(name).is_some() || edges().all.iter().any(|callee| self.is_stale(callee))
    }

    /// A variable of the base whose initial value has code that nobody reaches by a slot, and that may hold what
    /// was edited (a closure in a table, glue in a table of methods).
    fn check_variables(&self) -> Result<(), Refusal> {
        for (provider, part) in self.providers.iter().zip(&self.parts[1..]) {
            for (name, edges) in part.all_edges() {
                if self.is_function(0, name) || self.choose(name) != Some(0) {
                    continue;
                }
                let by_slot = |callee: &&String| is_live(callee, self.choice.crate_name);
                let direct = edges.all.iter().filter(|callee| !by_slot(callee));
                let mut code = edges.by_private_code.iter().chain(direct);
                if self.choice.counts(name, provider) && code.any(|it| self.is_stale(it)) {
                    let name = crate::Interface::static_path(name);
                    let why = format!("the initial value of `{name}` calls it");
                    return Err(Refusal::because(why));
                }
            }
        }
        Ok(())
    }

    fn is_function_of_base(&self, name: &str) -> bool {
        self.is_function(0, name) && self.choose(name) == Some(0)
    }

    /// What the base offers, and another part counts for.
    fn other_than_of_base(&self) -> Vec<&'a str> {
        let choice = self.choice;
        let edited = choice.edited_symbols();
        let all: HashSet<&str> = edited.chain(self.affected.iter().copied()).collect();
        let is_other = |name: &&str| self.has(0, name) && self.choose(name) != Some(0);
        all.into_iter().filter(is_other).collect()
    }
}

/// Whether some part has `name` as a symbol that others see.
fn has_global(parts: &[&Part], name: &str) -> bool {
    parts.iter().any(|part| part.named.get(name).is_some_and(|at| !part.symbols[*at].is_local()))
}
