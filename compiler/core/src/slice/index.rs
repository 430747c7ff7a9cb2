//! Indexing with an index or a range.

use crate::intrinsics;
use crate::ops::{Bound, Index, IndexMut, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use crate::panicking;
use crate::ptr;

impl<T, I> Index<I> for [T]
where
    I: SliceIndex<[T]>,
{
    type Output = I::Output;

    #[inline(always)]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.index(self)
    }
}

impl<T, I> IndexMut<I> for [T]
where
    I: SliceIndex<[T]>,
{
    #[inline(always)]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
}

pub unsafe trait SliceIndex<T: ?Sized> {
    type Output: ?Sized;
    fn get(self, slice: &T) -> Option<&Self::Output>;
    fn get_mut(self, slice: &mut T) -> Option<&mut Self::Output>;
    unsafe fn get_unchecked(self, slice: *const T) -> *const Self::Output;
    unsafe fn get_unchecked_mut(self, slice: *mut T) -> *mut Self::Output;
    #[track_caller]
    fn index(self, slice: &T) -> &Self::Output;
    #[track_caller]
    fn index_mut(self, slice: &mut T) -> &mut Self::Output;
}

unsafe impl<T> SliceIndex<[T]> for usize {
    type Output = T;

    #[inline]
    fn get(self, slice: &[T]) -> Option<&T> {
        if self < slice.len() { unsafe { Some(&*slice.as_ptr().add(self)) } } else { None }
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut T> {
        if self < slice.len() { unsafe { Some(&mut *slice.as_mut_ptr().add(self)) } } else { None }
    }

    #[inline(always)]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const T {
        unsafe { intrinsics::offset(slice as *const T, self) }
    }

    #[inline(always)]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut T {
        unsafe { intrinsics::offset(slice as *mut T, self) }
    }

    #[inline(always)]
    #[track_caller]
    fn index(self, slice: &[T]) -> &T {
        &slice[self]
    }

    #[inline(always)]
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut T {
        &mut slice[self]
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn index_failed(start: usize, end: usize, len: usize) -> ! {
    if start > len {
        panicking::panic_numbers("range start index ", start, " out of range for slice of length ", len, "")
    }
    if end > len || start <= end {
        panicking::panic_numbers("range end index ", end, " out of range for slice of length ", len, "")
    }
    panicking::panic_numbers("slice index starts at ", start, " but ends at ", end, "")
}

unsafe impl<T> SliceIndex<[T]> for Range<usize> {
    type Output = [T];

    #[inline]
    fn get(self, slice: &[T]) -> Option<&[T]> {
        if self.start <= self.end && self.end <= slice.len() {
            unsafe { Some(&*self.get_unchecked(slice)) }
        } else {
            None
        }
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        if self.start <= self.end && self.end <= slice.len() {
            unsafe { Some(&mut *self.get_unchecked_mut(slice)) }
        } else {
            None
        }
    }

    #[inline]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
        unsafe {
            let len = intrinsics::unchecked_sub(self.end, self.start);
            ptr::slice_from_raw_parts(intrinsics::offset(slice as *const T, self.start), len)
        }
    }

    #[inline]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
        unsafe {
            let len = intrinsics::unchecked_sub(self.end, self.start);
            ptr::slice_from_raw_parts_mut(intrinsics::offset(slice as *mut T, self.start), len)
        }
    }

    #[inline]
    #[track_caller]
    fn index(self, slice: &[T]) -> &[T] {
        if self.start > self.end || self.end > slice.len() {
            index_failed(self.start, self.end, slice.len())
        }
        unsafe { &*self.get_unchecked(slice) }
    }

    #[inline]
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        if self.start > self.end || self.end > slice.len() {
            index_failed(self.start, self.end, slice.len())
        }
        unsafe { &mut *self.get_unchecked_mut(slice) }
    }
}

