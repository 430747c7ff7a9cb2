//! Sorted tables.

mod entry;
mod extract;
mod iterate;
mod traits;

pub use self::entry::{Entry, OccupiedEntry, VacantEntry};
pub use self::extract::ExtractIf;
pub(super) use self::extract::Chosen;
pub use self::iterate::{IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Range, RangeMut, Values, ValuesMut};

use super::vec_deque::VecDeque;
use crate::borrow::Borrow;
use crate::cmp::Ordering;
use crate::ops::{Bound, RangeBounds};

/// The pairs stand in a ring, in the order of their keys: what comes or goes moves those on the shorter side of it.
pub struct BTreeMap<K, V> {
    pairs: VecDeque<(K, V)>,
}

impl<K, V> BTreeMap<K, V> {
    pub const fn new() -> BTreeMap<K, V> {
        BTreeMap { pairs: VecDeque::new() }
    }

    pub const fn len(&self) -> usize {
        self.pairs.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.pairs.len() == 0
    }

    pub fn clear(&mut self) {
        self.pairs.clear()
    }

    /// Where a key is, or where it would be.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q> + Ord,
    {
        let (mut from, mut to) = (0, self.pairs.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match key.cmp(self.pairs[middle].0.borrow()) {
                Ordering::Less => to = middle,
                Ordering::Equal => return Ok(middle),
                Ordering::Greater => from = middle + 1,
            }
        }
        Err(from)
    }

    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q> + Ord,
    {
        match self.find(key) {
            Ok(index) => Some(&self.pairs[index].1),
            Err(_) => None,
        }
    }

    pub fn get_key_value<Q: Ord + ?Sized>(&self, k: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q> + Ord,
    {
        match self.find(k) {
            Ok(index) => Some(pair(&self.pairs[index])),
            Err(_) => None,
        }
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q> + Ord,
    {
        match self.find(key) {
            Ok(index) => Some(&mut self.pairs[index].1),
            Err(_) => None,
        }
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q> + Ord,
    {
        self.find(key).is_ok()
    }

    /// A key that is there already stays.
    pub fn insert(&mut self, key: K, value: V) -> Option<V>
    where
        K: Ord,
    {
        match self.find(&key) {
            Ok(index) => Some(crate::mem::replace(&mut self.pairs[index].1, value)),
            Err(index) => {
                self.pairs.insert(index, (key, value));
                None
            }
        }
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q> + Ord,
    {
        match self.remove_entry(key) {
            Some((_, value)) => Some(value),
            None => None,
        }
    }

    pub fn remove_entry<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q> + Ord,
    {
        match self.find(key) {
            Ok(index) => self.pairs.remove(index),
            Err(_) => None,
        }
    }

    pub fn first_key_value(&self) -> Option<(&K, &V)>
    where
        K: Ord,
    {
        self.pairs.front().map(pair)
    }

    pub fn last_key_value(&self) -> Option<(&K, &V)>
    where
        K: Ord,
    {
        self.pairs.back().map(pair)
    }

    pub fn first_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>>
    where
        K: Ord,
    {
        if self.is_empty() { None } else { Some(OccupiedEntry { map: self, index: 0 }) }
    }

    pub fn last_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>>
    where
        K: Ord,
    {
        let index = self.len().checked_sub(1)?;
        Some(OccupiedEntry { map: self, index })
    }

    pub fn pop_first(&mut self) -> Option<(K, V)>
    where
        K: Ord,
    {
        self.pairs.pop_front()
    }

    pub fn pop_last(&mut self) -> Option<(K, V)>
    where
        K: Ord,
    {
        self.pairs.pop_back()
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V>
    where
        K: Ord,
    {
        match self.find(&key) {
            Ok(index) => Entry::Occupied(OccupiedEntry { map: self, index }),
            Err(index) => Entry::Vacant(VacantEntry { map: self, index, key }),
        }
    }

    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut f: F)
    where
        K: Ord,
    {
        self.pairs.retain_mut(|pair| f(&pair.0, &mut pair.1))
    }

    pub fn append(&mut self, other: &mut BTreeMap<K, V>)
    where
        K: Ord,
    {
        while let Some((key, value)) = other.pairs.pop_front() {
            self.insert(key, value);
        }
    }

    pub fn split_off<Q: Ord + ?Sized>(&mut self, key: &Q) -> BTreeMap<K, V>
    where
        K: Borrow<Q> + Ord,
    {
        let (Ok(index) | Err(index)) = self.find(key);
        BTreeMap { pairs: self.pairs.split_off(index) }
    }

    /// The places in a range of keys. `what` is what a panic names.
    #[track_caller]
    pub(super) fn places<Q: Ord + ?Sized, R: RangeBounds<Q>>(&self, range: &R, what: &str) -> (usize, usize)
    where
        K: Borrow<Q> + Ord,
    {
        if let (Bound::Included(start) | Bound::Excluded(start), Bound::Included(end) | Bound::Excluded(end)) =
            (range.start_bound(), range.end_bound())
        {
            match (start.cmp(end), range.start_bound(), range.end_bound()) {
                (Ordering::Greater, _, _) => panic!("range start is greater than range end in {what}"),
                (Ordering::Equal, Bound::Excluded(_), Bound::Excluded(_)) => {
                    panic!("range start and end are equal and excluded in {what}")
                }
                _ => {}
            }
        }
        let from = match range.start_bound() {
            Bound::Unbounded => 0,
            Bound::Included(key) => match self.find(key) {
                Ok(index) | Err(index) => index,
            },
            Bound::Excluded(key) => match self.find(key) {
                Ok(index) => index + 1,
                Err(index) => index,
            },
        };
        let to = match range.end_bound() {
            Bound::Unbounded => self.len(),
            Bound::Included(key) => match self.find(key) {
                Ok(index) => index + 1,
                Err(index) => index,
            },
            Bound::Excluded(key) => match self.find(key) {
                Ok(index) | Err(index) => index,
            },
        };
        (from, to)
    }

    #[track_caller]
    pub fn range<Q: Ord + ?Sized, R: RangeBounds<Q>>(&self, range: R) -> Range<'_, K, V>
    where
        K: Borrow<Q> + Ord,
    {
        let (from, to) = self.places(&range, "BTreeMap");
        Range { pairs: self.pairs.range(from..to) }
    }

    #[track_caller]
    pub fn range_mut<Q: Ord + ?Sized, R: RangeBounds<Q>>(&mut self, range: R) -> RangeMut<'_, K, V>
    where
        K: Borrow<Q> + Ord,
    {
        let (from, to) = self.places(&range, "BTreeMap");
        RangeMut { pairs: self.pairs.range_mut(from..to) }
    }

    pub(super) fn range_of_places(&self, (from, to): (usize, usize)) -> Range<'_, K, V> {
        Range { pairs: self.pairs.range(from..to) }
    }
}

fn pair<K, V>(pair: &(K, V)) -> (&K, &V) {
    (&pair.0, &pair.1)
}
