//! The generation being made: which slot each of its functions has, and which code can be used again.

use std::{collections::HashSet, sync::Arc};

use segue_compiler::{Fingerprint, Interface};
use segue_loader::{SlotIndex, Targets};

use super::{Line, Slots};
use crate::{
    error::{Error, ErrorKind},
    generation::{Functions, Generation, LiveFunction},
    wanted::{SHIM, Wanted},
};

/// The generation being made.
pub(super) struct Next<'a> {
    pub(super) slots: &'a mut Slots,
    pub(super) interface: &'a Interface,
    pub(super) world: u64,
    pub(super) number: u64,
    /// The generation whose code is used again where it is the same.
    pub(super) reuse: Arc<Generation>,
    /// Slots taken for this generation: no caller has loaded them yet.
    pub(super) fresh: HashSet<u32>,
}

impl Next<'_> {
    /// The slot that callers of `symbol` use in this generation.
    fn slot_of(&mut self, symbol: &Arc<str>) -> Option<u32> {
        let line = if symbol.starts_with(SHIM) {
            Line::Signature(shim_fingerprint(self.interface, symbol))
        } else {
            Line::World(self.world)
        };
        let (slot, is_fresh) = self.slots.get_or_take((symbol.clone(), line))?;
        if is_fresh {
            self.fresh.insert(slot);
        }
        Some(slot)
    }

    /// Gives each wanted function its slot; those whose code can be used again are returned, the
    /// others are left in `to_link`.
    pub(super) fn reuse(
        &mut self,
        wanted: Vec<Wanted>,
        to_link: &mut Vec<(Wanted, u32)>,
    ) -> Result<Functions, Error> {
        let mut functions = Functions::with_capacity(wanted.len());
        for each in wanted {
            let slot = self.slot_of(&each.symbol).ok_or_else(|| {
                let message = "the table of slots is full: open the program again";
                Error::new(ErrorKind::TableFull, message)
            })?;
            match self.reusable(&each, slot) {
                Some(live) => drop(functions.insert(each.symbol, live)),
                None => to_link.push((each, slot)),
            }
        }
        Ok(functions)
    }

    /// Code of the generation to reuse, if it is the same and linked to the same slots.
    fn reusable(&self, wanted: &Wanted, slot: u32) -> Option<Arc<LiveFunction>> {
        let live = self.reuse.functions.get(&wanted.symbol)?;
        let same_callees = self.reuse.world == self.world || live.calls().is_empty();
        let same_code = is_same_code(live, wanted, &self.reuse.interface, self.interface);
        if !same_code || !same_callees {
            return None;
        }
        if live.slot == slot {
            return Some(live.clone());
        }
        Some(Arc::new(LiveFunction {
            slot,
            code: live.code.clone(),
            split: live.split.clone(),
            module: live.module,
            since: live.since,
        }))
    }
}

impl Targets for Next<'_> {
    fn slot(&mut self, function: &str) -> Result<SlotIndex, segue_loader::Error> {
        self.slot_of(&Arc::from(function)).map(SlotIndex).ok_or_else(|| {
            let message = format!("no slot is left for `{function}`: open the program again");
            segue_loader::Error::new(segue_loader::ErrorKind::Index, message)
        })
    }

    fn static_fingerprint(&mut self, name: &str) -> u128 {
        self.interface.static_fingerprint(name).0
    }

    fn generation(&self) -> Option<u64> {
        Some(self.number)
    }
}

/// Whether `live` can stand for `wanted`: the same bytes, and the same statics behind their names.
pub(super) fn is_same_code(
    live: &LiveFunction,
    wanted: &Wanted,
    of_live: &Interface,
    of_wanted: &Interface,
) -> bool {
    let module = wanted.module();
    let is_same_static =
        |name: &String| of_live.static_fingerprint(name) == of_wanted.static_fingerprint(name);
    live.digest() == module.digest && module.statics.iter().all(is_same_static)
}

/// What the slot of a shim goes by: the types that cross it.
fn shim_fingerprint(interface: &Interface, symbol: &str) -> Fingerprint {
    let of_function = interface
        .functions
        .iter()
        .find(|function| function.shim.as_deref() == Some(symbol))
        .map(|function| function.fingerprint);
    let of_state = || {
        interface.states.iter().find_map(|state| {
            let shims = state.shims.as_ref()?;
            [&shims.layout, &shims.default, &shims.drop]
                .into_iter()
                .any(|shim| shim == symbol)
                .then_some(state.fingerprint)
        })
    };
    of_function.or_else(of_state).unwrap_or(interface.types)
}
