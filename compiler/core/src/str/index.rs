//! Parts of a text.

use crate::ops::{Index, IndexMut, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use crate::slice::SliceIndex;

impl<I> Index<I> for str
where
    I: SliceIndex<str>,
{
    type Output = I::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &I::Output {
        index.index(self)
    }
}

impl<I> IndexMut<I> for str
where
    I: SliceIndex<str>,
{
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
}

/// Why a text cannot be cut there.
#[cold]
#[inline(never)]
#[track_caller]
pub(super) fn slice_failed(text: &str, begin: usize, end: usize) -> ! {
    if begin > text.len() {
        crate::panicking::panic_fmt(format_args!("start byte index {begin} is out of bounds of `{text}`"))
    }
    if end > text.len() {
        crate::panicking::panic_fmt(format_args!("end byte index {end} is out of bounds of `{text}`"))
    }
    if begin > end {
        crate::panicking::panic_fmt(format_args!("begin > end ({begin} > {end}) when slicing `{text}`"))
    }
    let (which, at) = if text.is_char_boundary(begin) { ("end", end) } else { ("start", begin) };
    let mut start = at;
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let c = unsafe { text.get_unchecked(start..) }.chars().next().unwrap();
    let after = start + c.len_utf8();
    crate::panicking::panic_fmt(format_args!(
        "{which} byte index {at} is not a char boundary; it is inside {c:?} (bytes {start}..{after}) of `{text}`"
    ))
}

unsafe impl SliceIndex<str> for Range<usize> {
    type Output = str;

    #[inline]
    fn get(self, slice: &str) -> Option<&str> {
        if self.start <= self.end && slice.is_char_boundary(self.start) && slice.is_char_boundary(self.end) {
            unsafe { Some(&*self.get_unchecked(slice)) }
        } else {
            None
        }
    }

    #[inline]
    fn get_mut(self, slice: &mut str) -> Option<&mut str> {
        if self.start <= self.end && slice.is_char_boundary(self.start) && slice.is_char_boundary(self.end) {
            unsafe { Some(&mut *self.get_unchecked_mut(slice)) }
        } else {
            None
        }
    }

    #[inline]
    unsafe fn get_unchecked(self, slice: *const str) -> *const str {
        unsafe { SliceIndex::<[u8]>::get_unchecked(self, slice as *const [u8]) as *const str }
    }

    #[inline]
    unsafe fn get_unchecked_mut(self, slice: *mut str) -> *mut str {
        unsafe { SliceIndex::<[u8]>::get_unchecked_mut(self, slice as *mut [u8]) as *mut str }
    }

    #[inline]
    #[track_caller]
    fn index(self, slice: &str) -> &str {
        let (start, end) = (self.start, self.end);
        match SliceIndex::<str>::get(self, slice) {
            Some(part) => part,
            None => slice_failed(slice, start, end),
        }
    }

    #[inline]
    #[track_caller]
    fn index_mut(self, slice: &mut str) -> &mut str {
        if !(self.start <= self.end && slice.is_char_boundary(self.start) && slice.is_char_boundary(self.end)) {
            slice_failed(slice, self.start, self.end)
        }
        unsafe { &mut *SliceIndex::<str>::get_unchecked_mut(self, slice) }
    }
}

macro_rules! as_range {
    ($range:ty, |$self:ident, $len:ident| $value:expr) => {
        unsafe impl SliceIndex<str> for $range {
            type Output = str;

            #[inline]
            fn get($self, slice: &str) -> Option<&str> {
                let $len = slice.len();
                SliceIndex::<str>::get($value, slice)
            }

            #[inline]
            fn get_mut($self, slice: &mut str) -> Option<&mut str> {
                let $len = slice.len();
                SliceIndex::<str>::get_mut($value, slice)
            }

            #[inline]
            unsafe fn get_unchecked($self, slice: *const str) -> *const str {
                let $len = (slice as *const [u8]).len();
                unsafe { SliceIndex::<str>::get_unchecked($value, slice) }
            }

            #[inline]
            unsafe fn get_unchecked_mut($self, slice: *mut str) -> *mut str {
                let $len = (slice as *mut [u8]).len();
                unsafe { SliceIndex::<str>::get_unchecked_mut($value, slice) }
            }

            #[inline]
            #[track_caller]
            fn index($self, slice: &str) -> &str {
                let $len = slice.len();
                SliceIndex::<str>::index($value, slice)
            }

            #[inline]
            #[track_caller]
            fn index_mut($self, slice: &mut str) -> &mut str {
                let $len = slice.len();
                SliceIndex::<str>::index_mut($value, slice)
            }
        }
    };
}
as_range! { RangeTo<usize>, |self, _len| (0..self.end) }
as_range! { RangeFrom<usize>, |self, len| (self.start..if self.start > len { self.start } else { len }) }
as_range! { RangeFull, |self, len| (0..len) }
as_range! { RangeToInclusive<usize>, |self, _len| (0..self.end.saturating_add(1)) }
as_range! {
    RangeInclusive<usize>, |self, _len|
    ((if self.exhausted { self.end.saturating_add(1) } else { self.start })..self.end.saturating_add(1))
}
