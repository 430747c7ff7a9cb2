//! Slices of a slice: `windows`, `chunks` and their kin.

use crate::iter::FusedIterator;

#[derive(Debug)]
pub struct Windows<'a, T: 'a> {
    v: &'a [T],
    size: usize,
}

impl<'a, T> Windows<'a, T> {
    #[inline]
    pub(super) fn new(v: &'a [T], size: usize) -> Self {
        Windows { v, size }
    }
}

impl<'a, T> Iterator for Windows<'a, T> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        let left = self.v.len();
        if self.size > left {
            return None;
        }
        unsafe {
            let first = self.v.as_ptr();
            self.v = super::from_raw_parts(first.add(1), left - 1);
            Some(super::from_raw_parts(first, self.size))
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = if self.size > self.v.len() { 0 } else { self.v.len() - self.size + 1 };
        (count, Some(count))
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a [T]> {
        let skip = if n < self.v.len() { n } else { self.v.len() };
        self.v = unsafe { self.v.get_unchecked(skip..) };
        self.next()
    }
}

impl<'a, T> DoubleEndedIterator for Windows<'a, T> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T]> {
        let left = self.v.len();
        if self.size > left {
            return None;
        }
        let window = unsafe { self.v.get_unchecked(left - self.size..) };
        self.v = unsafe { self.v.get_unchecked(..left - 1) };
        Some(window)
    }
}

impl<T> ExactSizeIterator for Windows<'_, T> {}
impl<T> FusedIterator for Windows<'_, T> {}

impl<T> Clone for Windows<'_, T> {
    fn clone(&self) -> Self {
        Windows { v: self.v, size: self.size }
    }
}

/// How many chunks so many items make, the last one being what is left over.
#[inline]
fn chunks_of(len: usize, size: usize) -> usize {
    let whole = len / size;
    if len % size > 0 { whole + 1 } else { whole }
}

// What is being cut: a shared slice or an exclusive one. `take` and `take_back` cut off so many.
macro_rules! cut {
    ($self:ident at $mid:expr) => {{
        let (head, tail) = unsafe { $self.v.split_at_unchecked($mid) };
        $self.v = tail;
        head
    }};
    ($self:ident back $mid:expr) => {{
        let (head, tail) = unsafe { $self.v.split_at_unchecked($mid) };
        $self.v = head;
        tail
    }};
    ($self:ident mut at $mid:expr) => {{
        let all = crate::mem::take(&mut $self.v);
        let (head, tail) = unsafe { all.split_at_mut_unchecked($mid) };
        $self.v = tail;
        head
    }};
    ($self:ident mut back $mid:expr) => {{
        let all = crate::mem::take(&mut $self.v);
        let (head, tail) = unsafe { all.split_at_mut_unchecked($mid) };
        $self.v = head;
        tail
    }};
}

