//! What changes a vector.

use super::{Drain, Splice, Vec};
use crate::boxed::Box;
use crate::ops::RangeBounds;
use crate::slice::range_within;

impl<T> Vec<T> {
    #[track_caller]
    pub fn insert(&mut self, index: usize, element: T) {
        let length = self.length;
        if index > length {
            crate::panicking::panic_numbers("insertion index (is ", index, ") should be <= len (is ", length, ")");
        }
        self.reserve(1);
        unsafe {
            let at = self.start.as_ptr().add(index);
            crate::intrinsics::copy(at as *const T, at.add(1), length - index);
            crate::ptr::write(at, element);
        }
        self.length = length + 1;
    }

    #[track_caller]
    pub fn remove(&mut self, index: usize) -> T {
        let length = self.length;
        if index >= length {
            crate::panicking::panic_numbers("removal index (is ", index, ") should be < len (is ", length, ")");
        }
        unsafe {
            let at = self.start.as_ptr().add(index);
            let value = crate::ptr::read(at);
            crate::intrinsics::copy(at.add(1) as *const T, at, length - index - 1);
            self.length = length - 1;
            value
        }
    }

    #[track_caller]
    pub fn swap_remove(&mut self, index: usize) -> T {
        let length = self.length;
        if index >= length {
            crate::panicking::panic_numbers("swap_remove index (is ", index, ") should be < len (is ", length, ")");
        }
        unsafe {
            let start = self.start.as_ptr();
            let value = crate::ptr::read(start.add(index));
            crate::intrinsics::copy(start.add(length - 1) as *const T, start.add(index), 1);
            self.length = length - 1;
            value
        }
    }

    pub fn pop_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        if predicate(self.last_mut()?) { self.pop() } else { None }
    }

    pub fn truncate(&mut self, len: usize) {
        if len < self.length {
            let rest = self.length - len;
            self.length = len;
            unsafe {
                let from = self.start.as_ptr().add(len);
                crate::ptr::drop_in_place(crate::ptr::slice_from_raw_parts_mut(from, rest));
            }
        }
    }

    pub fn clear(&mut self) {
        self.truncate(0)
    }

    pub fn append(&mut self, other: &mut Vec<T>) {
        self.reserve(other.length);
        unsafe {
            let to = self.start.as_ptr().add(self.length);
            crate::intrinsics::copy_nonoverlapping(other.as_ptr(), to, other.length);
        }
        self.length += other.length;
        other.length = 0;
    }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> Vec<T> {
        if at > self.length {
            crate::panicking::panic_numbers("`at` split index (is ", at, ") should be <= len (is ", self.length, ")");
        }
        let count = self.length - at;
        let mut other = Vec::with_capacity(count);
        unsafe {
            crate::intrinsics::copy_nonoverlapping(self.as_ptr().add(at), other.start.as_ptr(), count);
        }
        self.length = at;
        other.length = count;
        other
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.retain_mut(|value| f(value))
    }

    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        let length = self.length;
        // What was looked at and stays is before the hole.
        let mut gap = Gap { at: 0, kept: 0, length, vec: self };
        gap.vec.length = 0;
        while gap.at < length {
            unsafe {
                let one = gap.vec.start.as_ptr().add(gap.at);
                let stays = f(&mut *one);
                gap.at += 1;
                if stays {
                    crate::intrinsics::copy(one as *const T, gap.vec.start.as_ptr().add(gap.kept), 1);
                    gap.kept += 1;
                } else {
                    crate::ptr::drop_in_place(one);
                }
            }
        }
    }

    pub fn dedup(&mut self)
    where
        T: PartialEq,
    {
        self.dedup_by(|a, b| *a == *b)
    }

    pub fn dedup_by_key<F: FnMut(&mut T) -> K, K: PartialEq>(&mut self, mut key: F) {
        self.dedup_by(|a, b| key(a) == key(b))
    }

    pub fn dedup_by<F: FnMut(&mut T, &mut T) -> bool>(&mut self, mut same: F) {
        let length = self.length;
        if length < 2 {
            return;
        }
        let mut gap = Gap { at: 1, kept: 1, length, vec: self };
        gap.vec.length = 0;
        while gap.at < length {
            unsafe {
                let start = gap.vec.start.as_ptr();
                let one = start.add(gap.at);
                let is_same = same(&mut *one, &mut *start.add(gap.kept - 1));
                gap.at += 1;
                if is_same {
                    crate::ptr::drop_in_place(one);
                } else {
                    crate::intrinsics::copy(one as *const T, start.add(gap.kept), 1);
                    gap.kept += 1;
                }
            }
        }
    }

    pub fn resize(&mut self, new_len: usize, value: T)
    where
        T: Clone,
    {
        if new_len <= self.length {
            self.truncate(new_len);
            return;
        }
        self.reserve(new_len - self.length);
        while self.length + 1 < new_len {
            self.push(value.clone());
        }
        self.push(value);
    }

    pub fn resize_with<F: FnMut() -> T>(&mut self, new_len: usize, mut f: F) {
        if new_len <= self.length {
            self.truncate(new_len);
            return;
        }
        self.reserve(new_len - self.length);
        while self.length < new_len {
            self.push(f());
        }
    }

    pub fn extend_from_slice(&mut self, other: &[T])
    where
        T: Clone,
    {
        self.reserve(other.len());
        for value in other {
            self.push(value.clone());
        }
    }

    pub fn extend_from_within<R: RangeBounds<usize>>(&mut self, src: R)
    where
        T: Clone,
    {
        let range = range_within(src, self.length);
        let mut at = range.start;
        while at < range.end {
            let value = self[at].clone();
            self.push(value);
            at += 1;
        }
    }

    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_, T> {
        let range = range_within(range, self.length);
        Drain::new(self, range.start, range.end)
    }

    #[track_caller]
    pub fn splice<R: RangeBounds<usize>, I: IntoIterator<Item = T>>(
        &mut self,
        range: R,
        replace_with: I,
    ) -> Splice<'_, I::IntoIter> {
        Splice::new(self.drain(range), replace_with.into_iter())
    }

    pub fn into_boxed_slice(mut self) -> Box<[T]> {
        self.shrink_to_fit();
        let slice = crate::ptr::slice_from_raw_parts_mut(self.start.as_ptr(), self.length);
        crate::mem::forget(self);
        unsafe { Box::from_raw(slice) }
    }

    pub fn leak<'a>(self) -> &'a mut [T] {
        let slice = crate::ptr::slice_from_raw_parts_mut(self.start.as_ptr(), self.length);
        crate::mem::forget(self);
        unsafe { &mut *slice }
    }
}

/// Closed at the end, even if somebody panics: what was not looked at moves down.
struct Gap<'a, T> {
    at: usize,
    kept: usize,
    length: usize,
    vec: &'a mut Vec<T>,
}

impl<T> Drop for Gap<'_, T> {
    fn drop(&mut self) {
        unsafe {
            let start = self.vec.start.as_ptr();
            let rest = self.length - self.at;
            crate::intrinsics::copy(start.add(self.at) as *const T, start.add(self.kept), rest);
            self.vec.length = self.kept + rest;
        }
    }
}
