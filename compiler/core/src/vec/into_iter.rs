//! A vector's values, one after the other, moved out.

use super::{Memory, Vec};
use crate::fmt;
use crate::ptr;

pub struct IntoIter<T> {
    memory: *mut T,
    capacity: usize,
    from: usize,
    to: usize,
}

unsafe impl<T: Send> Send for IntoIter<T> {}
unsafe impl<T: Sync> Sync for IntoIter<T> {}

impl<T> IntoIterator for Vec<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    #[inline]
    fn into_iter(self) -> IntoIter<T> {
        let iter = IntoIter { memory: self.start.as_ptr(), capacity: self.capacity, from: 0, to: self.length };
        crate::mem::forget(self);
        iter
    }
}

impl<T> IntoIter<T> {
    pub fn as_slice(&self) -> &[T] {
        unsafe { crate::slice::from_raw_parts(self.memory.add(self.from) as *const T, self.to - self.from) }
    }

    pub fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { crate::slice::from_raw_parts_mut(self.memory.add(self.from), self.to - self.from) }
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        if self.from == self.to {
            return None;
        }
        unsafe {
            let value = ptr::read(self.memory.add(self.from));
            self.from = crate::intrinsics::unchecked_add(self.from, 1);
            Some(value)
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.to - self.from;
        (left, Some(left))
    }
}

impl<T> DoubleEndedIterator for IntoIter<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        if self.from == self.to {
            return None;
        }
        unsafe {
            self.to = crate::intrinsics::unchecked_sub(self.to, 1);
            Some(ptr::read(self.memory.add(self.to)))
        }
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}

impl<T> Default for IntoIter<T> {
    fn default() -> Self {
        Vec::new().into_iter()
    }
}

impl<T: Clone> Clone for IntoIter<T> {
    fn clone(&self) -> Self {
        self.as_slice().to_vec().into_iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.as_slice()).finish()
    }
}

impl<T> Drop for IntoIter<T> {
    fn drop(&mut self) {
        unsafe {
            let _memory = Memory { start: self.memory, capacity: self.capacity };
            let rest = self.memory.add(self.from);
            ptr::drop_in_place(ptr::slice_from_raw_parts_mut(rest, self.to - self.from));
        }
    }
}
