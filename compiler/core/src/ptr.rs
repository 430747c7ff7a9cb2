//! Raw pointers.

mod const_ptr;
mod mut_ptr;
mod non_null;

pub use self::non_null::NonNull;
pub use crate::intrinsics::{copy, copy_nonoverlapping, write_bytes};

use crate::intrinsics;

/// Drops the value behind the pointer. The compiler puts the type's drop here.
#[lang = "drop_in_place"]
pub unsafe fn drop_in_place<T: ?Sized>(to_drop: *mut T) {
    unsafe { drop_in_place(to_drop) }
}

#[inline(always)]
pub const fn null<T>() -> *const T {
    0usize as *const T
}

#[inline(always)]
pub const fn null_mut<T>() -> *mut T {
    0usize as *mut T
}

#[inline(always)]
pub const fn dangling<T>() -> *const T {
    align_of::<T>() as *const T
}

#[inline(always)]
pub const fn dangling_mut<T>() -> *mut T {
    align_of::<T>() as *mut T
}

#[inline(always)]
pub const fn without_provenance<T>(addr: usize) -> *const T {
    addr as *const T
}

#[inline(always)]
pub const fn without_provenance_mut<T>(addr: usize) -> *mut T {
    addr as *mut T
}

#[inline(always)]
pub const fn from_ref<T: ?Sized>(r: &T) -> *const T {
    r
}

#[inline(always)]
pub const fn from_mut<T: ?Sized>(r: &mut T) -> *mut T {
    r
}

#[inline(always)]
pub const fn slice_from_raw_parts<T>(data: *const T, len: usize) -> *const [T] {
    unsafe { intrinsics::aggregate_raw_ptr::<*const [T], *const T, usize>(data, len) }
}

#[inline(always)]
pub const fn slice_from_raw_parts_mut<T>(data: *mut T, len: usize) -> *mut [T] {
    unsafe { intrinsics::aggregate_raw_ptr::<*mut [T], *mut T, usize>(data, len) }
}

#[inline(always)]
#[track_caller]
pub const unsafe fn read<T>(src: *const T) -> T {
    unsafe { intrinsics::read_via_copy(src) }
}

#[inline(always)]
#[track_caller]
pub const unsafe fn write<T>(dst: *mut T, src: T) {
    unsafe { intrinsics::write_via_move(dst, src) }
}

#[inline]
#[track_caller]
pub const unsafe fn read_unaligned<T>(src: *const T) -> T {
    let mut value = crate::mem::MaybeUninit::<T>::uninit();
    unsafe {
        intrinsics::copy_nonoverlapping(src as *const u8, value.as_mut_ptr() as *mut u8, size_of::<T>());
        value.assume_init()
    }
}

#[inline]
#[track_caller]
pub const unsafe fn write_unaligned<T>(dst: *mut T, src: T) {
    let src = crate::mem::ManuallyDrop::new(src);
    unsafe {
        intrinsics::copy_nonoverlapping(&raw const src as *const u8, dst as *mut u8, size_of::<T>());
    }
}

#[inline]
#[track_caller]
pub unsafe fn read_volatile<T>(src: *const T) -> T {
    unsafe { intrinsics::volatile_load(src) }
}

#[inline]
#[track_caller]
pub unsafe fn write_volatile<T>(dst: *mut T, src: T) {
    unsafe { intrinsics::volatile_store(dst, src) }
}

#[inline]
pub const unsafe fn replace<T>(dst: *mut T, src: T) -> T {
    unsafe {
        let old = intrinsics::read_via_copy(dst as *const T);
        intrinsics::write_via_move(dst, src);
        old
    }
}

#[inline]
pub const unsafe fn swap<T>(x: *mut T, y: *mut T) {
    unsafe {
        let a = intrinsics::read_via_copy(x as *const T);
        let b = intrinsics::read_via_copy(y as *const T);
        intrinsics::write_via_move(x, b);
        intrinsics::write_via_move(y, a);
    }
}

#[inline]
pub const unsafe fn swap_nonoverlapping<T>(x: *mut T, y: *mut T, count: usize) {
    let mut i = 0;
    while i < count {
        unsafe {
            swap(x.add(i), y.add(i));
            i = intrinsics::unchecked_add(i, 1);
        }
    }
}

#[inline(always)]
pub fn eq<T: ?Sized>(a: *const T, b: *const T) -> bool {
    a == b
}

#[inline(always)]
pub fn addr_eq<T: ?Sized, U: ?Sized>(p: *const T, q: *const U) -> bool {
    p as *const () == q as *const ()
}

pub fn hash<T: ?Sized, S: crate::hash::Hasher>(hashee: *const T, into: &mut S) {
    crate::hash::Hash::hash(&hashee, into)
}

pub macro addr_of($place:expr) {
    &raw const $place
}

pub macro addr_of_mut($place:expr) {
    &raw mut $place
}

/// Drops so many elements. Where one of them panics, the others are dropped nevertheless.
pub(crate) unsafe fn drop_elements<T>(start: *mut T, count: usize) {
    let mut rest = Rest { start, count };
    rest.drop_all();
}

struct Rest<T> {
    start: *mut T,
    count: usize,
}

impl<T> Rest<T> {
    fn drop_all(&mut self) {
        while self.count > 0 {
            let one = self.start;
            unsafe {
                self.start = one.add(1);
                self.count = intrinsics::unchecked_sub(self.count, 1);
                drop_in_place(one);
            }
        }
    }
}

impl<T> Drop for Rest<T> {
    fn drop(&mut self) {
        self.drop_all();
    }
}
