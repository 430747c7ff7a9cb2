//! Slices between the items that a predicate picks, and runs of items that belong together.

use crate::mem;

pub struct Split<'a, T: 'a, P>
where
    P: FnMut(&T) -> bool,
{
    v: Option<&'a [T]>,
    pred: P,
}

impl<'a, T: 'a, P: FnMut(&T) -> bool> Split<'a, T, P> {
    #[inline]
    pub(super) fn new(slice: &'a [T], pred: P) -> Self {
        Split { v: Some(slice), pred }
    }
}

impl<'a, T, P> Iterator for Split<'a, T, P>
where
    P: FnMut(&T) -> bool,
{
    type Item = &'a [T];

    fn next(&mut self) -> Option<&'a [T]> {
        let v = self.v?;
        let mut at = 0;
        while at < v.len() {
            if (self.pred)(&v[at]) {
                self.v = Some(&v[at + 1..]);
                return Some(&v[..at]);
            }
            at += 1;
        }
        self.v = None;
        Some(v)
    }
}

pub struct SplitMut<'a, T: 'a, P>
where
    P: FnMut(&T) -> bool,
{
    v: Option<&'a mut [T]>,
    pred: P,
}

impl<'a, T: 'a, P: FnMut(&T) -> bool> SplitMut<'a, T, P> {
    #[inline]
    pub(super) fn new(slice: &'a mut [T], pred: P) -> Self {
        SplitMut { v: Some(slice), pred }
    }
}

impl<'a, T, P> Iterator for SplitMut<'a, T, P>
where
    P: FnMut(&T) -> bool,
{
    type Item = &'a mut [T];

    fn next(&mut self) -> Option<&'a mut [T]> {
        let v = self.v.take()?;
        let mut at = 0;
        while at < v.len() {
            if (self.pred)(&v[at]) {
                let (head, tail) = v.split_at_mut(at);
                self.v = Some(&mut tail[1..]);
                return Some(head);
            }
            at += 1;
        }
        Some(v)
    }
}

pub struct SplitN<'a, T: 'a, P>
where
    P: FnMut(&T) -> bool,
{
    iter: Split<'a, T, P>,
    count: usize,
}

impl<'a, T: 'a, P: FnMut(&T) -> bool> SplitN<'a, T, P> {
    #[inline]
    pub(super) fn new(slice: &'a [T], count: usize, pred: P) -> Self {
        SplitN { iter: Split::new(slice, pred), count }
    }
}

impl<'a, T, P> Iterator for SplitN<'a, T, P>
where
    P: FnMut(&T) -> bool,
{
    type Item = &'a [T];

    fn next(&mut self) -> Option<&'a [T]> {
        if self.count == 0 {
            return None;
        }
        self.count -= 1;
        if self.count == 0 { self.iter.v.take() } else { self.iter.next() }
    }
}

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
    pub fn split<F>(&self, pred: F) -> Split<'_, T, F>
    where
        F: FnMut(&T) -> bool,
    {
        Split::new(self, pred)
    }

    #[inline]
    pub fn split_mut<F>(&mut self, pred: F) -> SplitMut<'_, T, F>
    where
        F: FnMut(&T) -> bool,
    {
        SplitMut::new(self, pred)
    }

    #[inline]
    pub fn splitn<F>(&self, n: usize, pred: F) -> SplitN<'_, T, F>
    where
        F: FnMut(&T) -> bool,
    {
        SplitN::new(self, n, pred)
    }

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
