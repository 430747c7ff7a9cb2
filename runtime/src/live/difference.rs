//! What a new generation changes, and whether a caller that still runs could meet it (rule 2 of
//! [worlds](super)).

use std::collections::HashSet;

use segue_compiler::Interface;

use super::{Live, is_same_code, is_same_signature};
use crate::{generation::Generation, wanted::Wanted};

/// How a set of wanted functions differs from the live one, by symbol.
#[derive(Default)]
pub(super) struct Difference {
    pub(super) changed: Vec<String>,
    pub(super) added: Vec<String>,
    pub(super) removed: Vec<String>,
    /// Callees of every live function that is replaced or removed.
    pub(super) replaced_callees: Vec<String>,
}

impl Difference {
    /// Rule 2 for the way back: would a callee change under a caller that `generation` brought?
    pub(super) fn is_entangled_backwards(&self, generation: &Generation) -> bool {
        let brought = self.changed.iter().chain(&self.added);
        let brought = brought.filter_map(|symbol| generation.functions.get(symbol.as_str()));
        let callees: HashSet<&str> =
            brought.flat_map(|live| live.calls()).map(String::as_str).collect();
        let mut arriving = self.changed.iter().chain(&self.removed);
        arriving.any(|symbol| callees.contains(symbol.as_str()))
    }
}

impl Live {
    pub(super) fn difference(&self, wanted: &[Wanted], interface: &Interface) -> Difference {
        let mut difference = Difference::default();
        let mut kept = HashSet::new();
        for each in wanted {
            match self.current.functions.get(&each.symbol) {
                None => difference.added.push(each.symbol.to_string()),
                Some(live) => {
                    kept.insert(each.symbol.clone());
                    let of_live = &*self.current.interface;
                    let is_same = is_same_code(live, each, of_live, interface)
                        && is_same_signature(&each.symbol, of_live, interface);
                    if !is_same {
                        difference.changed.push(each.symbol.to_string());
                        difference.replaced_callees.extend_from_slice(live.calls());
                    }
                }
            }
        }
        for (symbol, live) in self.current.functions.iter() {
            if !kept.contains(symbol) {
                difference.removed.push(symbol.to_string());
                difference.replaced_callees.extend_from_slice(live.calls());
            }
        }
        difference
    }

    /// Rule 2: does a callee change under a caller that changed too and may still be running?
    pub(super) fn is_entangled(&mut self, difference: &Difference) -> bool {
        self.forget_settled();
        let running: HashSet<&str> = self
            .unsettled
            .iter()
            .flat_map(|(_, callees)| callees)
            .chain(&difference.replaced_callees)
            .map(String::as_str)
            .collect();
        // A callee that was gone for a while comes back as an added one, into the same slot.
        let mut arriving = difference.changed.iter().chain(&difference.added);
        arriving.any(|symbol| running.contains(symbol.as_str()))
    }
}
