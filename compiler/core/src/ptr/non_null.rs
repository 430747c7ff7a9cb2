//! A pointer that is never null, so that `Option` of it is as large as it is.

use crate::cmp::Ordering;
use crate::intrinsics;
use crate::marker::Unsize;
use crate::ops::{CoerceUnsized, DispatchFromDyn};

/// The front end knows that no null is in the type of the field: values come and go by `transmute`.
#[repr(transparent)]
#[rustc_nonnull_optimization_guaranteed]
pub struct NonNull<T: ?Sized> {
    pointer: pattern_type!(*const T is !null),
}

impl<T: ?Sized> !Send for NonNull<T> {}
impl<T: ?Sized> !Sync for NonNull<T> {}

impl<T: ?Sized> NonNull<T> {
    #[inline(always)]
    #[track_caller]
    pub const unsafe fn new_unchecked(ptr: *mut T) -> Self {
        unsafe { intrinsics::transmute_unchecked::<*mut T, NonNull<T>>(ptr) }
    }

    #[inline]
    pub const fn new(ptr: *mut T) -> Option<Self> {
        if ptr.is_null() { None } else { unsafe { Some(NonNull::new_unchecked(ptr)) } }
    }

    #[inline(always)]
    pub const fn from_ref(r: &T) -> Self {
        unsafe { NonNull::new_unchecked(r as *const T as *mut T) }
    }

    #[inline(always)]
    pub const fn from_mut(r: &mut T) -> Self {
        unsafe { NonNull::new_unchecked(r as *mut T) }
    }

    #[inline(always)]
    pub const fn as_ptr(self) -> *mut T {
        unsafe { intrinsics::transmute_unchecked::<NonNull<T>, *mut T>(self) }
    }

    #[inline(always)]
    pub const unsafe fn as_ref<'a>(&self) -> &'a T {
        unsafe { &*(self.as_ptr() as *const T) }
    }

    #[inline(always)]
    pub const unsafe fn as_mut<'a>(&mut self) -> &'a mut T {
        unsafe { &mut *self.as_ptr() }
    }

    #[inline(always)]
    pub const fn cast<U>(self) -> NonNull<U> {
        unsafe { NonNull::new_unchecked(self.as_ptr() as *mut U) }
    }

    #[inline]
    pub unsafe fn drop_in_place(self) {
        unsafe { super::drop_in_place(self.as_ptr()) }
    }
}

impl<T> NonNull<T> {
    #[inline(always)]
    pub const fn dangling() -> Self {
        unsafe { NonNull::new_unchecked(align_of::<T>() as *mut T) }
    }

    #[inline(always)]
    pub const unsafe fn add(self, count: usize) -> Self {
        unsafe { NonNull::new_unchecked(intrinsics::offset(self.as_ptr(), count)) }
    }

    #[inline(always)]
    pub const unsafe fn sub(self, count: usize) -> Self {
        unsafe { NonNull::new_unchecked(self.as_ptr().sub(count)) }
    }

