//! Ranges of integers and of characters as iterators.
//!
//! What a range does is a method of [`Step`]: so it is written on the integer itself, and `for i in 0..n`
//! inlines to a comparison and an addition.

use super::FusedIterator;
use crate::intrinsics;
use crate::ops::{Range, RangeFrom, RangeInclusive};

pub trait Step: Clone + PartialOrd + Sized {
    fn steps_between(start: &Self, end: &Self) -> (usize, Option<usize>);
    fn forward_checked(start: Self, count: usize) -> Option<Self>;
    fn backward_checked(start: Self, count: usize) -> Option<Self>;

    #[doc(hidden)]
    fn range_next(range: &mut Range<Self>) -> Option<Self>;
    #[doc(hidden)]
    fn range_next_back(range: &mut Range<Self>) -> Option<Self>;
    #[doc(hidden)]
    fn inclusive_next(range: &mut RangeInclusive<Self>) -> Option<Self>;
    #[doc(hidden)]
    fn inclusive_next_back(range: &mut RangeInclusive<Self>) -> Option<Self>;
    #[doc(hidden)]
    fn successor(of: Self) -> Self;
}

macro_rules! step {
    ($($t:ident $unsigned:ident;)*) => {
        $(
            impl Step for $t {
                #[inline]
                fn steps_between(start: &Self, end: &Self) -> (usize, Option<usize>) {
                    if *start > *end {
                        return (0, None);
                    }
                    let steps = intrinsics::wrapping_sub(*end as $unsigned, *start as $unsigned);
                    if steps as u128 <= usize::MAX as u128 {
                        (steps as usize, Some(steps as usize))
                    } else {
                        (usize::MAX, None)
                    }
                }

                #[inline]
                fn forward_checked(start: Self, count: usize) -> Option<Self> {
                    let steps = intrinsics::wrapping_sub($t::MAX as $unsigned, start as $unsigned);
                    if count as u128 > steps as u128 {
                        return None;
                    }
                    Some(intrinsics::wrapping_add(start as $unsigned, count as $unsigned) as $t)
                }

                #[inline]
                fn backward_checked(start: Self, count: usize) -> Option<Self> {
                    let steps = intrinsics::wrapping_sub(start as $unsigned, $t::MIN as $unsigned);
                    if count as u128 > steps as u128 {
                        return None;
                    }
                    Some(intrinsics::wrapping_sub(start as $unsigned, count as $unsigned) as $t)
                }

                #[inline(always)]
                fn range_next(range: &mut Range<$t>) -> Option<$t> {
                    let start = range.start;
                    if start < range.end {
                        range.start = intrinsics::wrapping_add(start, 1);
                        Some(start)
                    } else {
                        None
                    }
                }

                #[inline(always)]
                fn range_next_back(range: &mut Range<$t>) -> Option<$t> {
                    if range.start < range.end {
                        let end = intrinsics::wrapping_sub(range.end, 1);
                        range.end = end;
                        Some(end)
                    } else {
                        None
                    }
                }

                #[inline(always)]
                fn inclusive_next(range: &mut RangeInclusive<$t>) -> Option<$t> {
                    let start = range.start;
                    if range.exhausted || start > range.end {
                        return None;
                    }
                    if start < range.end {
                        range.start = intrinsics::wrapping_add(start, 1);
                    } else {
                        range.exhausted = true;
                    }
                    Some(start)
                }

                #[inline(always)]
                fn inclusive_next_back(range: &mut RangeInclusive<$t>) -> Option<$t> {
                    let end = range.end;
                    if range.exhausted || range.start > end {
                        return None;
                    }
                    if range.start < end {
                        range.end = intrinsics::wrapping_sub(end, 1);
                    } else {
                        range.exhausted = true;
                    }
                    Some(end)
                }

                #[inline(always)]
                #[track_caller]
                fn successor(of: $t) -> $t {
                    of + 1
                }
            }
        )*
    };
}
step! {
    u8 u8; u16 u16; u32 u32; u64 u64; u128 u128; usize usize;
    i8 u8; i16 u16; i32 u32; i64 u64; i128 u128; isize usize;
}

/// The characters have a gap, which no step leads into.
impl Step for char {
    fn steps_between(start: &char, end: &char) -> (usize, Option<usize>) {
        if *start > *end {
            return (0, None);
        }
        let (start, end) = (*start as u32, *end as u32);
        let mut steps = end - start;
        if start < 0xD800 && 0xDFFF < end {
            steps -= 0x800;
        }
        (steps as usize, Some(steps as usize))
    }

    fn forward_checked(start: char, count: usize) -> Option<char> {
        let start = start as usize;
        if count > 0x10FFFF {
            return None;
        }
        let mut to = start + count;
        if start < 0xD800 && 0xD800 <= to {
            to += 0x800;
        }
        if to <= 0x10FFFF { unsafe { Some(crate::char::from_u32_unchecked(to as u32)) } } else { None }
    }

    fn backward_checked(start: char, count: usize) -> Option<char> {
        let start = start as usize;
        if count > start {
            return None;
        }
        let mut to = start - count;
        if start > 0xDFFF && 0xDFFF >= to {
            if to < 0x800 {
                return None;
            }
            to -= 0x800;
        }
        unsafe { Some(crate::char::from_u32_unchecked(to as u32)) }
    }

    #[inline]
    fn range_next(range: &mut Range<char>) -> Option<char> {
        let start = range.start;
        if start < range.end {
            range.start = char::successor(start);
            Some(start)
        } else {
            None
        }
    }

