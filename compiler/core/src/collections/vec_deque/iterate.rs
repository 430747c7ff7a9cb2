//! The values of a queue, one after the other, from both ends.

use super::VecDeque;
use crate::fmt;
use crate::marker::PhantomData;
use crate::ops::RangeBounds;
use crate::slice;

macro_rules! borrowed {
    ($name:ident $item:ty, $inner:ident) => {
        impl<'a, T> Iterator for $name<'a, T> {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<$item> {
                match self.first.next() {
                    Some(value) => Some(value),
                    None => self.second.next(),
                }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let left = self.first.len() + self.second.len();
                (left, Some(left))
            }

            fn nth(&mut self, n: usize) -> Option<$item> {
                let before = self.first.len();
                if n < before {
                    return self.first.nth(n);
                }
                let _ = self.first.nth(before);
                self.second.nth(n - before)
            }
        }

        impl<'a, T> DoubleEndedIterator for $name<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                match self.second.next_back() {
                    Some(value) => Some(value),
                    None => self.first.next_back(),
                }
            }
        }

        impl<T> ExactSizeIterator for $name<'_, T> {}

        impl<T> Default for $name<'_, T> {
            fn default() -> Self {
                $name { first: Default::default(), second: Default::default() }
            }
        }
    };
}

pub struct Iter<'a, T> {
    first: slice::Iter<'a, T>,
    second: slice::Iter<'a, T>,
}
borrowed! { Iter &'a T, Iter }

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { first: self.first.clone(), second: self.second.clone() }
    }
}

impl<T: fmt::Debug> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iter").field(&self.first.as_slice()).field(&self.second.as_slice()).finish()
    }
}

pub struct IterMut<'a, T> {
    first: slice::IterMut<'a, T>,
    second: slice::IterMut<'a, T>,
}
borrowed! { IterMut &'a mut T, IterMut }

macro_rules! owned {
    ([$($generics:tt)*] $name:ty) => {
        impl<$($generics)* T> Iterator for $name {
            type Item = T;

            #[inline]
            fn next(&mut self) -> Option<T> {
                self.rest.pop_front()
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.rest.len(), Some(self.rest.len()))
            }
        }

        impl<$($generics)* T> DoubleEndedIterator for $name {
            #[inline]
            fn next_back(&mut self) -> Option<T> {
                self.rest.pop_back()
            }
        }

        impl<$($generics)* T> ExactSizeIterator for $name {}
    };
}

pub struct IntoIter<T> {
    rest: VecDeque<T>,
}
owned! { [] IntoIter<T> }

impl<T> Default for IntoIter<T> {
    fn default() -> Self {
        VecDeque::new().into_iter()
    }
}

impl<T: Clone> Clone for IntoIter<T> {
    fn clone(&self) -> Self {
        IntoIter { rest: self.rest.clone() }
    }
}

impl<T: fmt::Debug> fmt::Debug for IntoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.rest).finish()
    }
}

pub struct Drain<'a, T> {
    rest: VecDeque<T>,
    lifetime: PhantomData<&'a mut VecDeque<T>>,
}
owned! { ['a,] Drain<'a, T> }

impl<'a, T> Drain<'a, T> {
    pub(super) fn new(drained: VecDeque<T>) -> Drain<'a, T> {
        Drain { rest: drained, lifetime: PhantomData }
    }
}

impl<T> VecDeque<T> {
    pub fn iter(&self) -> Iter<'_, T> {
        let (first, second) = self.as_slices();
        Iter { first: first.iter(), second: second.iter() }
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        let (first, second) = self.as_mut_slices();
        IterMut { first: first.iter_mut(), second: second.iter_mut() }
    }

    #[track_caller]
    pub fn range<R: RangeBounds<usize>>(&self, range: R) -> Iter<'_, T> {
        let range = slice::range_within(range, self.len());
        let (first, second) = self.as_slices();
        let cut = first.len();
        let (from, to) = (range.start.min(cut), range.end.min(cut));
        Iter { first: first[from..to].iter(), second: second[range.start - from..range.end - to].iter() }
    }

    #[track_caller]
    pub fn range_mut<R: RangeBounds<usize>>(&mut self, range: R) -> IterMut<'_, T> {
        let range = slice::range_within(range, self.len());
        let (first, second) = self.as_mut_slices();
        let cut = first.len();
        let (from, to) = (range.start.min(cut), range.end.min(cut));
        IterMut { first: first[from..to].iter_mut(), second: second[range.start - from..range.end - to].iter_mut() }
    }
}

impl<T> IntoIterator for VecDeque<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    fn into_iter(self) -> IntoIter<T> {
        IntoIter { rest: self }
    }
}

impl<'a, T> IntoIterator for &'a VecDeque<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut VecDeque<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}
