//! Memory for a value that may not be there yet.

use super::ManuallyDrop;
use crate::intrinsics;

#[lang = "maybe_uninit"]
#[derive(Copy)]
#[repr(transparent)]
pub union MaybeUninit<T> {
    uninit: (),
    value: ManuallyDrop<T>,
}

impl<T: Copy> Clone for MaybeUninit<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> MaybeUninit<T> {
    #[inline(always)]
    pub const fn new(val: T) -> MaybeUninit<T> {
        MaybeUninit { value: ManuallyDrop::new(val) }
    }

    #[inline(always)]
    pub const fn uninit() -> MaybeUninit<T> {
        MaybeUninit { uninit: () }
    }

    #[inline]
    pub const fn zeroed() -> MaybeUninit<T> {
        let mut u = MaybeUninit::<T>::uninit();
        unsafe { intrinsics::write_bytes(u.as_mut_ptr() as *mut u8, 0, intrinsics::size_of::<T>()) };
        u
    }

    #[inline(always)]
    pub const fn write(&mut self, val: T) -> &mut T {
        unsafe {
            let at = self as *mut MaybeUninit<T> as *mut T;
            intrinsics::write_via_move(at, val);
            &mut *at
        }
    }

    #[inline(always)]
    pub const fn as_ptr(&self) -> *const T {
        self as *const MaybeUninit<T> as *const T
    }

    #[inline(always)]
    pub const fn as_mut_ptr(&mut self) -> *mut T {
        self as *mut MaybeUninit<T> as *mut T
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn assume_init(self) -> T {
        unsafe { intrinsics::transmute_unchecked(self) }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn assume_init_read(&self) -> T {
        unsafe { intrinsics::read_via_copy(self.as_ptr()) }
    }

    #[inline]
    pub unsafe fn assume_init_drop(&mut self) {
        unsafe { crate::ptr::drop_in_place(self.as_mut_ptr()) }
    }

    #[inline(always)]
    pub const unsafe fn assume_init_ref(&self) -> &T {
        unsafe { &*self.as_ptr() }
    }

    #[inline(always)]
    pub const unsafe fn assume_init_mut(&mut self) -> &mut T {
        unsafe { &mut *self.as_mut_ptr() }
    }
}