// The other ranges are that one, once the missing end is filled in.
macro_rules! as_range {
    ($range:ty, |$self:ident, $len:ident| $checked:expr, $unchecked:expr, $failed:expr) => {
        unsafe impl<T> SliceIndex<[T]> for $range {
            type Output = [T];

            #[inline]
            fn get($self, slice: &[T]) -> Option<&[T]> {
                let $len = slice.len();
                if $checked { $unchecked.get(slice) } else { None }
            }

            #[inline]
            fn get_mut($self, slice: &mut [T]) -> Option<&mut [T]> {
                let $len = slice.len();
                if $checked { $unchecked.get_mut(slice) } else { None }
            }

            #[inline]
            unsafe fn get_unchecked($self, slice: *const [T]) -> *const [T] {
                let $len = slice.len();
                unsafe { $unchecked.get_unchecked(slice) }
            }

            #[inline]
            unsafe fn get_unchecked_mut($self, slice: *mut [T]) -> *mut [T] {
                let $len = slice.len();
                unsafe { $unchecked.get_unchecked_mut(slice) }
            }

            #[inline]
            #[track_caller]
            fn index($self, slice: &[T]) -> &[T] {
                let $len = slice.len();
                if !$checked {
                    $failed
                }
                unsafe { &*$unchecked.get_unchecked(slice) }
            }

            #[inline]
            #[track_caller]
            fn index_mut($self, slice: &mut [T]) -> &mut [T] {
                let $len = slice.len();
                if !$checked {
                    $failed
                }
                unsafe { &mut *$unchecked.get_unchecked_mut(slice) }
            }
        }
    };
}
as_range! { RangeTo<usize>, |self, len| (self.end <= len), (0..self.end), index_failed(0, self.end, len) }
as_range! { RangeFrom<usize>, |self, len| (self.start <= len), (self.start..len), index_failed(self.start, len, len) }
as_range! { RangeFull, |self, len| true, (0..len), index_failed(0, len, len) }
as_range! {
    RangeToInclusive<usize>, |self, len| (self.end < len),
    (0..intrinsics::wrapping_add(self.end, 1)), index_failed(0, inclusive_end(self.end, len), len)
}
as_range! {
    RangeInclusive<usize>, |self, len| (self.end < len && inclusive_start(&self) <= self.end + 1),
    (inclusive_start(&self)..intrinsics::wrapping_add(self.end, 1)),
    index_failed(inclusive_start(&self), inclusive_end(self.end, len), len)
}

/// An iterated range is empty: it begins after its end.
#[inline]
fn inclusive_start(range: &RangeInclusive<usize>) -> usize {
    if range.exhausted { range.end + 1 } else { range.start }
}

/// What a message calls the end: the index itself where it is beyond the slice.
fn inclusive_end(end: usize, len: usize) -> usize {
    if end >= len { end } else { end + 1 }
}

unsafe impl<T> SliceIndex<[T]> for (Bound<usize>, Bound<usize>) {
    type Output = [T];

    #[inline]
    fn get(self, slice: &[T]) -> Option<&[T]> {
        bounds(self, slice.len()).get(slice)
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        bounds(self, slice.len()).get_mut(slice)
    }

    #[inline]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
        unsafe { bounds(self, slice.len()).get_unchecked(slice) }
    }

    #[inline]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
        unsafe { bounds(self, slice.len()).get_unchecked_mut(slice) }
    }

    #[inline]
    #[track_caller]
    fn index(self, slice: &[T]) -> &[T] {
        bounds(self, slice.len()).index(slice)
    }

    #[inline]
    #[track_caller]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        bounds(self, slice.len()).index_mut(slice)
    }
}

#[inline]
fn bounds(of: (Bound<usize>, Bound<usize>), len: usize) -> Range<usize> {
    let start = match of.0 {
        Bound::Included(start) => start,
        Bound::Excluded(start) => start.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match of.1 {
        Bound::Included(end) => end.saturating_add(1),
        Bound::Excluded(end) => end,
        Bound::Unbounded => len,
    };
    start..end
}

/// What a range over so many items begins and ends with, or a panic.
#[inline]
#[track_caller]
pub(crate) fn range_within<R: crate::ops::RangeBounds<usize>>(range: R, len: usize) -> Range<usize> {
    let start = match range.start_bound() {
        Bound::Included(start) => *start,
        Bound::Excluded(start) => start.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(end) => end.saturating_add(1),
        Bound::Excluded(end) => *end,
        Bound::Unbounded => len,
    };
    if start > end || end > len {
        index_failed(start, end, len)
    }
    start..end
}
