//! Slices.

mod chunks;
mod compare;
mod index;
mod iter;
mod methods;
mod search;
mod sort;
mod split;

pub use self::chunks::{
    Chunks, ChunksExact, ChunksExactMut, ChunksMut, RChunks, RChunksExact, Windows,
};
pub(crate) use self::index::range_within;
pub use self::index::SliceIndex;
pub use self::iter::{Iter, IterMut};
pub use self::split::{ChunkBy, ChunkByMut, Split, SplitMut, SplitN};

use crate::ptr;

#[inline(always)]
#[track_caller]
pub const unsafe fn from_raw_parts<'a, T>(data: *const T, len: usize) -> &'a [T] {
    unsafe { &*ptr::slice_from_raw_parts(data, len) }
}

#[inline(always)]
#[track_caller]
pub const unsafe fn from_raw_parts_mut<'a, T>(data: *mut T, len: usize) -> &'a mut [T] {
    unsafe { &mut *ptr::slice_from_raw_parts_mut(data, len) }
}

#[inline]
pub const fn from_ref<T>(s: &T) -> &[T] {
    unsafe { from_raw_parts(s, 1) }
}

#[inline]
pub const fn from_mut<T>(s: &mut T) -> &mut [T] {
    unsafe { from_raw_parts_mut(s, 1) }
}

impl<T> Default for &[T] {
    #[inline]
    fn default() -> Self {
        &[]
    }
}

impl<T> Default for &mut [T] {
    #[inline]
    fn default() -> Self {
        &mut []
    }
}
