//! An array's items, one after the other, by value.

use crate::iter::FusedIterator;
use crate::mem::{self, MaybeUninit};

/// (Where items need no drop, neither does this: the compiler takes the attribute's word for it.)
#[rustc_insignificant_dtor]
pub struct IntoIter<T, const N: usize> {
    data: [MaybeUninit<T>; N],
    start: usize,
    end: usize,
}

impl<T, const N: usize> IntoIterator for [T; N] {
    type Item = T;
    type IntoIter = IntoIter<T, N>;

    #[inline]
    fn into_iter(self) -> IntoIter<T, N> {
        IntoIter { data: unsafe { crate::intrinsics::transmute_unchecked(self) }, start: 0, end: N }
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a [T; N] {
    type Item = &'a T;
    type IntoIter = crate::slice::Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> crate::slice::Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a mut [T; N] {
    type Item = &'a mut T;
    type IntoIter = crate::slice::IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> crate::slice::IterMut<'a, T> {
        self.iter_mut()
    }
}

impl<T, const N: usize> IntoIter<T, N> {
    #[inline]
    fn first(&self) -> *const T {
        &raw const self.data as *const T
    }

    #[inline]
    pub fn as_slice(&self) -> &[T] {
        unsafe { crate::slice::from_raw_parts(self.first().add(self.start), self.end - self.start) }
    }

    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        let first = &raw mut self.data as *mut T;
        unsafe { crate::slice::from_raw_parts_mut(first.add(self.start), self.end - self.start) }
    }
}

impl<T, const N: usize> Iterator for IntoIter<T, N> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let at = self.start;
        if at == self.end {
            return None;
        }
        self.start = at + 1;
        unsafe { Some(self.first().add(at).read()) }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.end - self.start;
        (len, Some(len))
    }
}

impl<T, const N: usize> DoubleEndedIterator for IntoIter<T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        if self.start == self.end {
            return None;
        }
        self.end -= 1;
        unsafe { Some(self.first().add(self.end).read()) }
    }
}

impl<T, const N: usize> ExactSizeIterator for IntoIter<T, N> {}
impl<T, const N: usize> FusedIterator for IntoIter<T, N> {}

impl<T, const N: usize> Drop for IntoIter<T, N> {
    #[inline]
    fn drop(&mut self) {
        if mem::needs_drop::<T>() {
            while let Some(item) = self.next() {
                mem::drop(item);
            }
        }
    }
}

impl<T: Clone, const N: usize> Clone for IntoIter<T, N> {
    fn clone(&self) -> Self {
        let mut copy = IntoIter { data: unsafe { MaybeUninit::uninit().assume_init() }, start: 0, end: 0 };
        let first = &raw mut copy.data as *mut T;
        for item in self.as_slice() {
            unsafe { first.add(copy.end).write(item.clone()) };
            copy.end += 1;
        }
        copy
    }
}

impl<T: crate::fmt::Debug, const N: usize> crate::fmt::Debug for IntoIter<T, N> {
    fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        f.debug_tuple("IntoIter").field(&self.as_slice()).finish()
    }
}