    #[inline]
    fn range_next_back(range: &mut Range<char>) -> Option<char> {
        if range.start < range.end {
            range.end = predecessor(range.end);
            Some(range.end)
        } else {
            None
        }
    }

    #[inline]
    fn inclusive_next(range: &mut RangeInclusive<char>) -> Option<char> {
        let start = range.start;
        if range.exhausted || start > range.end {
            return None;
        }
        if start < range.end {
            range.start = char::successor(start);
        } else {
            range.exhausted = true;
        }
        Some(start)
    }

    #[inline]
    fn inclusive_next_back(range: &mut RangeInclusive<char>) -> Option<char> {
        let end = range.end;
        if range.exhausted || range.start > end {
            return None;
        }
        if range.start < end {
            range.end = predecessor(end);
        } else {
            range.exhausted = true;
        }
        Some(end)
    }

    #[inline]
    #[track_caller]
    fn successor(of: char) -> char {
        let next = if of as u32 == 0xD7FF { 0xE000 } else { of as u32 + 1 };
        if next > 0x10FFFF {
            crate::panicking::panic("overflow in `Step::forward`")
        }
        unsafe { crate::char::from_u32_unchecked(next) }
    }
}

#[inline]
fn predecessor(of: char) -> char {
    let last = if of as u32 == 0xE000 { 0xD7FF } else { of as u32 - 1 };
    unsafe { crate::char::from_u32_unchecked(last) }
}

impl<A: Step> Iterator for Range<A> {
    type Item = A;

    #[inline(always)]
    fn next(&mut self) -> Option<A> {
        A::range_next(self)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.start < self.end { A::steps_between(&self.start, &self.end) } else { (0, Some(0)) }
    }

    #[inline]
    fn count(self) -> usize {
        self.size_hint().0
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<A> {
        if let Some(at) = A::forward_checked(self.start.clone(), n) {
            if at < self.end {
                self.start = A::successor(at.clone());
                return Some(at);
            }
        }
        self.start = self.end.clone();
        None
    }

    #[inline]
    fn last(mut self) -> Option<A> {
        self.next_back()
    }

    #[inline]
    fn min(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next()
    }

    #[inline]
    fn max(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next_back()
    }
}

impl<A: Step> DoubleEndedIterator for Range<A> {
    #[inline(always)]
    fn next_back(&mut self) -> Option<A> {
        A::range_next_back(self)
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<A> {
        if let Some(at) = A::backward_checked(self.end.clone(), n) {
            if at > self.start {
                self.end = at;
                return self.next_back();
            }
        }
        self.end = self.start.clone();
        None
    }
}

impl<A: Step> FusedIterator for Range<A> {}

impl<A: Step> Iterator for RangeFrom<A> {
    type Item = A;

    #[inline]
    #[track_caller]
    fn next(&mut self) -> Option<A> {
        let start = self.start.clone();
        self.start = A::successor(start.clone());
        Some(start)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }

    #[inline]
    #[track_caller]
    fn nth(&mut self, n: usize) -> Option<A> {
        match A::forward_checked(self.start.clone(), n) {
            Some(at) => {
                self.start = A::successor(at.clone());
                Some(at)
            }
            None => crate::panicking::panic("attempt to add with overflow"),
        }
    }
}

impl<A: Step> FusedIterator for RangeFrom<A> {}

impl<A: Step> Iterator for RangeInclusive<A> {
    type Item = A;

    #[inline(always)]
    fn next(&mut self) -> Option<A> {
        A::inclusive_next(self)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.is_empty() {
            return (0, Some(0));
        }
        let (low, high) = A::steps_between(&self.start, &self.end);
        match high {
            Some(high) => (low.saturating_add(1), high.checked_add(1)),
            None => (low.saturating_add(1), None),
        }
    }

    #[inline]
    fn count(self) -> usize {
        if self.is_empty() {
            return 0;
        }
        match A::steps_between(&self.start, &self.end).1 {
            Some(steps) if steps < usize::MAX => steps + 1,
            _ => crate::panicking::panic("count overflowed usize"),
        }
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<A> {
        if self.is_empty() {
            return None;
        }
        if let Some(at) = A::forward_checked(self.start.clone(), n) {
            if at <= self.end {
                self.start = at;
                return self.next();
            }
        }
        self.start = self.end.clone();
        self.exhausted = true;
        None
    }

    #[inline]
    fn last(mut self) -> Option<A> {
        self.next_back()
    }

    #[inline]
    fn min(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next()
    }

    #[inline]
    fn max(mut self) -> Option<A>
    where
        A: Ord,
    {
        self.next_back()
    }
}

impl<A: Step> DoubleEndedIterator for RangeInclusive<A> {
    #[inline(always)]
    fn next_back(&mut self) -> Option<A> {
        A::inclusive_next_back(self)
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<A> {
        if self.is_empty() {
            return None;
        }
        if let Some(at) = A::backward_checked(self.end.clone(), n) {
            if at >= self.start {
                self.end = at;
                return self.next_back();
            }
        }
        self.end = self.start.clone();
        self.exhausted = true;
        None
    }
}

impl<A: Step> FusedIterator for RangeInclusive<A> {}

macro_rules! exact {
    ($($range:ident: $($t:ty)*;)*) => {
        $($(impl ExactSizeIterator for $range<$t> {})*)*
    };
}
exact! {
    Range: usize u8 isize i8 u16 i16 u32 i32;
    RangeInclusive: u8 i8 u16 i16;
}
