//! A part of a vector, moved out, and perhaps replaced.

use super::Vec;
use crate::marker::PhantomData;
use crate::ptr;

/// While it lives the vector ends before the part.
pub struct Drain<'a, T> {
    vec: *mut Vec<T>,
    from: usize,
    to: usize,
    /// Where what stays begins, and how much it is.
    tail: usize,
    rest: usize,
    lifetime: PhantomData<&'a mut Vec<T>>,
}

impl<'a, T> Drain<'a, T> {
    pub(super) fn new(vec: &'a mut Vec<T>, from: usize, to: usize) -> Drain<'a, T> {
        let rest = vec.length - to;
        vec.length = from;
        Drain { vec: vec as *mut Vec<T>, from, to, tail: to, rest, lifetime: PhantomData }
    }

    fn start(&self) -> *mut T {
        unsafe { (*self.vec).start.as_ptr() }
    }

    pub fn as_slice(&self) -> &[T] {
        unsafe { crate::slice::from_raw_parts(self.start().add(self.from) as *const T, self.to - self.from) }
    }
}

impl<T> Iterator for Drain<'_, T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        if self.from == self.to {
            return None;
        }
        unsafe {
            let value = ptr::read(self.start().add(self.from));
            self.from += 1;
            Some(value)
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.to - self.from;
        (left, Some(left))
    }
}

impl<T> DoubleEndedIterator for Drain<'_, T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        if self.from == self.to {
            return None;
        }
        unsafe {
            self.to -= 1;
            Some(ptr::read(self.start().add(self.to)))
        }
    }
}

impl<T> ExactSizeIterator for Drain<'_, T> {}

/// Moves what stays down to where the vector ends now.
struct Close<T> {
    vec: *mut Vec<T>,
    tail: usize,
    rest: usize,
}

impl<T> Drop for Close<T> {
    fn drop(&mut self) {
        unsafe {
            let vec = &mut *self.vec;
            let start = vec.start.as_ptr();
            crate::intrinsics::copy(start.add(self.tail) as *const T, start.add(vec.length), self.rest);
            vec.length += self.rest;
        }
    }
}

impl<T> Drop for Drain<'_, T> {
    fn drop(&mut self) {
        let _close = Close { vec: self.vec, tail: self.tail, rest: self.rest };
        unsafe {
            let left = self.start().add(self.from);
            ptr::drop_in_place(ptr::slice_from_raw_parts_mut(left, self.to - self.from));
        }
    }
}

/// What is drained is replaced when this is dropped.
pub struct Splice<'a, I: Iterator + 'a> {
    drain: Drain<'a, I::Item>,
    replace_with: I,
}

impl<'a, I: Iterator + 'a> Splice<'a, I> {
    pub(super) fn new(drain: Drain<'a, I::Item>, replace_with: I) -> Splice<'a, I> {
        Splice { drain, replace_with }
    }
}

impl<I: Iterator> Iterator for Splice<'_, I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        self.drain.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.drain.size_hint()
    }
}

impl<I: Iterator> Drop for Splice<'_, I> {
    fn drop(&mut self) {
        while let Some(value) = self.drain.next() {
            drop(value);
        }
        let mut new = Vec::new();
        while let Some(value) = self.replace_with.next() {
            new.push(value);
        }
        unsafe {
            let vec = &mut *self.drain.vec;
            let (before, count, rest) = (vec.length, new.length, self.drain.rest);
            // The tail moves to where it belongs, and what is new goes before it.
            vec.length = self.drain.tail + rest;
            let wanted = before + count + rest;
            if wanted > vec.length {
                vec.reserve(wanted - vec.length);
            }
            let start = vec.start.as_ptr();
            crate::intrinsics::copy(start.add(self.drain.tail) as *const I::Item, start.add(before + count), rest);
            crate::intrinsics::copy_nonoverlapping(new.as_ptr(), start.add(before), count);
            new.length = 0;
            vec.length = before + count;
            self.drain.tail = before + count;
            self.drain.from = before;
            self.drain.to = before;
        }
    }
}
