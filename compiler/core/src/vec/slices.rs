//! What slices do with the heap.

use super::Vec;
use crate::borrow::{Borrow, ToOwned};
use crate::boxed::Box;
use crate::string::String;

impl<T> [T] {
    #[inline]
    pub fn to_vec(&self) -> Vec<T>
    where
        T: Clone,
    {
        let mut vec = Vec::with_capacity(self.len());
        for value in self {
            vec.push(value.clone());
        }
        vec
    }

    pub fn into_vec(self: Box<[T]>) -> Vec<T> {
        let length = self.len();
        let start = Box::into_raw(self) as *mut T;
        unsafe { Vec::from_raw_parts(start, length, length) }
    }

    pub fn repeat(&self, n: usize) -> Vec<T>
    where
        T: Copy,
    {
        let mut vec = Vec::with_capacity(self.len() * n);
        let mut left = n;
        while left > 0 {
            vec.extend_from_slice(self);
            left -= 1;
        }
        vec
    }

    pub fn concat<Item: ?Sized>(&self) -> <[T] as Concat<Item>>::Output
    where
        [T]: Concat<Item>,
    {
        Concat::concat(self)
    }

    pub fn join<Separator>(&self, sep: Separator) -> <[T] as Join<Separator>>::Output
    where
        [T]: Join<Separator>,
    {
        Join::join(self, sep)
    }
}

pub trait Concat<Item: ?Sized> {
    type Output;
    fn concat(slice: &Self) -> Self::Output;
}

pub trait Join<Separator> {
    type Output;
    fn join(slice: &Self, sep: Separator) -> Self::Output;
}

impl<T: Clone, V: Borrow<[T]>> Concat<T> for [V] {
    type Output = Vec<T>;
    fn concat(slice: &[V]) -> Vec<T> {
        let mut all = Vec::new();
        for part in slice {
            all.extend_from_slice(part.borrow());
        }
        all
    }
}

impl<S: Borrow<str>> Concat<str> for [S] {
    type Output = String;
    fn concat(slice: &[S]) -> String {
        let mut all = String::new();
        for part in slice {
            all.push_str(part.borrow());
        }
        all
    }
}

impl<S: Borrow<str>> Join<&str> for [S] {
    type Output = String;
    fn join(slice: &[S], sep: &str) -> String {
        let mut all = String::new();
        let mut first = true;
        for part in slice {
            if !first {
                all.push_str(sep);
            }
            first = false;
            all.push_str(part.borrow());
        }
        all
    }
}

impl<T: Clone, V: Borrow<[T]>> Join<&T> for [V] {
    type Output = Vec<T>;
    fn join(slice: &[V], sep: &T) -> Vec<T> {
        let mut all = Vec::new();
        let mut first = true;
        for part in slice {
            if !first {
                all.push(sep.clone());
            }
            first = false;
            all.extend_from_slice(part.borrow());
        }
        all
    }
}

impl<T: Clone, V: Borrow<[T]>> Join<&[T]> for [V] {
    type Output = Vec<T>;
    fn join(slice: &[V], sep: &[T]) -> Vec<T> {
        let mut all = Vec::new();
        let mut first = true;
        for part in slice {
            if !first {
                all.extend_from_slice(sep);
            }
            first = false;
            all.extend_from_slice(part.borrow());
        }
        all
    }
}

impl<T: Clone> ToOwned for [T] {
    type Owned = Vec<T>;
    fn to_owned(&self) -> Vec<T> {
        self.to_vec()
    }
}
