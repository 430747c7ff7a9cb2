//! Hashed tables.

mod entry;
mod iterate;
mod table;
mod traits;

pub use self::entry::{Entry, OccupiedEntry, VacantEntry};
pub use self::iterate::{Drain, ExtractIf, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut};
pub use crate::hash::{DefaultHasher, RandomState};

use self::table::{Slot, Table};
use crate::borrow::Borrow;
use crate::hash::{BuildHasher, Hash};
use crate::vec::TryReserveError;

pub struct HashMap<K, V, S = RandomState> {
    table: Table<K, V>,
    hasher: S,
}

impl<K, V> HashMap<K, V, RandomState> {
    pub fn new() -> HashMap<K, V, RandomState> {
        HashMap::with_hasher(RandomState::new())
    }

    pub fn with_capacity(capacity: usize) -> HashMap<K, V, RandomState> {
        HashMap::with_capacity_and_hasher(capacity, RandomState::new())
    }
}

impl<K, V, S> HashMap<K, V, S> {
    pub const fn with_hasher(hash_builder: S) -> HashMap<K, V, S> {
        HashMap { table: Table::new(), hasher: hash_builder }
    }

    pub fn with_capacity_and_hasher(capacity: usize, hasher: S) -> HashMap<K, V, S> {
        let mut table = Table::new();
        table.reserve(capacity);
        HashMap { table, hasher }
    }

    pub fn hasher(&self) -> &S {
        &self.hasher
    }

    pub fn capacity(&self) -> usize {
        self.table.capacity()
    }

    pub fn len(&self) -> usize {
        self.table.len()
    }

    pub fn is_empty(&self) -> bool {
        self.table.len() == 0
    }

    pub fn clear(&mut self) {
        self.table.clear()
    }

    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, f: F) {
        self.table.retain(f)
    }
}

impl<K: Eq + Hash, V, S: BuildHasher> HashMap<K, V, S> {
    fn find<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        if self.table.len() == 0 {
            return None;
        }
        self.table.find(self.hasher.hash_one(key), |other| key == other.borrow())
    }

    pub fn reserve(&mut self, additional: usize) {
        self.table.reserve(additional)
    }

    pub fn shrink_to_fit(&mut self) {
        self.table.shrink(0)
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.table.shrink(min_capacity)
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        TryReserveError::check::<Option<Slot<K, V>>>(self.table.len(), additional.saturating_mul(4))?;
        self.table.reserve(additional);
        Ok(())
    }

    /// Panics where two keys are equal.
    pub fn get_disjoint_mut<Q: Hash + Eq + ?Sized, const N: usize>(&mut self, ks: [&Q; N]) -> [Option<&'_ mut V>; N]
    where
        K: Borrow<Q>,
    {
        let found = ks.map(|key| self.find(key));
        for (at, index) in found.iter().enumerate() {
            if index.is_some() && found[..at].contains(index) {
                crate::panicking::panic("duplicate keys found");
            }
        }
        unsafe { self.values_at(found) }
    }

    pub unsafe fn get_disjoint_unchecked_mut<Q: Hash + Eq + ?Sized, const N: usize>(
        &mut self,
        ks: [&Q; N],
    ) -> [Option<&'_ mut V>; N]
    where
        K: Borrow<Q>,
    {
        let found = ks.map(|key| self.find(key));
        unsafe { self.values_at(found) }
    }

    /// No two places are the same.
    unsafe fn values_at<const N: usize>(&mut self, places: [Option<usize>; N]) -> [Option<&'_ mut V>; N] {
        let table = &raw mut self.table;
        places.map(|place| match place {
            Some(index) => unsafe { Some((*table).pair_mut(index).1) },
            None => None,
        })
    }

    pub fn get<Q: Hash + Eq + ?Sized>(&self, k: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(index) => Some(self.table.pair(index).1),
            None => None,
        }
    }

    pub fn get_key_value<Q: Hash + Eq + ?Sized>(&self, k: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(index) => Some(self.table.pair(index)),
            None => None,
        }
    }

    pub fn get_mut<Q: Hash + Eq + ?Sized>(&mut self, k: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(index) => Some(self.table.pair_mut(index).1),
            None => None,
        }
    }

    pub fn contains_key<Q: Hash + Eq + ?Sized>(&self, k: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(k).is_some()
    }

    /// A key that is there already stays.
    pub fn insert(&mut self, k: K, v: V) -> Option<V> {
        match self.entry(k) {
            Entry::Occupied(mut entry) => Some(entry.insert(v)),
            Entry::Vacant(entry) => {
                entry.insert(v);
                None
            }
        }
    }

    pub fn remove<Q: Hash + Eq + ?Sized>(&mut self, k: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        match self.remove_entry(k) {
            Some((_, value)) => Some(value),
            None => None,
        }
    }

    pub fn remove_entry<Q: Hash + Eq + ?Sized>(&mut self, k: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(index) => Some(self.table.remove(index)),
            None => None,
        }
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        let hash = self.hasher.hash_one(&key);
        match self.table.find(hash, |other| key == *other) {
            Some(index) => Entry::Occupied(OccupiedEntry { table: &mut self.table, index }),
            None => Entry::Vacant(VacantEntry { table: &mut self.table, hash, key }),
        }
    }
}
