//! Methods of slices, apart from searching and sorting.

use super::index::range_within;
use super::{
    Chunks, ChunksExact, ChunksExactMut, ChunksMut, Iter, IterMut, RChunks, RChunksExact, RChunksExactMut, RChunksMut,
    SliceIndex, Windows,
};
use crate::intrinsics;
use crate::ops::RangeBounds;
use crate::panicking;

impl<T> [T] {
    #[lang = "slice_len_fn"]
    #[inline(always)]
    pub const fn len(&self) -> usize {
        unsafe { intrinsics::ptr_metadata(self as *const [T]) }
    }

    #[inline(always)]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline(always)]
    pub const fn as_ptr(&self) -> *const T {
        self as *const [T] as *const T
    }

    #[inline(always)]
    pub const fn as_mut_ptr(&mut self) -> *mut T {
        self as *mut [T] as *mut T
    }

    #[inline]
    pub const fn as_ptr_range(&self) -> crate::ops::Range<*const T> {
        let start = self.as_ptr();
        start..unsafe { start.add(self.len()) }
    }

    #[inline]
    pub const fn first(&self) -> Option<&T> {
        if self.is_empty() { None } else { unsafe { Some(&*self.as_ptr()) } }
    }

    #[inline]
    pub const fn first_mut(&mut self) -> Option<&mut T> {
        if self.is_empty() { None } else { unsafe { Some(&mut *self.as_mut_ptr()) } }
    }

    #[inline]
    pub const fn last(&self) -> Option<&T> {
        if self.is_empty() { None } else { unsafe { Some(&*self.as_ptr().add(self.len() - 1)) } }
    }

    #[inline]
    pub const fn last_mut(&mut self) -> Option<&mut T> {
        if self.is_empty() { None } else { unsafe { Some(&mut *self.as_mut_ptr().add(self.len() - 1)) } }
    }

    #[inline]
    pub const fn split_first(&self) -> Option<(&T, &[T])> {
        if let [first, rest @ ..] = self { Some((first, rest)) } else { None }
    }

