//! The functions that the host calls, under `Commit::Snapshot`: which root each has, and the entries
//! of a generation.
//!
//! A root goes by the shim's symbol and its signature's fingerprint, so a handle whose signature the
//! file no longer has goes on calling the last function that had it, in every later array.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Weak},
};

use segue_compiler::Fingerprint;

use super::next::shim_fingerprint;
use crate::{
    epoch::{Epochs, Retired},
    generation::{Generation, LiveFunction},
    keep::{Hold, Kept},
    roots::Entries,
    sync::{Mutex, lock},
};

/// A function that the host calls: its shim's symbol, and the fingerprint of its signature.
type RootKey = (Arc<str>, Fingerprint);

/// What typed handles on one root share.
#[derive(Debug)]
pub(crate) struct RootHandle(Arc<Number>);

impl RootHandle {
    #[inline]
    pub(crate) fn number(&self) -> u32 {
        self.0.number
    }
}

/// The number of a root. It is given to another root when nobody has it: no handle, no array.
#[derive(Debug)]
struct Number {
    number: u32,
    numbers: Arc<Numbers>,
}

impl Drop for Number {
    fn drop(&mut self) {
        lock(&self.numbers.0).free.push(self.number);
    }
}

#[derive(Debug, Default)]
struct Numbers(Mutex<Row>);

#[derive(Debug, Default)]
struct Row {
    used: u32,
    free: Vec<u32>,
}

impl Numbers {
    fn take(self: &Arc<Numbers>) -> Arc<Number> {
        let mut row = lock(&self.0);
        let number = row.free.pop().unwrap_or_else(|| {
            row.used += 1;
            row.used - 1
        });
        Arc::new(Number { number, numbers: self.clone() })
    }
}

struct Root {
    number: Arc<Number>,
    handles: Weak<RootHandle>,
    function: Arc<LiveFunction>,
    /// Held when the generation does not have the function, and handles do.
    carried: Option<Arc<Hold>>,
}

/// The roots of all generations that somebody may enter.
#[derive(Default)]
pub(super) struct Shims {
    roots: HashMap<RootKey, Root>,
    numbers: Arc<Numbers>,
}

impl Shims {
    /// Makes `generation` the one that scopes enter from now on: one store. What leaves the history
    /// afterwards leaves behind what handles can still call.
    pub(super) fn publish(&mut self, generation: &Generation, kept: &mut Kept, epochs: &Epochs) {
        let mut here = HashSet::new();
        let interface = &generation.interface;
        for function in interface.functions.iter() {
            let shim = function.shim.as_deref();
            let shim = shim.and_then(|shim| generation.functions.get_key_value(shim));
            let Some((symbol, live)) = shim else { continue };
            let key = (symbol.clone(), function.fingerprint);
            let numbers = &self.numbers;
            let root = self.roots.entry(key.clone()).or_insert_with(|| {
                let number = numbers.take();
                Root { number, handles: Weak::new(), function: live.clone(), carried: None }
            });
            root.function = live.clone();
            root.carried = None;
            here.insert(key);
        }
        self.roots.retain(|key, root| here.contains(key) || root.handles.strong_count() > 0);
        for (key, root) in &mut self.roots {
            if !here.contains(key) && root.carried.is_none() {
                root.carried = Some(kept.hold(&root.function.slot));
            }
        }
        if let Some(old) = epochs.roots.publish(self.entries()) {
            epochs.retire(Retired::new(old));
        }
    }

    fn entries(&self) -> Box<Entries> {
        let length = self.roots.values().map(|root| root.number.number as usize + 1).max();
        let mut entries = vec![0; length.unwrap_or(0)];
        for root in self.roots.values() {
            entries[root.number.number as usize] = root.function.code.entry();
        }
        let numbers: Vec<Arc<Number>> =
            self.roots.values().map(|root| root.number.clone()).collect();
        Entries::new(entries, numbers)
    }

    /// What a handle on this shim of `generation`, the newest, keeps.
    pub(super) fn bind(&mut self, generation: &Generation, shim: &str) -> Option<Arc<RootHandle>> {
        let (symbol, _) = generation.functions.get_key_value(shim)?;
        let key = (symbol.clone(), shim_fingerprint(&generation.interface, shim));
        let root = self.roots.get_mut(&key)?;
        Some(root.handles.upgrade().unwrap_or_else(|| {
            let handle = Arc::new(RootHandle(root.number.clone()));
            root.handles = Arc::downgrade(&handle);
            handle
        }))
    }
}
