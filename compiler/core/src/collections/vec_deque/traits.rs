//! Traits of queues.

use super::VecDeque;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::iter::FromIterator;
use crate::marker::PhantomData;
use crate::mem::MaybeUninit;
use crate::ops::{Index, IndexMut};
use crate::ptr::NonNull;
use crate::slice;
use crate::vec::Vec;

impl<T> Index<usize> for VecDeque<T> {
    type Output = T;
    #[inline]
    #[track_caller]
    fn index(&self, index: usize) -> &T {
        match self.get(index) {
            Some(value) => value,
            None => crate::panicking::panic("Out of bounds access"),
        }
    }
}

impl<T> IndexMut<usize> for VecDeque<T> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        match self.get_mut(index) {
            Some(value) => value,
            None => crate::panicking::panic("Out of bounds access"),
        }
    }
}

impl<T: Clone> Clone for VecDeque<T> {
    fn clone(&self) -> Self {
        let mut other = VecDeque::with_capacity(self.len());
        for value in self {
            other.push_back(value.clone());
        }
        other
    }
}

impl<T> Default for VecDeque<T> {
    fn default() -> Self {
        VecDeque::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for VecDeque<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Hash> Hash for VecDeque<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len());
        for value in self {
            value.hash(state);
        }
    }
}

macro_rules! equal {
    ($([$($generics:tt)*] $right:ty;)*) => {
        $(
            impl<T: PartialEq<U>, U, $($generics)*> PartialEq<$right> for VecDeque<T> {
                fn eq(&self, other: &$right) -> bool {
                    self.len() == other.len() && self.iter().zip(other.iter()).all(|(a, b)| *a == *b)
                }
            }
        )*
    };
}
equal! {
    [] Vec<U>;
    [] &[U];
    [] &mut [U];
    [const N: usize] [U; N];
    [const N: usize] &[U; N];
}

impl<T: PartialEq> PartialEq for VecDeque<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other.iter()).all(|(a, b)| *a == *b)
    }
}

impl<T: Eq> Eq for VecDeque<T> {}

impl<T: PartialOrd> PartialOrd for VecDeque<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.iter().partial_cmp(other.iter())
    }
}

impl<T: Ord> Ord for VecDeque<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl<T> FromIterator<T> for VecDeque<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        let mut queue = VecDeque::new();
        queue.extend(iter);
        queue
    }
}

impl<T> Extend<T> for VecDeque<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        for value in iter {
            self.push_back(value);
        }
    }
}

impl<'a, T: Copy + 'a> Extend<&'a T> for VecDeque<T> {
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        for value in iter {
            self.push_back(*value);
        }
    }
}

impl<T> From<Vec<T>> for VecDeque<T> {
    /// The memory is the same.
    fn from(values: Vec<T>) -> Self {
        let (start, length, capacity) = values.into_raw_parts();
        let start = unsafe { NonNull::new_unchecked(start) };
        VecDeque { start, capacity: if size_of::<T>() == 0 { 0 } else { capacity }, head: 0, length, owns: PhantomData }
    }
}

impl<T> From<VecDeque<T>> for Vec<T> {
    /// The memory is the same; where the values do not begin at its start, they move there.
    fn from(values: VecDeque<T>) -> Self {
        let (start, length, capacity) = (values.start.as_ptr(), values.length, values.capacity);
        let head = values.head;
        crate::mem::forget(values);
        unsafe {
            slice::from_raw_parts_mut(start as *mut MaybeUninit<T>, capacity).rotate_left(head);
            Vec::from_raw_parts(start, length, capacity)
        }
    }
}

impl<T, const N: usize> From<[T; N]> for VecDeque<T> {
    fn from(values: [T; N]) -> Self {
        values.into_iter().collect()
    }
}
