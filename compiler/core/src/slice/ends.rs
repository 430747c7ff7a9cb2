//! What stands at the ends of a slice: arrays, other slices, single items; and a slice seen as arrays or as items of another size.

use crate::mem;
use crate::ops::{Bound, RangeBounds};

impl<T> [T] {
    #[inline]
    pub const fn as_mut_ptr_range(&mut self) -> crate::ops::Range<*mut T> {
        let start = self.as_mut_ptr();
        start..unsafe { start.add(self.len()) }
    }

    #[inline]
    pub const fn first_chunk_mut<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() < N { None } else { unsafe { Some(&mut *(self.as_mut_ptr() as *mut [T; N])) } }
    }

    #[inline]
    pub const fn last_chunk_mut<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() < N {
            return None;
        }
        let before = self.len() - N;
        unsafe { Some(&mut *(self.as_mut_ptr().add(before) as *mut [T; N])) }
    }

    #[inline]
    pub const fn split_first_chunk<const N: usize>(&self) -> Option<(&[T; N], &[T])> {
        if self.len() < N {
            return None;
        }
        unsafe {
            let (first, rest) = self.split_at_unchecked(N);
            Some((&*(first.as_ptr() as *const [T; N]), rest))
        }
    }

    #[inline]
    pub const fn split_first_chunk_mut<const N: usize>(&mut self) -> Option<(&mut [T; N], &mut [T])> {
        if self.len() < N {
            return None;
        }
        unsafe {
            let (first, rest) = self.split_at_mut_unchecked(N);
            Some((&mut *(first.as_mut_ptr() as *mut [T; N]), rest))
        }
    }

    #[inline]
    pub const fn split_last_chunk<const N: usize>(&self) -> Option<(&[T], &[T; N])> {
        if self.len() < N {
            return None;
        }
        unsafe {
            let (rest, last) = self.split_at_unchecked(self.len() - N);
            Some((rest, &*(last.as_ptr() as *const [T; N])))
        }
    }

    #[inline]
    pub const fn split_last_chunk_mut<const N: usize>(&mut self) -> Option<(&mut [T], &mut [T; N])> {
        if self.len() < N {
            return None;
        }
        let before = self.len() - N;
        unsafe {
            let (rest, last) = self.split_at_mut_unchecked(before);
            Some((rest, &mut *(last.as_mut_ptr() as *mut [T; N])))
        }
    }

    /// `N` is not 0.
    #[inline]
    pub const unsafe fn as_chunks_unchecked<const N: usize>(&self) -> &[[T; N]] {
        unsafe { super::from_raw_parts(self.as_ptr() as *const [T; N], self.len() / N) }
    }

    /// `N` is not 0.
    #[inline]
    pub const unsafe fn as_chunks_unchecked_mut<const N: usize>(&mut self) -> &mut [[T; N]] {
        unsafe { super::from_raw_parts_mut(self.as_mut_ptr() as *mut [T; N], self.len() / N) }
    }

    #[inline]
    #[track_caller]
    pub const fn as_rchunks<const N: usize>(&self) -> (&[T], &[[T; N]]) {
        if N == 0 {
            crate::panicking::panic("chunk size must be non-zero")
        }
        unsafe {
            let (rest, whole) = self.split_at_unchecked(self.len() % N);
            (rest, whole.as_chunks_unchecked())
        }
    }

    #[inline]
    #[track_caller]
    pub const fn as_rchunks_mut<const N: usize>(&mut self) -> (&mut [T], &mut [[T; N]]) {
        if N == 0 {
            crate::panicking::panic("chunk size must be non-zero")
        }
        let over = self.len() % N;
        unsafe {
            let (rest, whole) = self.split_at_mut_unchecked(over);
            (rest, whole.as_chunks_unchecked_mut())
        }
    }

    #[inline]
    pub fn strip_prefix<P: Fixed<T> + ?Sized>(&self, prefix: &P) -> Option<&[T]>
    where
        T: PartialEq,
    {
        let prefix = prefix.items();
        if self.starts_with(prefix) { Some(&self[prefix.len()..]) } else { None }
    }

    #[inline]
    pub fn strip_suffix<P: Fixed<T> + ?Sized>(&self, suffix: &P) -> Option<&[T]>
    where
        T: PartialEq,
    {
        let suffix = suffix.items();
        if self.ends_with(suffix) { Some(&self[..self.len() - suffix.len()]) } else { None }
    }

    /// Takes a part off that begins or ends where the slice does.
    #[inline]
    pub fn split_off<'a, R: OneSided>(self: &mut &'a Self, range: R) -> Option<&'a Self> {
        let (at, is_front) = range.end_of(self.len())?;
        let (front, back) = self.split_at(at);
        *self = if is_front { back } else { front };
        Some(if is_front { front } else { back })
    }

    #[inline]
    pub fn split_off_mut<'a, R: OneSided>(self: &mut &'a mut Self, range: R) -> Option<&'a mut Self> {
        let (at, is_front) = range.end_of(self.len())?;
        let (front, back) = mem::take(self).split_at_mut(at);
        let (taken, rest) = if is_front { (front, back) } else { (back, front) };
        *self = rest;
        Some(taken)
    }

    #[inline]
    pub const fn split_off_first<'a>(self: &mut &'a Self) -> Option<&'a T> {
        let (first, rest) = self.split_first()?;
        *self = rest;
        Some(first)
    }

    #[inline]
    pub const fn split_off_last<'a>(self: &mut &'a Self) -> Option<&'a T> {
        let (last, rest) = self.split_last()?;
        *self = rest;
        Some(last)
    }

    #[inline]
    pub fn split_off_first_mut<'a>(self: &mut &'a mut Self) -> Option<&'a mut T> {
        let (first, rest) = mem::take(self).split_first_mut()?;
        *self = rest;
        Some(first)
    }

    #[inline]
    pub fn split_off_last_mut<'a>(self: &mut &'a mut Self) -> Option<&'a mut T> {
        let (last, rest) = mem::take(self).split_last_mut()?;
        *self = rest;
        Some(last)
    }

    /// The items that are laid out as another type is, with what stands before and behind them.
    pub unsafe fn align_to<U>(&self) -> (&[T], &[U], &[T]) {
        let (before, count, after) = aligned::<T, U>(self.as_ptr().addr(), self.len());
        unsafe {
            let (front, rest) = self.split_at_unchecked(before);
            let (middle, back) = rest.split_at_unchecked(rest.len() - after);
            (front, super::from_raw_parts(middle.as_ptr() as *const U, count), back)
        }
    }

    pub unsafe fn align_to_mut<U>(&mut self) -> (&mut [T], &mut [U], &mut [T]) {
        let (before, count, after) = aligned::<T, U>(self.as_ptr().addr(), self.len());
        unsafe {
            let (front, rest) = self.split_at_mut_unchecked(before);
            let whole = rest.len() - after;
            let (middle, back) = rest.split_at_mut_unchecked(whole);
            (front, super::from_raw_parts_mut(middle.as_mut_ptr() as *mut U, count), back)
        }
    }

    /// Which item it is that a reference refers to.
    pub fn element_offset(&self, element: &T) -> Option<usize> {
        if mem::size_of::<T>() == 0 {
            crate::panicking::panic("elements are zero-sized")
        }
        let distance = (element as *const T).addr().wrapping_sub(self.as_ptr().addr());
        if distance % mem::size_of::<T>() != 0 {
            return None;
        }
        let at = distance / mem::size_of::<T>();
        if at < self.len() { Some(at) } else { None }
    }
}

