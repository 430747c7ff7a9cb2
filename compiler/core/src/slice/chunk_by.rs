//! Runs of items that belong together, and arrays of a slice.

use crate::mem;

pub struct ChunkBy<'a, T: 'a, P> {
    slice: &'a [T],
    predicate: P,
}

impl<'a, T: 'a, P> ChunkBy<'a, T, P> {
    #[inline]
    pub(super) fn new(slice: &'a [T], predicate: P) -> Self {
        ChunkBy { slice, predicate }
    }
}

impl<'a, T: 'a, P> Iterator for ChunkBy<'a, T, P>
where
    P: FnMut(&T, &T) -> bool,
{
    type Item = &'a [T];

    fn next(&mut self) -> Option<&'a [T]> {
        let slice = self.slice;
        if slice.is_empty() {
            return None;
        }
        let mut length = 1;
        while length < slice.len() && (self.predicate)(&slice[length - 1], &slice[length]) {
            length += 1;
        }
        let (head, tail) = slice.split_at(length);
        self.slice = tail;
        Some(head)
    }
}

pub struct ChunkByMut<'a, T: 'a, P> {
    slice: &'a mut [T],
    predicate: P,
}

impl<'a, T: 'a, P> ChunkByMut<'a, T, P> {
    #[inline]
    pub(super) fn new(slice: &'a mut [T], predicate: P) -> Self {
        ChunkByMut { slice, predicate }
    }
}

impl<'a, T: 'a, P> Iterator for ChunkByMut<'a, T, P>
where
    P: FnMut(&T, &T) -> bool,
{
    type Item = &'a mut [T];

    fn next(&mut self) -> Option<&'a mut [T]> {
        let slice = mem::take(&mut self.slice);
        if slice.is_empty() {
            return None;
        }
        let mut length = 1;
        while length < slice.len() && (self.predicate)(&slice[length - 1], &slice[length]) {
            length += 1;
        }
        let (head, tail) = slice.split_at_mut(length);
        self.slice = tail;
        Some(head)
    }
}

impl<T> [T] {
    #[inline]
    pub fn chunk_by<F>(&self, pred: F) -> ChunkBy<'_, T, F>
    where
        F: FnMut(&T, &T) -> bool,
    {
        ChunkBy::new(self, pred)
    }

    #[inline]
    pub fn chunk_by_mut<F>(&mut self, pred: F) -> ChunkByMut<'_, T, F>
    where
        F: FnMut(&T, &T) -> bool,
    {
        ChunkByMut::new(self, pred)
    }

    #[inline]
    #[track_caller]
    pub const fn as_chunks<const N: usize>(&self) -> (&[[T; N]], &[T]) {
        if N == 0 {
            crate::panicking::panic("chunk size must be non-zero")
        }
        let count = self.len() / N;
        unsafe {
            let (whole, rest) = self.split_at_unchecked(count * N);
            (super::from_raw_parts(whole.as_ptr() as *const [T; N], count), rest)
        }
    }

    #[inline]
    #[track_caller]
    pub const fn as_chunks_mut<const N: usize>(&mut self) -> (&mut [[T; N]], &mut [T]) {
        if N == 0 {
            crate::panicking::panic("chunk size must be non-zero")
        }
        let count = self.len() / N;
        unsafe {
            let (whole, rest) = self.split_at_mut_unchecked(count * N);
            (super::from_raw_parts_mut(whole.as_mut_ptr() as *mut [T; N], count), rest)
        }
    }
}
