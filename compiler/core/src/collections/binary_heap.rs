//! A heap: the greatest value first.

use crate::fmt;
use crate::iter::FromIterator;
use crate::ops::{Deref, DerefMut};
use crate::slice;
use crate::vec::{self, TryReserveError, Vec};

pub type Iter<'a, T> = slice::Iter<'a, T>;
pub type IntoIter<T> = vec::IntoIter<T>;
pub type Drain<'a, T> = vec::Drain<'a, T>;

/// No value is greater than the one at half its place.
pub struct BinaryHeap<T> {
    values: Vec<T>,
}

impl<T: Ord> BinaryHeap<T> {
    pub const fn new() -> BinaryHeap<T> {
        BinaryHeap { values: Vec::new() }
    }

    pub fn with_capacity(capacity: usize) -> BinaryHeap<T> {
        BinaryHeap { values: Vec::with_capacity(capacity) }
    }

    pub fn push(&mut self, item: T) {
        let last = self.values.len();
        self.values.push(item);
        self.rise(0, last);
    }

    pub fn pop(&mut self) -> Option<T> {
        let mut item = self.values.pop()?;
        if let Some(first) = self.values.first_mut() {
            crate::mem::swap(&mut item, first);
            let bottom = self.sink_to_the_bottom(0);
            self.rise(0, bottom);
        }
        Some(item)
    }

    /// Moves a value up, not beyond `top`, until the one above it is no smaller.
    fn rise(&mut self, top: usize, mut at: usize) {
        while at > top {
            let above = (at - 1) / 2;
            if self.values[at] <= self.values[above] {
                break;
            }
            self.values.swap(at, above);
            at = above;
        }
    }

    /// Moves a value down, always to the side of the greater one; gives where it is then.
    fn sink_to_the_bottom(&mut self, mut at: usize) -> usize {
        let end = self.values.len();
        loop {
            let mut below = 2 * at + 1;
            if below >= end {
                return at;
            }
            if below + 1 < end && self.values[below] <= self.values[below + 1] {
                below += 1;
            }
            self.values.swap(at, below);
            at = below;
        }
    }

    /// Moves a value down among the first `end` until none below it is greater.
    fn sink(&mut self, mut at: usize, end: usize) {
        loop {
            let mut below = 2 * at + 1;
            if below >= end {
                return;
            }
            if below + 1 < end && self.values[below] <= self.values[below + 1] {
                below += 1;
            }
            if self.values[at] >= self.values[below] {
                return;
            }
            self.values.swap(at, below);
            at = below;
        }
    }

    fn rebuild(&mut self) {
        let mut at = self.values.len() / 2;
        while at > 0 {
            at -= 1;
            self.sink(at, self.values.len());
        }
    }

    pub fn into_sorted_vec(mut self) -> Vec<T> {
        let mut end = self.values.len();
        while end > 1 {
            end -= 1;
            self.values.swap(0, end);
            self.sink(0, end);
        }
        self.values
    }

    pub fn peek_mut(&mut self) -> Option<PeekMut<'_, T>> {
        if self.values.is_empty() { None } else { Some(PeekMut { heap: self, was_changed: false }) }
    }

    pub fn append(&mut self, other: &mut BinaryHeap<T>) {
        self.values.append(&mut other.values);
        self.rebuild();
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, f: F) {
        self.values.retain(f);
        self.rebuild();
    }
}

impl<T> BinaryHeap<T> {
    pub fn peek(&self) -> Option<&T> {
        self.values.first()
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub fn capacity(&self) -> usize {
        self.values.capacity()
    }

    pub fn reserve(&mut self, additional: usize) {
        self.values.reserve(additional)
    }

    pub fn reserve_exact(&mut self, additional: usize) {
        self.values.reserve_exact(additional)
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.values.try_reserve(additional)
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.values.try_reserve_exact(additional)
    }

    pub fn shrink_to_fit(&mut self) {
        self.values.shrink_to_fit()
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.values.shrink_to(min_capacity)
    }

    pub fn clear(&mut self) {
        self.values.clear()
    }

    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.values.iter()
    }

    pub fn as_slice(&self) -> &[T] {
        self.values.as_slice()
    }

    pub fn into_vec(self) -> Vec<T> {
        self.values
    }

    pub fn drain(&mut self) -> vec::Drain<'_, T> {
        self.values.drain(..)
    }
}

/// The greatest value, which finds its place when this is dropped.
pub struct PeekMut<'a, T: 'a + Ord> {
    heap: &'a mut BinaryHeap<T>,
    was_changed: bool,
}

impl<'a, T: Ord> PeekMut<'a, T> {
    pub fn pop(mut this: PeekMut<'a, T>) -> T {
        // Whatever it has become, it leaves from where it is.
        this.was_changed = false;
        match this.heap.pop() {
            Some(value) => value,
            None => crate::panicking::panic("a heap without its greatest value"),
        }
    }
}

impl<T: Ord> Deref for PeekMut<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.heap.values[0]
    }
}

impl<T: Ord> DerefMut for PeekMut<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.was_changed = true;
        &mut self.heap.values[0]
    }
}

impl<T: Ord> Drop for PeekMut<'_, T> {
    fn drop(&mut self) {
        if self.was_changed {
            let end = self.heap.values.len();
            self.heap.sink(0, end);
        }
    }
}

impl<T: Clone> Clone for BinaryHeap<T> {
    fn clone(&self) -> Self {
        BinaryHeap { values: self.values.clone() }
    }
}

impl<T: Ord> Default for BinaryHeap<T> {
    fn default() -> Self {
        BinaryHeap::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for BinaryHeap<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Ord> From<Vec<T>> for BinaryHeap<T> {
    fn from(values: Vec<T>) -> Self {
        let mut heap = BinaryHeap { values };
        heap.rebuild();
        heap
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for BinaryHeap<T> {
    fn from(values: [T; N]) -> Self {
        Vec::from(values).into()
    }
}

impl<T> From<BinaryHeap<T>> for Vec<T> {
    fn from(heap: BinaryHeap<T>) -> Self {
        heap.values
    }
}

impl<T: Ord> FromIterator<T> for BinaryHeap<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        iter.into_iter().collect::<Vec<T>>().into()
    }
}

impl<T: Ord> Extend<T> for BinaryHeap<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        for value in iter {
            self.push(value);
        }
    }
}

impl<'a, T: Ord + Copy + 'a> Extend<&'a T> for BinaryHeap<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        for value in iter {
            self.push(*value);
        }
    }
}

impl<T> IntoIterator for BinaryHeap<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;
    fn into_iter(self) -> vec::IntoIter<T> {
        self.values.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a BinaryHeap<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;
    fn into_iter(self) -> slice::Iter<'a, T> {
        self.iter()
    }
}
