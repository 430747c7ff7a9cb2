//! The generation being made: which slot each of its functions has, and which code can be used again.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use segue_compiler::{Fingerprint, Interface};
use segue_loader::{Linked, Linker, Selection, SlotIndex, Split, Targets};

use super::{Line, Slots};
use crate::{
    epoch::Epochs,
    error::{Error, ErrorKind},
    functions::Entry,
    generation::{Code, Generation, LiveFunction},
    reach::Codes,
    table::OwnedSlot,
    wanted::{FUNCTION_SHIM, SHIM, Wanted, by_split},
};

/// The generation being made.
pub(super) struct Next<'a> {
    pub(super) slots: &'a mut Slots,
    pub(super) interface: &'a Interface,
    pub(super) world: u64,
    pub(super) number: u64,
    pub(super) epochs: &'a Arc<Epochs>,
    pub(super) codes: &'a Arc<Codes>,
    /// The generation whose code is used again where it is the same.
    pub(super) reuse: Arc<Generation>,
    /// The slots that its functions call each other through, as far as they were asked for.
    pub(super) lines: HashMap<Arc<str>, Arc<OwnedSlot>>,
    /// Slots taken for this generation: no caller has loaded them yet.
    pub(super) fresh: HashSet<u32>,
    /// Under `Commit::Snapshot`: functions that stay as they are, and all others get slots of their own.
    pub(super) staying: Option<HashMap<Arc<str>, Arc<LiveFunction>>>,
    /// Slots that addresses alone name, by function, once they were looked for: they go first.
    pub(super) idle: Option<HashMap<Arc<str>, Arc<OwnedSlot>>>,
    /// What the linker asked for since the last look.
    pub(super) asked: HashSet<Arc<str>>,
}

