//! An edit of few functions: what it does not name stays as it is, and is not even looked at.
//!
//! A compiler that gives a part of a source (`Compiled::rest`) says that all the rest is as in an object of the
//! whole. Where the live generation was made of the same whole, it can differ from the next one in those
//! functions alone that one of the two parts defines, and what is live is what was, unless a call came or
//! went. Where that does not tell what is live, or more than this is needed, all functions are gone over
//! (`Live::transition`). **Both ways make the same generation**: debug builds see to it at each commit.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use segue_compiler::Interface;
use segue_loader::Split;

use super::{Callers, Difference, Live, Next, Prepared, is_same_code};
use crate::{
    error::Error,
    generation::Generation,
    roots::Commit,
    table::OwnedSlot,
    wanted::{SHIM, Wanted},
};

/// The objects that a generation is made of.
#[derive(Clone)]
pub(crate) struct Basis {
    /// What differs from the whole.
    pub(crate) part: Option<Arc<Split>>,
    pub(crate) whole: Arc<Split>,
}

impl Basis {
    /// The first one that has a function is the one that counts.
    pub(crate) fn splits(&self) -> Vec<Arc<Split>> {
        self.part.iter().chain([&self.whole]).cloned().collect()
    }

    /// The function that counts under this name.
    fn find(&self, name: &str) -> Option<(&Arc<Split>, usize)> {
        let mut splits = self.part.iter().chain([&self.whole]);
        splits.find_map(|split| Some((split, split.find(name)?)))
    }

    fn calls(&self, name: &str, callee: &str) -> bool {
        let is_callee = |own: &String| own.as_str().cmp(callee);
        self.find(name).is_some_and(|(split, module)| {
            split.modules()[module].calls.binary_search_by(is_callee).is_ok()
        })
    }

    /// Whether the host reaches `callee` in one step, so whatever else calls it or does not.
    fn is_reached_at_once(&self, callee: &str) -> bool {
        let modules = self.whole.modules();
        let first = modules.partition_point(|module| module.name.as_str() < SHIM);
        let shims = modules[first..].iter().take_while(|module| module.name.starts_with(SHIM));
        callee.starts_with(SHIM) || shims.into_iter().any(|shim| self.calls(&shim.name, callee))
    }
}

impl Live {
    /// The generation after an edit of what differs between two parts of one whole, if that is what `basis` and
    /// the live generation are.
    pub(super) fn prepare_part(
        &mut self,
        interface: &Arc<Interface>,
        basis: &Basis,
        number: u64,
        callers: Callers,
    ) -> Result<Option<Prepared>, Error> {
        let Some(wanted) = self.differing(interface, basis) else { return Ok(None) };
        let current = self.current.clone();
        let mut difference = Difference::default();
        for each in &wanted {
            difference.changed.push(each.symbol.to_string());
            difference.replaced_callees.extend_from_slice(current.functions[&each.symbol].calls());
        }
        if callers == Callers::Several && self.is_entangled(&difference) {
            return Ok(None);
        }
        #[cfg(debug_assertions)]
        self.check_part(interface, basis, &difference);
        self.slots.sweep();
        let mut next = Next {
            slots: &mut self.slots,
            epochs: &self.epochs,
            codes: &self.codes,
            interface,
            world: current.world,
            number,
            lines: lines(&wanted, &current, &basis.whole.startup_calls()),
            reuse: current.clone(),
            staying: None,
            fresh: HashSet::new(),
            idle: None,
            asked: HashSet::new(),
        };
        let due: Vec<_> = wanted.iter().map(|each| each.symbol.clone()).collect();
        let to_link = wanted.into_iter().map(|each| {
            let slot = current.functions[&each.symbol].slot.clone();
            (each, slot)
        });
        let linked = next.link(&mut self.linker, to_link.collect())?;
        let Next { fresh, .. } = next;
        let count = linked.len();
        let generation = Generation {
            number,
            world: current.world,
            types: current.types,
            interface: interface.clone(),
            functions: current.functions.with(linked),
            basis: Some(basis.clone()),
        };
        self.finish(generation, difference, due, fresh, count).map(Some)
    }

    /// What of the live generation has other code in `basis`; `None` where that is not for the parts alone to tell.
    fn differing(&self, interface: &Interface, basis: &Basis) -> Option<Vec<Wanted>> {
        let current = &*self.current;
        let (was, part) = (current.basis.as_ref()?, basis.part.as_ref()?);
        let parts = || [part].into_iter().chain(&was.part);
        let is_of_one_whole = Arc::ptr_eq(&was.whole, &basis.whole)
            && [current.types, current.interface.types] == [interface.types; 2]
            && current.interface.statics == interface.statics
            && parts().all(|part| part.startup_calls().is_empty());
        // What a refused generation left in slots, and the graphs of snapshots, are for the other way.
        let is_known = self.refused.is_empty() && !self.is_astray;
        if !is_of_one_whole || self.commit != Commit::Immediate || !is_known {
            return None;
        }
        let mut names: Vec<&str> =
            parts().flat_map(|part| part.modules()).map(|module| module.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let mut differing = Vec::new();
        for name in names {
            let live = current.functions.get_key_value(name);
            let ((symbol, live), (split, module)) = match (live, basis.find(name)) {
                // Nothing reaches it, unless something calls it from now on, which is found there.
                (None, _) if !name.starts_with(SHIM) => continue,
                (Some(live), Some(found)) => (live, found),
                _ => return None,
            };
            let wanted = Wanted { symbol: symbol.clone(), split: split.clone(), module };
            if is_same_code(live, &wanted, &current.interface, interface) {
                continue;
            }
            let calls = &wanted.module().calls;
            let is_there = |callee: &String| current.functions.get(callee).is_some();
            let stays =
                |callee: &String| calls.contains(callee) || basis.is_reached_at_once(callee);
            if !calls.iter().all(is_there) || !live.calls().iter().all(stays) {
                return None;
            }
            differing.push(wanted);
        }
        Some(differing)
    }

    /// Going over all functions would come to the same.
    #[cfg(debug_assertions)]
    fn check_part(&self, interface: &Interface, basis: &Basis, difference: &Difference) {
        let all = self.difference(&crate::wanted::reachable(&basis.splits()), interface);
        assert_eq!(all.changed, difference.changed, "changed by an edit of a part");
        assert_eq!((all.added, all.removed), Default::default(), "by an edit of a part");
        assert_eq!(all.replaced_callees, difference.replaced_callees, "called before the edit");
    }
}

/// The slots that the functions `wanted`, those that they call, and those that constructors call have already.
fn lines(
    wanted: &[Wanted],
    current: &Generation,
    startup: &[String],
) -> HashMap<Arc<str>, Arc<OwnedSlot>> {
    let own = wanted.iter().map(|each| &*each.symbol);
    let callees = wanted.iter().flat_map(|each| &each.module().calls).chain(startup);
    let live = own.chain(callees.map(String::as_str));
    let live = live.filter_map(|name| current.functions.get_key_value(name));
    live.map(|(symbol, live)| (symbol.clone(), live.slot.clone())).collect()
}

#[cfg(all(test, feature = "rustc"))]
mod tests;
