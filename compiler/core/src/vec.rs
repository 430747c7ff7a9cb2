//! Values in a row on the heap.

mod drain;
mod into_iter;
mod methods;
mod reserve;
mod slices;
mod sort;
mod traits;

pub use self::drain::{Drain, Splice};
pub use self::into_iter::IntoIter;
pub use self::reserve::TryReserveError;
pub use self::slices::{Concat, Join};

use crate::alloc;
use crate::marker::PhantomData;
use crate::ptr::NonNull;

pub struct Vec<T> {
    start: NonNull<T>,
    capacity: usize,
    length: usize,
    owns: PhantomData<T>,
}

unsafe impl<T: Send> Send for Vec<T> {}
unsafe impl<T: Sync> Sync for Vec<T> {}

impl<T> Drop for Vec<T> {
    fn drop(&mut self) {
        unsafe {
            let _memory = Memory { start: self.start.as_ptr(), capacity: self.capacity };
            if crate::mem::needs_drop::<T>() {
                crate::ptr::drop_in_place(crate::ptr::slice_from_raw_parts_mut(self.start.as_ptr(), self.length));
            }
        }
    }
}

/// Freed at the end, even if dropping a value panics.
struct Memory<T> {
    start: *mut T,
    capacity: usize,
}

impl<T> Drop for Memory<T> {
    #[inline]
    fn drop(&mut self) {
        alloc::free(self.start as *mut u8, self.capacity * size_of::<T>(), align_of::<T>());
    }
}

impl<T> Vec<T> {
    #[inline]
    pub const fn new() -> Vec<T> {
        unsafe {
            let start = NonNull::new_unchecked(crate::ptr::dangling_mut::<T>());
            Vec { start, capacity: 0, length: 0, owns: PhantomData }
        }
    }

    #[inline]
    pub fn with_capacity(capacity: usize) -> Vec<T> {
        unsafe {
            let start = NonNull::new_unchecked(alloc::array::<T>(capacity));
            Vec { start, capacity, length: 0, owns: PhantomData }
        }
    }

    #[inline]
    pub unsafe fn from_raw_parts(ptr: *mut T, length: usize, capacity: usize) -> Vec<T> {
        unsafe { Vec { start: NonNull::new_unchecked(ptr), capacity, length, owns: PhantomData } }
    }

    #[inline]
    pub fn capacity(&self) -> usize {
        if size_of::<T>() == 0 { usize::MAX } else { self.capacity }
    }

    pub fn reserve(&mut self, additional: usize) {
        if self.capacity() - self.length < additional {
            self.grow(additional);
        }
    }

    pub fn reserve_exact(&mut self, additional: usize) {
        if self.capacity() - self.length < additional {
            match self.length.checked_add(additional) {
                Some(wanted) => self.resize_to(wanted),
                None => crate::panicking::panic("capacity overflow"),
            }
        }
    }

    /// At least twice as much as before.
    #[inline(never)]
    fn grow(&mut self, additional: usize) {
        let Some(wanted) = self.length.checked_add(additional) else {
            crate::panicking::panic("capacity overflow")
        };
        let least = if size_of::<T>() == 1 {
            8
        } else if size_of::<T>() <= 1024 {
            4
        } else {
            1
        };
        let twice = self.capacity.wrapping_mul(2);
        let mut capacity = if twice > wanted { twice } else { wanted };
        if capacity < least {
            capacity = least;
        }
        self.resize_to(capacity);
    }

    fn resize_to(&mut self, capacity: usize) {
        unsafe {
            let start = alloc::resize::<T>(self.start.as_ptr(), self.capacity, capacity);
            self.start = NonNull::new_unchecked(start);
            self.capacity = capacity;
        }
    }

    pub fn shrink_to_fit(&mut self) {
        if size_of::<T>() != 0 && self.capacity > self.length {
            let length = self.length;
            self.resize_to(length);
        }
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        let wanted = if min_capacity > self.length { min_capacity } else { self.length };
        if size_of::<T>() != 0 && self.capacity > wanted {
            self.resize_to(wanted);
        }
    }

    #[inline]
    pub fn push(&mut self, value: T) {
        unsafe {
            if self.length == self.capacity() {
                self.grow(1);
            }
            crate::ptr::write(self.start.as_ptr().add(self.length), value);
            self.length = crate::intrinsics::unchecked_add(self.length, 1);
        }
    }

    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        if self.length == 0 {
            return None;
        }
        unsafe {
            self.length = crate::intrinsics::unchecked_sub(self.length, 1);
            Some(crate::ptr::read(self.start.as_ptr().add(self.length)))
        }
    }

    #[inline]
    pub const fn len(&self) -> usize {
        self.length
    }

    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    #[inline]
    pub unsafe fn set_len(&mut self, new_len: usize) {
        self.length = new_len;
    }

    #[inline]
    pub const fn as_ptr(&self) -> *const T {
        self.start.as_ptr() as *const T
    }

    #[inline]
    pub const fn as_mut_ptr(&mut self) -> *mut T {
        self.start.as_ptr()
    }

    #[inline]
    pub const fn as_slice(&self) -> &[T] {
        unsafe { crate::slice::from_raw_parts(self.as_ptr(), self.length) }
    }

    #[inline]
    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { crate::slice::from_raw_parts_mut(self.start.as_ptr(), self.length) }
    }
}

#[macro_export]
macro_rules! vec {
    () => ($crate::vec::Vec::new());
    ($value:expr; $count:expr) => ($crate::vec::from_elem($value, $count));
    ($($value:expr),+ $(,)?) => ($crate::vec::from_array([$($value),+]));
}

/// `vec![value; count]`.
pub fn from_elem<T: Clone>(value: T, count: usize) -> Vec<T> {
    let mut vec = Vec::with_capacity(count);
    vec.resize(count, value);
    vec
}

/// `vec![a, b]`.
pub fn from_array<T, const N: usize>(values: [T; N]) -> Vec<T> {
    unsafe {
        let mut vec = Vec::<T>::with_capacity(N);
        let values = crate::mem::ManuallyDrop::new(values);
        let from = &raw const values as *const T;
        crate::intrinsics::copy_nonoverlapping(from, vec.start.as_ptr(), N);
        vec.length = N;
        vec
    }
}
