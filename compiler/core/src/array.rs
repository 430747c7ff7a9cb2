//! Arrays.

mod into_iter;
mod traits;

pub use self::into_iter::IntoIter;
pub use self::traits::TryFromSliceError;

use crate::intrinsics;
use crate::mem::{ManuallyDrop, MaybeUninit};

#[inline]
pub const fn from_ref<T>(s: &T) -> &[T; 1] {
    unsafe { &*(s as *const T as *const [T; 1]) }
}

#[inline]
pub const fn from_mut<T>(s: &mut T) -> &mut [T; 1] {
    unsafe { &mut *(s as *mut T as *mut [T; 1]) }
}

#[inline]
pub fn from_fn<T, const N: usize, F>(mut f: F) -> [T; N]
where
    F: FnMut(usize) -> T,
{
    let mut array = MaybeUninit::<[T; N]>::uninit();
    let first = array.as_mut_ptr() as *mut T;
    let mut at = 0;
    while at < N {
        unsafe {
            first.add(at).write(f(at));
            at = intrinsics::unchecked_add(at, 1);
        }
    }
    unsafe { array.assume_init() }
}

#[inline]
pub fn repeat<T: Clone, const N: usize>(val: T) -> [T; N] {
    from_fn(|_| val.clone())
}

impl<T, const N: usize> [T; N] {
    #[inline]
    pub fn map<F, U>(self, mut f: F) -> [U; N]
    where
        F: FnMut(T) -> U,
    {
        let items = ManuallyDrop::new(self);
        let from = &raw const items as *const T;
        let mut array = MaybeUninit::<[U; N]>::uninit();
        let to = array.as_mut_ptr() as *mut U;
        let mut at = 0;
        while at < N {
            unsafe {
                to.add(at).write(f(from.add(at).read()));
                at = intrinsics::unchecked_add(at, 1);
            }
        }
        unsafe { array.assume_init() }
    }

    #[inline(always)]
    pub const fn as_slice(&self) -> &[T] {
        self
    }

    #[inline(always)]
    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        self
    }

    #[inline]
    pub const fn each_ref(&self) -> [&T; N] {
        let from = self as *const [T; N] as *const T;
        let mut array = MaybeUninit::<[&T; N]>::uninit();
        let to = array.as_mut_ptr() as *mut &T;
        let mut at = 0;
        while at < N {
            unsafe {
                to.add(at).write(&*from.add(at));
                at = intrinsics::unchecked_add(at, 1);
            }
        }
        unsafe { array.assume_init() }
    }

    #[inline]
    pub const fn each_mut(&mut self) -> [&mut T; N] {
        let from = self as *mut [T; N] as *mut T;
        let mut array = MaybeUninit::<[&mut T; N]>::uninit();
        let to = array.as_mut_ptr() as *mut &mut T;
        let mut at = 0;
        while at < N {
            unsafe {
                to.add(at).write(&mut *from.add(at));
                at = intrinsics::unchecked_add(at, 1);
            }
        }
        unsafe { array.assume_init() }
    }
}
