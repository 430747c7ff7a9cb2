//! Several parts of a slice at once.

use super::SliceIndex;
use crate::error::Error;
use crate::fmt;
use crate::mem::MaybeUninit;
use crate::ops::{Range, RangeInclusive};

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum GetDisjointMutError {
    IndexOutOfBounds,
    OverlappingIndices,
}

impl fmt::Display for GetDisjointMutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            GetDisjointMutError::IndexOutOfBounds => "an index is out of bounds",
            GetDisjointMutError::OverlappingIndices => "there were overlapping indices",
        })
    }
}

impl Error for GetDisjointMutError {}

/// An index or a range that can be told from others.
pub unsafe trait GetDisjointMutIndex: Clone {
    #[doc(hidden)]
    fn is_in_bounds(&self, len: usize) -> bool;
    #[doc(hidden)]
    fn is_overlapping(&self, other: &Self) -> bool;
}

unsafe impl GetDisjointMutIndex for usize {
    fn is_in_bounds(&self, len: usize) -> bool {
        *self < len
    }

    fn is_overlapping(&self, other: &Self) -> bool {
        *self == *other
    }
}

unsafe impl GetDisjointMutIndex for Range<usize> {
    fn is_in_bounds(&self, len: usize) -> bool {
        self.start <= self.end && self.end <= len
    }

    fn is_overlapping(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

unsafe impl GetDisjointMutIndex for RangeInclusive<usize> {
    fn is_in_bounds(&self, len: usize) -> bool {
        *self.start() <= *self.end() && *self.end() < len
    }

    fn is_overlapping(&self, other: &Self) -> bool {
        *self.start() <= *other.end() && *other.start() <= *self.end()
    }
}

impl<T> [T] {
    pub fn get_disjoint_mut<I, const N: usize>(
        &mut self,
        indices: [I; N],
    ) -> Result<[&mut I::Output; N], GetDisjointMutError>
    where
        I: GetDisjointMutIndex + SliceIndex<[T]>,
    {
        let mut at = 0;
        while at < N {
            if !indices[at].is_in_bounds(self.len()) {
                return Err(GetDisjointMutError::IndexOutOfBounds);
            }
            let mut earlier = 0;
            while earlier < at {
                if indices[at].is_overlapping(&indices[earlier]) {
                    return Err(GetDisjointMutError::OverlappingIndices);
                }
                earlier += 1;
            }
            at += 1;
        }
        unsafe { Ok(self.get_disjoint_unchecked_mut(indices)) }
    }

    /// Each index is within the slice, and none overlaps another.
    pub unsafe fn get_disjoint_unchecked_mut<I, const N: usize>(&mut self, indices: [I; N]) -> [&mut I::Output; N]
    where
        I: GetDisjointMutIndex + SliceIndex<[T]>,
    {
        let all = self as *mut [T];
        let mut parts: MaybeUninit<[&mut I::Output; N]> = MaybeUninit::uninit();
        let start = parts.as_mut_ptr() as *mut &mut I::Output;
        let mut at = 0;
        while at < N {
            unsafe { start.add(at).write((&mut *all).get_unchecked_mut(indices[at].clone())) };
            at += 1;
        }
        unsafe { parts.assume_init() }
    }
}
