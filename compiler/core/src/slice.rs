//! Slices.

mod ascii;
mod chunk_by;
mod chunks;
mod compare;
mod disjoint;
mod ends;
mod index;
mod iter;
mod methods;
mod search;
mod sort;
mod split;

pub use self::ascii::{EscapeAscii, Utf8Chunk, Utf8Chunks};
pub use self::chunk_by::{ChunkBy, ChunkByMut};
pub use self::chunks::{
    Chunks, ChunksExact, ChunksExactMut, ChunksMut, RChunks, RChunksExact, RChunksExactMut, RChunksMut, Windows,
};
pub use self::disjoint::GetDisjointMutError;
pub use self::ends::ArrayWindows;
pub(crate) use self::index::range_within;
pub use self::index::SliceIndex;
pub use self::iter::{Iter, IterMut};
pub use self::split::{
    RSplit, RSplitMut, RSplitN, RSplitNMut, Split, SplitInclusive, SplitInclusiveMut, SplitMut, SplitN, SplitNMut,
};

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