impl Next<'_> {
    /// The slot that callers of `symbol` use in this generation.
    fn slot_of(&mut self, symbol: &Arc<str>) -> Option<Arc<OwnedSlot>> {
        if let Some(slot) = self.lines.get(symbol) {
            return Some(slot.clone());
        }
        if self.staying.is_some() {
            let slot = self.take_slot(symbol)?;
            self.lines.insert(symbol.clone(), slot.clone());
            return Some(slot);
        }
        let line = if symbol.starts_with(SHIM) {
            Line::Signature(shim_fingerprint(self.interface, symbol))
        } else {
            Line::World(self.world)
        };
        let key = (symbol.clone(), line);
        let slot = match self.slots.get(&key) {
            Some(slot) => slot,
            None => {
                let slot = self.take_slot(symbol)?;
                self.slots.by_key.insert(key, Arc::downgrade(&slot));
                slot
            }
        };
        self.lines.insert(symbol.clone(), slot.clone());
        Some(slot)
    }

    /// A slot that no running code calls `symbol` through: a fresh one, or one that is there for the
    /// address of older code of it.
    fn take_slot(&mut self, symbol: &Arc<str>) -> Option<Arc<OwnedSlot>> {
        let (kept, types) = (&self.slots.kept, self.interface.types.0);
        let idle = self.idle.get_or_insert_with(|| kept.idle(types));
        if let Some(slot) = idle.remove(symbol) {
            self.slots.forget(&slot);
            return Some(slot);
        }
        let slot = self.slots.table.take()?;
        self.fresh.insert(slot.index());
        Some(slot)
    }

    /// The generation that brought this code: an older one, where it is only linked to other slots.
    fn since(&self, wanted: &Wanted) -> u64 {
        let same = self.staying.as_ref().and_then(|_| {
            let live = self.reuse.functions.get(&wanted.symbol)?;
            is_same_code(live, wanted, &self.reuse.interface, self.interface).then_some(live.since)
        });
        same.unwrap_or(self.number)
    }

    /// Links what cannot be used again.
    pub(super) fn link(
        &mut self,
        linker: &mut Linker,
        to_link: Vec<(Wanted, Arc<OwnedSlot>)>,
    ) -> Result<Vec<Entry>, Error> {
        let mut functions = Vec::with_capacity(to_link.len());
        for (split, group) in by_split(to_link) {
            let modules: Vec<usize> = group.iter().map(|(each, _)| each.module).collect();
            let batch = [Selection { split: &split, functions: &modules }];
            let linked = linker.link(&batch, self)?;
            let codes = self.own(&split, modules.into_iter().zip(linked).collect());
            for ((each, slot), code) in group.into_iter().zip(codes) {
                let since = self.since(&each);
                let Wanted { symbol, split, module } = each;
                let live = LiveFunction { slot, code, split, module, since };
                functions.push((symbol, Arc::new(live)));
            }
        }
        Ok(functions)
    }

    /// Code that was linked as one batch, with the slots that it calls through.
    fn own(&mut self, split: &Split, linked: Vec<(usize, Linked)>) -> Vec<Arc<Code>> {
        let modules = split.modules();
        let mut rest = std::mem::take(&mut self.asked);
        for callee in linked.iter().flat_map(|(module, _)| &modules[*module].calls) {
            rest.remove(callee.as_str());
        }
        // What constructors and destructors call, which stay; nothing else is asked for that no module
        // calls, and if it were, it would stay too.
        rest.extend(split.startup_calls().iter().map(|callee| Arc::from(callee.as_str())));
        let rest: Vec<Arc<OwnedSlot>> =
            rest.iter().filter_map(|symbol| self.lines.get(symbol).cloned()).collect();
        let types = self.interface.types.0;
        let mut codes = Vec::with_capacity(linked.len());
        for (module, linked) in linked {
            let lines = &self.lines;
            let slots = |names: &[String]| -> Vec<Arc<OwnedSlot>> {
                names.iter().filter_map(|name| lines.get(name.as_str()).cloned()).collect()
            };
            for slot in slots(&modules[module].addresses).iter().chain(&rest) {
                slot.set_addressed(types);
            }
            let mut slots = slots(&modules[module].calls);
            slots.extend_from_slice(&rest);
            let known = self.codes.note(linked, slots);
            codes.push(Arc::new(Code::new(known, self.epochs.clone())));
        }
        codes
    }

    /// Gives each wanted function its slot; those whose code can be used again are returned, the
    /// others are left in `to_link`.
    pub(super) fn reuse(
        &mut self,
        wanted: Vec<Wanted>,
        to_link: &mut Vec<(Wanted, Arc<OwnedSlot>)>,
    ) -> Result<Vec<Entry>, Error> {
        let mut functions = Vec::with_capacity(wanted.len());
        self.lines.reserve(wanted.len());
        for each in wanted {
            let slot = self.slot_of(&each.symbol).ok_or_else(|| {
                let message = "the table of slots is full: open the program again";
                Error::new(ErrorKind::TableFull, message)
            })?;
            match self.reusable(&each, &slot) {
                Some(live) => functions.push((each.symbol, live)),
                None => to_link.push((each, slot)),
            }
        }
        Ok(functions)
    }

    /// Code of the generation to reuse, if it is the same and linked to the same slots.
    fn reusable(&self, wanted: &Wanted, slot: &Arc<OwnedSlot>) -> Option<Arc<LiveFunction>> {
        if let Some(staying) = &self.staying {
            return staying.get(&wanted.symbol).cloned();
        }
        let live = self.reuse.functions.get(&wanted.symbol)?;
        let same_callees = self.reuse.world == self.world || live.calls().is_empty();
        let same_code = is_same_code(live, wanted, &self.reuse.interface, self.interface);
        if !same_code || !same_callees {
            return None;
        }
        if Arc::ptr_eq(&live.slot, slot) {
            return Some(live.clone());
        }
        Some(Arc::new(LiveFunction {
            slot: slot.clone(),
            code: live.code.clone(),
            split: live.split.clone(),
            module: live.module,
            since: live.since,
        }))
    }
}

impl Targets for Next<'_> {
    fn slot(&mut self, function: &str) -> Result<SlotIndex, segue_loader::Error> {
        let function: Arc<str> = Arc::from(function);
        let slot = self.slot_of(&function).ok_or_else(|| {
            let message = format!("no slot is left for `{function}`: open the program again");
            segue_loader::Error::new(segue_loader::ErrorKind::Index, message)
        })?;
        self.asked.insert(function);
        Ok(SlotIndex(slot.index()))
    }

    fn static_fingerprint(&mut self, name: &str) -> u128 {
        self.interface.static_fingerprint(name).0
    }

    fn generation(&self) -> Option<u64> {
        Some(self.number)
    }
}

/// Whether `live` can stand for `wanted`: the same bytes, and the same statics behind their names.
pub(crate) fn is_same_code(
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

/// Whether handles on the shim `symbol` of one interface may call that of the other. Code can be the same
/// though the signature is not.
pub(super) fn is_same_signature(symbol: &str, one: &Interface, other: &Interface) -> bool {
    !symbol.starts_with(FUNCTION_SHIM)
        || one.types == other.types
        || shim_fingerprint(one, symbol) == shim_fingerprint(other, symbol)
}

/// What the slot of a shim goes by: the types that cross it.
pub(super) fn shim_fingerprint(interface: &Interface, symbol: &str) -> Fingerprint {
    interface.shim_fingerprint(symbol).unwrap_or(interface.types)
}
