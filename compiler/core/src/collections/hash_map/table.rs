//! The places of a hashed table. A pair stands at the place that its hash names, or at the first free one after it: what is
//! taken away leaves no gap between a pair and the place that its hash names.

use crate::vec::{self, Vec};

pub struct Slot<K, V> {
    hash: u64,
    pub(super) key: K,
    pub(super) value: V,
}

/// As many places as a power of two, or none; at least a quarter of them is free.
pub struct Table<K, V> {
    slots: Vec<Option<Slot<K, V>>>,
    length: usize,
}

impl<K, V> Table<K, V> {
    pub(super) const fn new() -> Table<K, V> {
        Table { slots: Vec::new(), length: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    pub(super) fn capacity(&self) -> usize {
        self.slots.len() / 4 * 3
    }

    pub(super) fn clear(&mut self) {
        for slot in self.slots.iter_mut() {
            *slot = None;
        }
        self.length = 0;
    }

    fn after(&self, index: usize) -> usize {
        (index + 1) & (self.slots.len() - 1)
    }

    /// The place that a hash names.
    fn home(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    pub(super) fn find(&self, hash: u64, is: impl Fn(&K) -> bool) -> Option<usize> {
        if self.length == 0 {
            return None;
        }
        let mut index = self.home(hash);
        while let Some(slot) = &self.slots[index] {
            if slot.hash == hash && is(&slot.key) {
                return Some(index);
            }
            index = self.after(index);
        }
        None
    }

    pub(super) fn pair(&self, index: usize) -> (&K, &V) {
        match &self.slots[index] {
            Some(slot) => (&slot.key, &slot.value),
            None => crate::panicking::panic("no pair at a place of a table"),
        }
    }

    pub(super) fn pair_mut(&mut self, index: usize) -> (&K, &mut V) {
        match &mut self.slots[index] {
            Some(slot) => (&slot.key, &mut slot.value),
            None => crate::panicking::panic("no pair at a place of a table"),
        }
    }

    pub(super) fn reserve(&mut self, additional: usize) {
        let Some(wanted) = self.length.checked_add(additional) else {
            crate::panicking::panic("capacity overflow")
        };
        if wanted > self.capacity() {
            self.move_to(wanted);
        }
    }

    pub(super) fn shrink(&mut self, capacity: usize) {
        let least = if self.length > capacity { self.length } else { capacity };
        if least < self.capacity() {
            self.move_to(least);
        }
    }

    /// Gives all pairs new places, in a table for so many.
    fn move_to(&mut self, capacity: usize) {
        if capacity > usize::MAX / 8 {
            crate::panicking::panic("Hash table capacity overflow")
        }
        let mut count = if capacity == 0 { 0 } else { 4 };
        while count / 4 * 3 < capacity {
            count *= 2;
        }
        let mut slots = Vec::with_capacity(count);
        while slots.len() < count {
            slots.push(None);
        }
        for slot in crate::mem::replace(&mut self.slots, slots) {
            if let Some(slot) = slot {
                self.put(slot);
            }
        }
    }

    /// There is a free place.
    fn put(&mut self, slot: Slot<K, V>) -> usize {
        let mut index = self.home(slot.hash);
        while self.slots[index].is_some() {
            index = self.after(index);
        }
        self.slots[index] = Some(slot);
        index
    }

    /// Adds a pair whose key is not there.
    pub(super) fn insert(&mut self, hash: u64, key: K, value: V) -> usize {
        if self.length == self.capacity() {
            self.reserve(self.length + 1);
        }
        self.length += 1;
        self.put(Slot { hash, key, value })
    }

    pub(super) fn remove(&mut self, index: usize) -> (K, V) {
        let Some(slot) = self.slots[index].take() else {
            crate::panicking::panic("no pair at a place of a table")
        };
        self.length -= 1;
        let mask = self.slots.len() - 1;
        let (mut gap, mut at) = (index, self.after(index));
        while let Some(next) = &self.slots[at] {
            // It may go back as far as the place that its hash names.
            let may_go_back = at.wrapping_sub(self.home(next.hash)) & mask;
            if may_go_back >= at.wrapping_sub(gap) & mask {
                self.slots.swap(gap, at);
                gap = at;
            }
            at = self.after(at);
        }
        (slot.key, slot.value)
    }

    pub(super) fn retain(&mut self, mut f: impl FnMut(&K, &mut V) -> bool) {
        let mut kept = Vec::with_capacity(self.length);
        for mut slot in self.take_slots() {
            if let Some(slot) = &mut slot {
                if !f(&slot.key, &mut slot.value) {
                    continue;
                }
            }
            if slot.is_some() {
                kept.push(slot);
            }
        }
        self.reserve(kept.len());
        for slot in kept {
            if let Some(slot) = slot {
                self.put(slot);
                self.length += 1;
            }
        }
    }

    pub(super) fn slots(&self) -> &[Option<Slot<K, V>>] {
        &self.slots
    }

    pub(super) fn slots_mut(&mut self) -> &mut [Option<Slot<K, V>>] {
        &mut self.slots
    }

    /// All places; the table is empty then, and as large as it was.
    pub(super) fn take_slots_to_put_back(&mut self) -> vec::IntoIter<Option<Slot<K, V>>> {
        let capacity = self.capacity();
        let slots = self.take_slots();
        self.reserve(capacity);
        slots
    }

    /// Puts back a pair that was taken; there is a free place.
    pub(super) fn put_back(&mut self, slot: Slot<K, V>) {
        self.length += 1;
        self.put(slot);
    }

    /// All places; the table is empty then.
    pub(super) fn take_slots(&mut self) -> vec::IntoIter<Option<Slot<K, V>>> {
        self.length = 0;
        crate::mem::take(&mut self.slots).into_iter()
    }
}

impl<K: Clone, V: Clone> Clone for Table<K, V> {
    fn clone(&self) -> Self {
        Table { slots: self.slots.clone(), length: self.length }
    }
}

impl<K: Clone, V: Clone> Clone for Slot<K, V> {
    fn clone(&self) -> Self {
        Slot { hash: self.hash, key: self.key.clone(), value: self.value.clone() }
    }
}
