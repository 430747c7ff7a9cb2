//! A slice's items one after the other: two pointers. Where an item has no size, the second is as many
//! bytes after the first as there are items.

use crate::intrinsics;
use crate::iter::FusedIterator;
use crate::marker::PhantomData;
use crate::ptr::NonNull;

pub struct Iter<'a, T: 'a> {
    ptr: NonNull<T>,
    end: *const T,
    _marker: PhantomData<&'a T>,
}

pub struct IterMut<'a, T: 'a> {
    ptr: NonNull<T>,
    end: *mut T,
    _marker: PhantomData<&'a mut T>,
}

unsafe impl<T: Sync> Sync for Iter<'_, T> {}
unsafe impl<T: Sync> Send for Iter<'_, T> {}
unsafe impl<T: Sync> Sync for IterMut<'_, T> {}
unsafe impl<T: Send> Send for IterMut<'_, T> {}

impl<'a, T> Iter<'a, T> {
    #[inline]
    pub(super) fn new(slice: &'a [T]) -> Self {
        let first = slice.as_ptr();
        let end = unsafe {
            if intrinsics::size_of::<T>() == 0 {
                intrinsics::arith_offset(first as *const u8, slice.len() as isize) as *const T
            } else {
                intrinsics::offset(first, slice.len())
            }
        };
        Iter { ptr: unsafe { NonNull::new_unchecked(first as *mut T) }, end, _marker: PhantomData }
    }

    #[inline]
    pub fn as_slice(&self) -> &'a [T] {
        unsafe { super::from_raw_parts(self.ptr.as_ptr(), self.left()) }
    }
}

impl<'a, T> IterMut<'a, T> {
    #[inline]
    pub(super) fn new(slice: &'a mut [T]) -> Self {
        let len = slice.len();
        let first = slice.as_mut_ptr();
        let end = unsafe {
            if intrinsics::size_of::<T>() == 0 {
                intrinsics::arith_offset(first as *const u8, len as isize) as *mut T
            } else {
                intrinsics::offset(first, len)
            }
        };
        IterMut { ptr: unsafe { NonNull::new_unchecked(first) }, end, _marker: PhantomData }
    }

    #[inline]
    pub fn into_slice(self) -> &'a mut [T] {
        unsafe { super::from_raw_parts_mut(self.ptr.as_ptr(), self.left()) }
    }

    #[inline]
    pub fn as_slice(&self) -> &[T] {
        unsafe { super::from_raw_parts(self.ptr.as_ptr(), self.left()) }
    }
}

macro_rules! iterator {
    ($name:ident $item:ty, $raw:ty, |$at:ident| $reference:expr) => {
        impl<'a, T> $name<'a, T> {
            #[inline]
            fn left(&self) -> usize {
                unsafe {
                    if intrinsics::size_of::<T>() == 0 {
                        intrinsics::wrapping_sub(self.end as usize, self.ptr.as_ptr() as usize)
                    } else {
                        intrinsics::ptr_offset_from_unsigned(self.end as *const T, self.ptr.as_ptr() as *const T)
                    }
                }
            }
        }

        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                let $at = self.ptr.as_ptr() as $raw;
                if $at == self.end {
                    return None;
                }
                unsafe {
                    if intrinsics::size_of::<T>() == 0 {
                        self.end = intrinsics::arith_offset(self.end as *const u8, -1) as $raw;
                    } else {
                        self.ptr = NonNull::new_unchecked(intrinsics::offset($at, 1usize) as *mut T);
                    }
                    Some($reference)
                }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let left = self.left();
                (left, Some(left))
            }

            #[inline]
            fn count(self) -> usize {
                self.left()
            }

            #[inline]
            fn nth(&mut self, n: usize) -> Option<$item> {
                if n >= self.left() {
                    if intrinsics::size_of::<T>() == 0 {
                        self.end = self.ptr.as_ptr() as $raw;
                    } else {
                        self.ptr = unsafe { NonNull::new_unchecked(self.end as *mut T) };
                    }
                    return None;
                }
                unsafe {
                    if intrinsics::size_of::<T>() == 0 {
                        let back = intrinsics::wrapping_sub(0, n as isize);
                        self.end = intrinsics::arith_offset(self.end as *const u8, back) as $raw;
                    } else {
                        self.ptr = NonNull::new_unchecked(intrinsics::offset(self.ptr.as_ptr(), n));
                    }
                }
                self.next()
            }

            #[inline]
            fn last(mut self) -> Option<$item> {
                self.next_back()
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                if self.ptr.as_ptr() as $raw == self.end {
                    return None;
                }
                unsafe {
                    if intrinsics::size_of::<T>() == 0 {
                        self.end = intrinsics::arith_offset(self.end as *const u8, -1) as $raw;
                        let $at = self.ptr.as_ptr() as $raw;
                        Some($reference)
                    } else {
                        self.end = intrinsics::offset(self.end, -1isize);
                        let $at = self.end;
                        Some($reference)
                    }
                }
            }

            #[inline]
            fn nth_back(&mut self, n: usize) -> Option<$item> {
                if n >= self.left() {
                    self.end = self.ptr.as_ptr() as $raw;
                    return None;
                }
                unsafe {
                    let back = intrinsics::wrapping_sub(0, n as isize);
                    if intrinsics::size_of::<T>() == 0 {
                        self.end = intrinsics::arith_offset(self.end as *const u8, back) as $raw;
                    } else {
                        self.end = intrinsics::offset(self.end, back);
                    }
                }
                self.next_back()
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {
            #[inline]
            fn len(&self) -> usize {
                self.left()
            }
        }

        impl<T> FusedIterator for $name<'_, T> {}

        impl<T> AsRef<[T]> for $name<'_, T> {
            fn as_ref(&self) -> &[T] {
                self.as_slice()
            }
        }

        impl<T: crate::fmt::Debug> crate::fmt::Debug for $name<'_, T> {
            fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_slice()).finish()
            }
        }
    };
}
iterator! { Iter &'a T, *const T, |at| &*at }
iterator! { IterMut &'a mut T, *mut T, |at| &mut *at }

impl<T> Clone for Iter<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        Iter { ptr: self.ptr, end: self.end, _marker: PhantomData }
    }
}

impl<T> Default for Iter<'_, T> {
    fn default() -> Self {
        (&[]).into_iter()
    }
}

impl<T> Default for IterMut<'_, T> {
    fn default() -> Self {
        (&mut []).into_iter()
    }
}

impl<'a, T> IntoIterator for &'a [T] {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut [T] {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;

    #[inline]
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}