    #[inline(always)]
    pub const unsafe fn offset(self, count: isize) -> Self {
        unsafe { NonNull::new_unchecked(intrinsics::offset(self.as_ptr(), count)) }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn read(self) -> T {
        unsafe { intrinsics::read_via_copy(self.as_ptr() as *const T) }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn write(self, val: T) {
        unsafe { intrinsics::write_via_move(self.as_ptr(), val) }
    }

    #[inline]
    pub const unsafe fn offset_from(self, origin: NonNull<T>) -> isize {
        unsafe { intrinsics::ptr_offset_from(self.as_ptr() as *const T, origin.as_ptr() as *const T) }
    }
}

impl<T: ?Sized> NonNull<T> {
    #[inline]
    pub fn addr(self) -> crate::num::NonZero<usize> {
        unsafe { crate::num::NonZero::new_unchecked(self.as_ptr().addr()) }
    }
}

impl<T> NonNull<T> {
    #[inline]
    pub const unsafe fn byte_add(self, count: usize) -> Self {
        unsafe { NonNull::new_unchecked(self.as_ptr().byte_add(count)) }
    }

    #[inline]
    pub const unsafe fn byte_sub(self, count: usize) -> Self {
        unsafe { NonNull::new_unchecked(self.as_ptr().byte_sub(count)) }
    }

    #[inline]
    pub const unsafe fn byte_offset(self, count: isize) -> Self {
        unsafe { NonNull::new_unchecked(self.as_ptr().byte_offset(count)) }
    }

    #[inline]
    pub const unsafe fn offset_from_unsigned(self, origin: NonNull<T>) -> usize {
        unsafe { self.as_ptr().offset_from_unsigned(origin.as_ptr()) }
    }

    #[inline]
    pub const unsafe fn read_unaligned(self) -> T {
        unsafe { self.as_ptr().read_unaligned() }
    }

    #[inline]
    pub const unsafe fn write_unaligned(self, val: T) {
        unsafe { self.as_ptr().write_unaligned(val) }
    }

    #[inline]
    pub const unsafe fn write_bytes(self, val: u8, count: usize) {
        unsafe { self.as_ptr().write_bytes(val, count) }
    }

    #[inline]
    pub const unsafe fn copy_to(self, dest: NonNull<T>, count: usize) {
        unsafe { self.as_ptr().copy_to(dest.as_ptr(), count) }
    }

    #[inline]
    pub const unsafe fn copy_to_nonoverlapping(self, dest: NonNull<T>, count: usize) {
        unsafe { self.as_ptr().copy_to_nonoverlapping(dest.as_ptr(), count) }
    }

    #[inline]
    pub const unsafe fn copy_from(self, src: NonNull<T>, count: usize) {
        unsafe { src.as_ptr().copy_to(self.as_ptr(), count) }
    }

    #[inline]
    pub const unsafe fn copy_from_nonoverlapping(self, src: NonNull<T>, count: usize) {
        unsafe { src.as_ptr().copy_to_nonoverlapping(self.as_ptr(), count) }
    }

    #[inline]
    pub const unsafe fn replace(self, src: T) -> T {
        unsafe { self.as_ptr().replace(src) }
    }

    #[inline]
    pub const unsafe fn swap(self, with: NonNull<T>) {
        unsafe { self.as_ptr().swap(with.as_ptr()) }
    }

    #[inline]
    pub fn is_aligned(self) -> bool {
        self.as_ptr().is_aligned()
    }
}

impl<T> NonNull<[T]> {
    #[inline]
    pub const fn slice_from_raw_parts(data: NonNull<T>, len: usize) -> Self {
        unsafe { NonNull::new_unchecked(super::slice_from_raw_parts_mut(data.as_ptr(), len)) }
    }

    #[inline]
    pub const fn len(self) -> usize {
        self.as_ptr().len()
    }

    #[inline]
    pub const fn is_empty(self) -> bool {
        self.as_ptr().len() == 0
    }
}

impl<T: ?Sized> Clone for NonNull<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for NonNull<T> {}

impl<T: ?Sized, U: ?Sized> CoerceUnsized<NonNull<U>> for NonNull<T> where T: Unsize<U> {}
impl<T: ?Sized, U: ?Sized> DispatchFromDyn<NonNull<U>> for NonNull<T> where T: Unsize<U> {}

impl<T: ?Sized> PartialEq for NonNull<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.as_ptr() == other.as_ptr()
    }
}

impl<T: ?Sized> Eq for NonNull<T> {}

impl<T: ?Sized> PartialOrd for NonNull<T> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.as_ptr().partial_cmp(&other.as_ptr())
    }
}

impl<T: ?Sized> Ord for NonNull<T> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_ptr().cmp(&other.as_ptr())
    }
}

impl<T: ?Sized> crate::hash::Hash for NonNull<T> {
    #[inline]
    fn hash<H: crate::hash::Hasher>(&self, state: &mut H) {
        self.as_ptr().hash(state)
    }
}

impl<T: ?Sized> From<&mut T> for NonNull<T> {
    #[inline]
    fn from(r: &mut T) -> Self {
        NonNull::from_mut(r)
    }
}

impl<T: ?Sized> From<&T> for NonNull<T> {
    #[inline]
    fn from(r: &T) -> Self {
        NonNull::from_ref(r)
    }
}
