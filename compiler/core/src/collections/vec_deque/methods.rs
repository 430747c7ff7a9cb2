//! What changes a queue somewhere in it, and what looks for something there.

use super::{Drain, Part, VecDeque};
use crate::cmp::Ordering;
use crate::ops::RangeBounds;
use crate::ptr;
use crate::slice::range_within;
use crate::vec::TryReserveError;

impl<T> VecDeque<T> {
    #[track_caller]
    pub fn insert(&mut self, index: usize, value: T) {
        if index > self.length {
            crate::panicking::panic("index out of bounds")
        }
        self.push_back(value);
        if index < self.length / 2 {
            // The shorter way: the new one goes to the front, and those before its place move down.
            self.rotate_right(1);
            self.move_values(0, index);
        } else {
            let mut at = self.length - 1;
            while at > index {
                self.swap_places(at, at - 1);
                at -= 1;
            }
        }
    }

    /// Brings the value at `from` to `to` behind it; those between move down by one.
    fn move_values(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            self.swap_places(at, at + 1);
            at += 1;
        }
    }

    fn swap_places(&mut self, a: usize, b: usize) {
        unsafe { ptr::swap(self.place(a), self.place(b)) }
    }

    pub fn insert_mut(&mut self, index: usize, value: T) -> &mut T {
        self.insert(index, value);
        unsafe { &mut *self.place(index) }
    }

    pub fn push_front_mut(&mut self, value: T) -> &mut T {
        self.push_front(value);
        unsafe { &mut *self.place(0) }
    }

    pub fn push_back_mut(&mut self, value: T) -> &mut T {
        self.push_back(value);
        unsafe { &mut *self.place(self.length - 1) }
    }

    pub fn pop_front_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        if predicate(self.front_mut()?) { self.pop_front() } else { None }
    }

    pub fn pop_back_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        if predicate(self.back_mut()?) { self.pop_back() } else { None }
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        TryReserveError::check::<T>(self.length, additional)?;
        self.reserve(additional);
        Ok(())
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        TryReserveError::check::<T>(self.length, additional)?;
        self.reserve_exact(additional);
        Ok(())
    }

    pub fn remove(&mut self, index: usize) -> Option<T> {
        if index >= self.length {
            return None;
        }
        if index < self.length / 2 {
            let mut at = index;
            while at > 0 {
                self.swap_places(at, at - 1);
                at -= 1;
            }
            return self.pop_front();
        }
        self.move_values(index, self.length - 1);
        self.pop_back()
    }

    #[track_caller]
    pub fn swap(&mut self, i: usize, j: usize) {
        if i >= self.length {
            crate::panicking::panic("assertion failed: i < self.len()")
        }
        if j >= self.length {
            crate::panicking::panic("assertion failed: j < self.len()")
        }
        self.swap_places(i, j);
    }

    pub fn swap_remove_back(&mut self, index: usize) -> Option<T> {
        if index >= self.length {
            return None;
        }
        self.swap_places(index, self.length - 1);
        self.pop_back()
    }

    pub fn swap_remove_front(&mut self, index: usize) -> Option<T> {
        if index >= self.length {
            return None;
        }
        self.swap_places(index, 0);
        self.pop_front()
    }

    pub fn truncate(&mut self, len: usize) {
        if len < self.length {
            let (first, second) = self.parts_of(len, self.length - len);
            self.length = len;
            let _second = Part(second);
            unsafe { ptr::drop_in_place(first) };
        }
    }

    pub fn clear(&mut self) {
        self.truncate(0);
        self.head = 0;
    }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> VecDeque<T> {
        if at > self.length {
            crate::panicking::panic("`at` out of bounds")
        }
        let mut other = VecDeque::with_capacity(self.length - at);
        let mut index = at;
        while index < self.length {
            unsafe { ptr::write(other.place(index - at), ptr::read(self.place(index))) };
            index += 1;
        }
        other.length = self.length - at;
        self.length = at;
        other
    }

    pub fn append(&mut self, other: &mut VecDeque<T>) {
        self.reserve(other.length);
        while let Some(value) = other.pop_front() {
            self.push_back(value);
        }
    }

    /// What is in the range is out of the queue at once.
    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_, T> {
        let range = range_within(range, self.length);
        let mut rest = self.split_off(range.end);
        let drained = self.split_off(range.start);
        self.append(&mut rest);
        Drain::new(drained)
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.retain_mut(|value| f(value))
    }

    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        let mut kept = 0;
        let mut index = 0;
        while index < self.length {
            if f(unsafe { &mut *self.place(index) }) {
                if kept != index {
                    self.swap_places(kept, index);
                }
                kept += 1;
            }
            index += 1;
        }
        self.truncate(kept);
    }

    pub fn resize(&mut self, new_len: usize, value: T)
    where
        T: Clone,
    {
        self.resize_with(new_len, || value.clone())
    }

    pub fn resize_with(&mut self, new_len: usize, mut generator: impl FnMut() -> T) {
        self.truncate(new_len);
        while self.length < new_len {
            self.push_back(generator());
        }
    }

    #[track_caller]
    pub fn rotate_left(&mut self, n: usize) {
        if n > self.length {
            crate::panicking::panic("assertion failed: n <= self.len()")
        }
        self.rotate(n);
    }

    #[track_caller]
    pub fn rotate_right(&mut self, n: usize) {
        if n > self.length {
            crate::panicking::panic("assertion failed: n <= self.len()")
        }
        self.rotate(self.length - n);
    }

    /// A full ring is turned by its head alone.
    fn rotate(&mut self, n: usize) {
        if self.length == self.capacity {
            self.head = self.number(n);
        } else if n <= self.length / 2 {
            for _ in 0..n {
                if let Some(value) = self.pop_front() {
                    self.push_back(value);
                }
            }
        } else {
            for _ in 0..self.length - n {
                if let Some(value) = self.pop_back() {
                    self.push_front(value);
                }
            }
        }
    }

    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq,
    {
        let (first, second) = self.as_slices();
        first.contains(x) || second.contains(x)
    }

    pub fn binary_search(&self, x: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|value| value.cmp(x))
    }

    pub fn binary_search_by<'a, F: FnMut(&'a T) -> Ordering>(&'a self, mut f: F) -> Result<usize, usize> {
        let (first, second) = self.as_slices();
        match second.first() {
            Some(value) => match f(value) {
                Ordering::Equal => Ok(first.len()),
                Ordering::Less => match second.binary_search_by(f) {
                    Ok(index) => Ok(first.len() + index),
                    Err(index) => Err(first.len() + index),
                },
                Ordering::Greater => first.binary_search_by(f),
            },
            None => first.binary_search_by(f),
        }
    }

    pub fn binary_search_by_key<'a, B: Ord, F: FnMut(&'a T) -> B>(&'a self, b: &B, mut f: F) -> Result<usize, usize> {
        self.binary_search_by(|value| f(value).cmp(b))
    }

    pub fn partition_point<P: FnMut(&T) -> bool>(&self, mut pred: P) -> usize {
        let (first, second) = self.as_slices();
        match second.first() {
            Some(value) if pred(value) => first.len() + second.partition_point(pred),
            _ => first.partition_point(pred),
        }
    }
}