macro_rules! chunks {
    ($name:ident $slice:ty, $($mutable:ident)?) => {
        #[derive(Debug)]
        pub struct $name<'a, T: 'a> {
            v: $slice,
            chunk_size: usize,
        }

        impl<'a, T> $name<'a, T> {
            #[inline]
            pub(super) fn new(v: $slice, chunk_size: usize) -> Self {
                $name { v, chunk_size }
            }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $slice;

            #[inline]
            fn next(&mut self) -> Option<$slice> {
                let left = self.v.len();
                if left == 0 {
                    return None;
                }
                let size = if left < self.chunk_size { left } else { self.chunk_size };
                Some(cut!(self $($mutable)? at size))
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let count = chunks_of(self.v.len(), self.chunk_size);
                (count, Some(count))
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$slice> {
                let left = self.v.len();
                if left == 0 {
                    return None;
                }
                let over = left % self.chunk_size;
                let size = if over == 0 { self.chunk_size } else { over };
                Some(cut!(self $($mutable)? back left - size))
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    };
}
chunks! { Chunks &'a [T], }
chunks! { ChunksMut &'a mut [T], mut }

impl<T> Clone for Chunks<'_, T> {
    fn clone(&self) -> Self {
        Chunks { v: self.v, chunk_size: self.chunk_size }
    }
}

macro_rules! exact_chunks {
    ($name:ident $slice:ty, $($mutable:ident)?) => {
        #[derive(Debug)]
        pub struct $name<'a, T: 'a> {
            v: $slice,
            rem: $slice,
            chunk_size: usize,
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $slice;

            #[inline]
            fn next(&mut self) -> Option<$slice> {
                if self.v.len() < self.chunk_size {
                    return None;
                }
                Some(cut!(self $($mutable)? at self.chunk_size))
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let count = self.v.len() / self.chunk_size;
                (count, Some(count))
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$slice> {
                let left = self.v.len();
                if left < self.chunk_size {
                    return None;
                }
                Some(cut!(self $($mutable)? back left - self.chunk_size))
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}
    };
}
exact_chunks! { ChunksExact &'a [T], }
exact_chunks! { ChunksExactMut &'a mut [T], mut }

impl<'a, T> ChunksExact<'a, T> {
    #[inline]
    pub(super) fn new(slice: &'a [T], chunk_size: usize) -> Self {
        let rest = slice.len() % chunk_size;
        let (v, rem) = unsafe { slice.split_at_unchecked(slice.len() - rest) };
        ChunksExact { v, rem, chunk_size }
    }

    #[inline]
    pub fn remainder(&self) -> &'a [T] {
        self.rem
    }
}

impl<T> Clone for ChunksExact<'_, T> {
    fn clone(&self) -> Self {
        ChunksExact { v: self.v, rem: self.rem, chunk_size: self.chunk_size }
    }
}

impl<'a, T> ChunksExactMut<'a, T> {
    #[inline]
    pub(super) fn new(slice: &'a mut [T], chunk_size: usize) -> Self {
        let rest = slice.len() % chunk_size;
        let whole = slice.len() - rest;
        let (v, rem) = unsafe { slice.split_at_mut_unchecked(whole) };
        ChunksExactMut { v, rem, chunk_size }
    }

    #[inline]
    pub fn into_remainder(self) -> &'a mut [T] {
        self.rem
    }
}

macro_rules! chunks_from_the_end {
    ($name:ident $exact:ident $slice:ty, $split_at:ident, $($mutable:ident)?) => {
        #[derive(Debug)]
        pub struct $name<'a, T: 'a> {
            v: $slice,
            chunk_size: usize,
        }

        impl<'a, T> $name<'a, T> {
            #[inline]
            pub(super) fn new(v: $slice, chunk_size: usize) -> Self {
                $name { v, chunk_size }
            }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $slice;

            #[inline]
            fn next(&mut self) -> Option<$slice> {
                let left = self.v.len();
                if left == 0 {
                    return None;
                }
                let size = if left < self.chunk_size { left } else { self.chunk_size };
                Some(cut!(self $($mutable)? back left - size))
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let count = chunks_of(self.v.len(), self.chunk_size);
                (count, Some(count))
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$slice> {
                let left = self.v.len();
                if left == 0 {
                    return None;
                }
                let over = left % self.chunk_size;
                let size = if over == 0 { self.chunk_size } else { over };
                Some(cut!(self $($mutable)? at size))
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}
        impl<T> FusedIterator for $name<'_, T> {}

        #[derive(Debug)]
        pub struct $exact<'a, T: 'a> {
            v: $slice,
            rem: $slice,
            chunk_size: usize,
        }

        impl<'a, T> $exact<'a, T> {
            #[inline]
            pub(super) fn new(slice: $slice, chunk_size: usize) -> Self {
                let rest = slice.len() % chunk_size;
                let (rem, v) = unsafe { slice.$split_at(rest) };
                $exact { v, rem, chunk_size }
            }
        }

        impl<'a, T> Iterator for $exact<'a, T> {
            type Item = $slice;

            #[inline]
            fn next(&mut self) -> Option<$slice> {
                let left = self.v.len();
                if left < self.chunk_size {
                    return None;
                }
                Some(cut!(self $($mutable)? back left - self.chunk_size))
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let count = self.v.len() / self.chunk_size;
                (count, Some(count))
            }
        }

        impl<'a, T> DoubleEndedIterator for $exact<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$slice> {
                if self.v.len() < self.chunk_size {
                    return None;
                }
                Some(cut!(self $($mutable)? at self.chunk_size))
            }
        }

        impl<T> ExactSizeIterator for $exact<'_, T> {}
        impl<T> FusedIterator for $exact<'_, T> {}
    };
}
chunks_from_the_end! { RChunks RChunksExact &'a [T], split_at_unchecked, }
chunks_from_the_end! { RChunksMut RChunksExactMut &'a mut [T], split_at_mut_unchecked, mut }

impl<'a, T> RChunksExact<'a, T> {
    #[inline]
    pub fn remainder(&self) -> &'a [T] {
        self.rem
    }
}

impl<'a, T> RChunksExactMut<'a, T> {
    #[inline]
    pub fn into_remainder(self) -> &'a mut [T] {
        self.rem
    }
}
