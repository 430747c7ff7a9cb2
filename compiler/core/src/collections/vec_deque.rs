//! A queue with two ends: values in a ring.

mod iterate;
mod methods;
mod traits;

pub use self::iterate::{Drain, IntoIter, Iter, IterMut};

use crate::alloc;
use crate::marker::PhantomData;
use crate::ptr::{self, NonNull};

/// The values stand in `length` places from `head` on; after the last place comes the first one. Of values without
/// a size there is place for any number.
pub struct VecDeque<T> {
    start: NonNull<T>,
    capacity: usize,
    head: usize,
    length: usize,
    owns: PhantomData<T>,
}

unsafe impl<T: Send> Send for VecDeque<T> {}
unsafe impl<T: Sync> Sync for VecDeque<T> {}

impl<T> Drop for VecDeque<T> {
    fn drop(&mut self) {
        let _memory = Memory { start: self.start.as_ptr(), capacity: self.capacity };
        if crate::mem::needs_drop::<T>() {
            let (first, second) = self.parts();
            unsafe {
                let _second = Part(second);
                ptr::drop_in_place(first);
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
    fn drop(&mut self) {
        alloc::free(self.start as *mut u8, self.capacity * size_of::<T>(), align_of::<T>());
    }
}

/// Dropped at the end, even if dropping what is before it panics.
struct Part<T>(*mut [T]);

impl<T> Drop for Part<T> {
    fn drop(&mut self) {
        unsafe { ptr::drop_in_place(self.0) }
    }
}

impl<T> VecDeque<T> {
    pub const fn new() -> VecDeque<T> {
        unsafe {
            let start = NonNull::new_unchecked(ptr::dangling_mut::<T>());
            VecDeque { start, capacity: 0, head: 0, length: 0, owns: PhantomData }
        }
    }

    pub fn with_capacity(capacity: usize) -> VecDeque<T> {
        unsafe {
            let start = NonNull::new_unchecked(alloc::array::<T>(capacity));
            VecDeque { start, capacity, head: 0, length: 0, owns: PhantomData }
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
    pub fn capacity(&self) -> usize {
        if size_of::<T>() == 0 { usize::MAX } else { self.capacity }
    }

    /// Where the value with this index is, or would be.
    #[inline]
    fn place(&self, index: usize) -> *mut T {
        unsafe { self.start.as_ptr().add(self.number(index)) }
    }

    /// The number of the place of the value with this index; `index` is at most the capacity.
    #[inline]
    fn number(&self, index: usize) -> usize {
        if size_of::<T>() == 0 {
            return 0;
        }
        let number = self.head + index;
        if number >= self.capacity { number - self.capacity } else { number }
    }

    /// The values, in two parts.
    fn parts(&self) -> (*mut [T], *mut [T]) {
        self.parts_of(0, self.length)
    }

    /// So many values from this index on, in two parts.
    fn parts_of(&self, from: usize, count: usize) -> (*mut [T], *mut [T]) {
        let to_the_end = if size_of::<T>() == 0 { count } else { self.capacity - self.number(from) };
        let first = if count < to_the_end { count } else { to_the_end };
        (
            ptr::slice_from_raw_parts_mut(self.place(from), first),
            ptr::slice_from_raw_parts_mut(self.start.as_ptr(), count - first),
        )
    }

    /// Moves the values to memory for so many, where they begin at the first place.
    fn move_to(&mut self, capacity: usize) {
        if size_of::<T>() == 0 {
            return;
        }
        let (first, second) = self.parts();
        let memory = alloc::array::<T>(capacity);
        unsafe {
            ptr::copy_nonoverlapping(first as *const T, memory, first.len());
            ptr::copy_nonoverlapping(second as *const T, memory.add(first.len()), second.len());
            drop(Memory { start: self.start.as_ptr(), capacity: self.capacity });
            self.start = NonNull::new_unchecked(memory);
        }
        self.capacity = capacity;
        self.head = 0;
    }

    pub fn reserve(&mut self, additional: usize) {
        let Some(wanted) = self.length.checked_add(additional) else {
            crate::panicking::panic("capacity overflow")
        };
        if wanted > self.capacity() {
            let twice = self.capacity.wrapping_mul(2);
            let more = if twice > wanted { twice } else { wanted };
            self.move_to(if more < 4 { 4 } else { more });
        }
    }

    pub fn reserve_exact(&mut self, additional: usize) {
        let Some(wanted) = self.length.checked_add(additional) else {
            crate::panicking::panic("capacity overflow")
        };
        if wanted > self.capacity() {
            self.move_to(wanted);
        }
    }

    pub fn shrink_to_fit(&mut self) {
        self.shrink_to(0)
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        let least = if min_capacity > self.length { min_capacity } else { self.length };
        if least < self.capacity {
            self.move_to(least);
        }
    }

    pub fn push_back(&mut self, value: T) {
        if self.length == self.capacity() {
            self.reserve(1);
        }
        unsafe { ptr::write(self.place(self.length), value) };
        self.length += 1;
    }

    pub fn push_front(&mut self, value: T) {
        if self.length == self.capacity() {
            self.reserve(1);
        }
        if size_of::<T>() != 0 {
            self.head = if self.head == 0 { self.capacity - 1 } else { self.head - 1 };
        }
        unsafe { ptr::write(self.place(0), value) };
        self.length += 1;
    }

    pub fn pop_back(&mut self) -> Option<T> {
        if self.length == 0 {
            return None;
        }
        self.length -= 1;
        unsafe { Some(ptr::read(self.place(self.length))) }
    }

    pub fn pop_front(&mut self) -> Option<T> {
        if self.length == 0 {
            return None;
        }
        unsafe {
            let value = ptr::read(self.place(0));
            self.head = self.number(1);
            self.length -= 1;
            Some(value)
        }
    }

    #[inline]
    pub fn get(&self, index: usize) -> Option<&T> {
        if index < self.length { unsafe { Some(&*self.place(index)) } } else { None }
    }

    #[inline]
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        if index < self.length { unsafe { Some(&mut *self.place(index)) } } else { None }
    }

    pub fn front(&self) -> Option<&T> {
        self.get(0)
    }

    pub fn front_mut(&mut self) -> Option<&mut T> {
        self.get_mut(0)
    }

    pub fn back(&self) -> Option<&T> {
        self.get(self.length.wrapping_sub(1))
    }

    pub fn back_mut(&mut self) -> Option<&mut T> {
        self.get_mut(self.length.wrapping_sub(1))
    }

    pub fn as_slices(&self) -> (&[T], &[T]) {
        let (first, second) = self.parts();
        unsafe { (&*first, &*second) }
    }

    pub fn as_mut_slices(&mut self) -> (&mut [T], &mut [T]) {
        let (first, second) = self.parts();
        unsafe { (&mut *first, &mut *second) }
    }

    pub fn make_contiguous(&mut self) -> &mut [T] {
        let (first, second) = self.parts();
        if second.len() != 0 {
            self.move_to(self.capacity);
            return self.as_mut_slices().0;
        }
        unsafe { &mut *first }
    }
}