    #[inline]
    pub const fn split_first_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if let [first, rest @ ..] = self { Some((first, rest)) } else { None }
    }

    #[inline]
    pub const fn split_last(&self) -> Option<(&T, &[T])> {
        if let [rest @ .., last] = self { Some((last, rest)) } else { None }
    }

    #[inline]
    pub const fn split_last_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if let [rest @ .., last] = self { Some((last, rest)) } else { None }
    }

    #[inline]
    pub const fn first_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() < N { None } else { unsafe { Some(&*(self.as_ptr() as *const [T; N])) } }
    }

    #[inline]
    pub const fn last_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() < N { None } else { unsafe { Some(&*(self.as_ptr().add(self.len() - N) as *const [T; N])) } }
    }

    #[inline]
    pub fn get<I>(&self, index: I) -> Option<&I::Output>
    where
        I: SliceIndex<[T]>,
    {
        index.get(self)
    }

    #[inline]
    pub fn get_mut<I>(&mut self, index: I) -> Option<&mut I::Output>
    where
        I: SliceIndex<[T]>,
    {
        index.get_mut(self)
    }

    #[inline(always)]
    #[track_caller]
    pub unsafe fn get_unchecked<I>(&self, index: I) -> &I::Output
    where
        I: SliceIndex<[T]>,
    {
        unsafe { &*index.get_unchecked(self) }
    }

    #[inline(always)]
    #[track_caller]
    pub unsafe fn get_unchecked_mut<I>(&mut self, index: I) -> &mut I::Output
    where
        I: SliceIndex<[T]>,
    {
        unsafe { &mut *index.get_unchecked_mut(self) }
    }

    #[inline]
    #[track_caller]
    pub const fn swap(&mut self, a: usize, b: usize) {
        let first = &raw mut self[a];
        let second = &raw mut self[b];
        unsafe { crate::ptr::swap(first, second) }
    }

    #[inline]
    pub const fn reverse(&mut self) {
        let len = self.len();
        let first = self.as_mut_ptr();
        let half = len / 2;
        let mut at = 0;
        while at < half {
            unsafe {
                crate::ptr::swap(first.add(at), first.add(len - 1 - at));
                at = intrinsics::unchecked_add(at, 1);
            }
        }
    }

    #[inline]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter::new(self)
    }

    #[inline]
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut::new(self)
    }

    #[inline]
    #[track_caller]
    pub fn windows(&self, size: usize) -> Windows<'_, T> {
        if size == 0 {
            panicking::panic("window size must be non-zero")
        }
        Windows::new(self, size)
    }

    #[inline]
    #[track_caller]
    pub fn chunks(&self, chunk_size: usize) -> Chunks<'_, T> {
        require_chunk(chunk_size);
        Chunks::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub fn chunks_mut(&mut self, chunk_size: usize) -> ChunksMut<'_, T> {
        require_chunk(chunk_size);
        ChunksMut::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub fn chunks_exact(&self, chunk_size: usize) -> ChunksExact<'_, T> {
        require_chunk(chunk_size);
        ChunksExact::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub fn chunks_exact_mut(&mut self, chunk_size: usize) -> ChunksExactMut<'_, T> {
        require_chunk(chunk_size);
        ChunksExactMut::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub fn rchunks(&self, chunk_size: usize) -> RChunks<'_, T> {
        require_chunk(chunk_size);
        RChunks::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub fn rchunks_exact(&self, chunk_size: usize) -> RChunksExact<'_, T> {
        require_chunk(chunk_size);
        RChunksExact::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub fn rchunks_mut(&mut self, chunk_size: usize) -> RChunksMut<'_, T> {
        require_chunk(chunk_size);
        RChunksMut::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub fn rchunks_exact_mut(&mut self, chunk_size: usize) -> RChunksExactMut<'_, T> {
        require_chunk(chunk_size);
        RChunksExactMut::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub const fn split_at(&self, mid: usize) -> (&[T], &[T]) {
        match self.split_at_checked(mid) {
            Some(pair) => pair,
            None => panicking::panic("mid > len"),
        }
    }

    #[inline]
    #[track_caller]
    pub const fn split_at_mut(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        if mid > self.len() {
            panicking::panic("mid > len")
        }
        unsafe { self.split_at_mut_unchecked(mid) }
    }

    #[inline]
    pub const unsafe fn split_at_unchecked(&self, mid: usize) -> (&[T], &[T]) {
        let first = self.as_ptr();
        unsafe {
            let rest = intrinsics::unchecked_sub(self.len(), mid);
            (super::from_raw_parts(first, mid), super::from_raw_parts(first.add(mid), rest))
        }
    }

    #[inline]
    pub const unsafe fn split_at_mut_unchecked(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        let len = self.len();
        let first = self.as_mut_ptr();
        unsafe {
            let rest = intrinsics::unchecked_sub(len, mid);
            (super::from_raw_parts_mut(first, mid), super::from_raw_parts_mut(first.add(mid), rest))
        }
    }

    #[inline]
    pub const fn split_at_checked(&self, mid: usize) -> Option<(&[T], &[T])> {
        if mid <= self.len() { unsafe { Some(self.split_at_unchecked(mid)) } } else { None }
    }

    #[inline]
    pub const fn split_at_mut_checked(&mut self, mid: usize) -> Option<(&mut [T], &mut [T])> {
        if mid <= self.len() { unsafe { Some(self.split_at_mut_unchecked(mid)) } } else { None }
    }

    #[inline]
    pub fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        for item in self {
            *item = value.clone();
        }
    }

    #[inline]
    pub fn fill_with<F>(&mut self, mut f: F)
    where
        F: FnMut() -> T,
    {
        for item in self {
            *item = f();
        }
    }

    #[inline]
    #[track_caller]
    pub fn clone_from_slice(&mut self, src: &[T])
    where
        T: Clone,
    {
        if self.len() != src.len() {
            copy_failed(src.len(), self.len())
        }
        let mut at = 0;
        while at < src.len() {
            self[at].clone_from(&src[at]);
            at += 1;
        }
    }

    #[inline]
    #[track_caller]
    pub const fn copy_from_slice(&mut self, src: &[T])
    where
        T: Copy,
    {
        if self.len() != src.len() {
            copy_failed(src.len(), self.len())
        }
        unsafe { intrinsics::copy_nonoverlapping(src.as_ptr(), self.as_mut_ptr(), src.len()) }
    }

    #[inline]
    #[track_caller]
    pub fn copy_within<R: RangeBounds<usize>>(&mut self, src: R, dest: usize)
    where
        T: Copy,
    {
        let range = range_within(src, self.len());
        let count = range.end - range.start;
        if dest > self.len() - count {
            panicking::panic("dest is out of bounds")
        }
        unsafe {
            let first = self.as_mut_ptr();
            intrinsics::copy(first.add(range.start) as *const T, first.add(dest), count);
        }
    }

    #[inline]
    #[track_caller]
    pub fn swap_with_slice(&mut self, other: &mut [T]) {
        if self.len() != other.len() {
            panicking::panic("destination and source slices have different lengths")
        }
        unsafe { crate::ptr::swap_nonoverlapping(self.as_mut_ptr(), other.as_mut_ptr(), self.len()) }
    }

    #[inline]
    #[track_caller]
    pub fn rotate_left(&mut self, mid: usize) {
        if mid > self.len() {
            panicking::panic("assertion failed: mid <= self.len()")
        }
        // Both parts turned around, and then the whole.
        let (left, right) = unsafe { self.split_at_mut_unchecked(mid) };
        left.reverse();
        right.reverse();
        self.reverse();
    }

    #[inline]
    #[track_caller]
    pub fn rotate_right(&mut self, k: usize) {
        if k > self.len() {
            panicking::panic("assertion failed: k <= self.len()")
        }
        self.rotate_left(self.len() - k)
    }

    #[inline]
    pub const fn as_array<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() == N { unsafe { Some(&*(self.as_ptr() as *const [T; N])) } } else { None }
    }
}

#[inline]
#[track_caller]
fn require_chunk(size: usize) {
    if size == 0 {
        panicking::panic("chunk size must be non-zero")
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn copy_failed(from: usize, to: usize) -> ! {
    panicking::panic_numbers(
        "copy_from_slice: source slice length (",
        from,
        ") does not match destination slice length (",
        to,
        ")",
    )
}

impl<T, const N: usize> [[T; N]] {
    #[inline]
    pub const fn as_flattened(&self) -> &[T] {
        unsafe { super::from_raw_parts(self.as_ptr() as *const T, self.len() * N) }
    }

    #[inline]
    pub const fn as_flattened_mut(&mut self) -> &mut [T] {
        unsafe { super::from_raw_parts_mut(self.as_mut_ptr() as *mut T, self.len() * N) }
    }
}