/// So many items before, so many of the other type, so many behind.
fn aligned<T, U>(address: usize, length: usize) -> (usize, usize, usize) {
    let (size, other) = (mem::size_of::<T>(), mem::size_of::<U>());
    if size == 0 || other == 0 {
        return (length, 0, 0);
    }
    let mut before = 0;
    while before < length && (address + before * size) % mem::align_of::<U>() != 0 {
        before += 1;
    }
    let bytes = (length - before) * size;
    // What is left behind are whole items.
    let mut count = bytes / other;
    while count > 0 && (bytes - count * other) % size != 0 {
        count -= 1;
    }
    (before, count, (bytes - count * other) / size)
}

/// What a slice may begin or end with.
pub trait Fixed<T> {
    #[doc(hidden)]
    fn items(&self) -> &[T];
}

impl<T> Fixed<T> for [T] {
    fn items(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> Fixed<T> for [T; N] {
    fn items(&self) -> &[T] {
        self
    }
}

/// A range that begins or ends where a slice does.
pub trait OneSided {
    /// Where it is cut, and whether the range is what stands before that.
    #[doc(hidden)]
    fn end_of(self, length: usize) -> Option<(usize, bool)>;
}

macro_rules! one_sided {
    ($($range:ty)*) => {
        $(
            impl OneSided for $range {
                fn end_of(self, length: usize) -> Option<(usize, bool)> {
                    let (at, is_front) = match (self.start_bound(), self.end_bound()) {
                        (_, Bound::Excluded(end)) => (*end, true),
                        (_, Bound::Included(end)) => (end.checked_add(1)?, true),
                        (Bound::Included(start), _) => (*start, false),
                        _ => (0, false),
                    };
                    if at <= length { Some((at, is_front)) } else { None }
                }
            }
        )*
    };
}
one_sided! { crate::ops::RangeTo<usize> crate::ops::RangeToInclusive<usize> crate::ops::RangeFrom<usize> }

/// Arrays that overlap: each item with those behind it.
#[derive(Clone, Debug)]
pub struct ArrayWindows<'a, T: 'a, const N: usize> {
    v: &'a [T],
}

impl<'a, T, const N: usize> Iterator for ArrayWindows<'a, T, N> {
    type Item = &'a [T; N];

    #[inline]
    fn next(&mut self) -> Option<&'a [T; N]> {
        let window = self.v.first_chunk()?;
        self.v = &self.v[1..];
        Some(window)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = (self.v.len() + 1).saturating_sub(N);
        (count, Some(count))
    }
}

impl<'a, T, const N: usize> DoubleEndedIterator for ArrayWindows<'a, T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T; N]> {
        let window = self.v.last_chunk()?;
        self.v = &self.v[..self.v.len() - 1];
        Some(window)
    }
}

impl<T, const N: usize> ExactSizeIterator for ArrayWindows<'_, T, N> {}

impl<T> [T] {
    #[inline]
    #[track_caller]
    pub fn array_windows<const N: usize>(&self) -> ArrayWindows<'_, T, N> {
        if N == 0 {
            crate::panicking::panic("window size must be non-zero")
        }
        ArrayWindows { v: self }
    }
}
