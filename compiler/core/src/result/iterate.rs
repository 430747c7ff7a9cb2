//! A `Result` as an iterator of at most one item, and iterators of results collected into one.

use crate::iter::FusedIterator;

macro_rules! one_item {
    ($name:ident [$($generics:tt)*] $item:ty) => {
        impl<$($generics)*> $name<$($generics)*> {
            #[inline]
            pub(super) fn new(item: Option<$item>) -> Self {
                $name { item }
            }
        }

        impl<$($generics)*> Iterator for $name<$($generics)*> {
            type Item = $item;
            #[inline]
            fn next(&mut self) -> Option<$item> {
                self.item.take()
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let count = self.item.is_some() as usize;
                (count, Some(count))
            }
        }

        impl<$($generics)*> DoubleEndedIterator for $name<$($generics)*> {
            #[inline]
            fn next_back(&mut self) -> Option<$item> {
                self.item.take()
            }
        }

        impl<$($generics)*> ExactSizeIterator for $name<$($generics)*> {}
        impl<$($generics)*> FusedIterator for $name<$($generics)*> {}
    };
}

#[derive(Debug)]
pub struct Iter<'a, T> {
    item: Option<&'a T>,
}

impl<'a, T> Clone for Iter<'a, T> {
    #[inline]
    fn clone(&self) -> Self {
        Iter { item: self.item }
    }
}

#[derive(Debug)]
pub struct IterMut<'a, T> {
    item: Option<&'a mut T>,
}

#[derive(Clone, Debug)]
pub struct IntoIter<T> {
    item: Option<T>,
}

one_item! { Iter ['a, T] &'a T }
one_item! { IterMut ['a, T] &'a mut T }
one_item! { IntoIter [T] T }

impl<T, E> IntoIterator for Result<T, E> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    #[inline]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter::new(self.ok())
    }
}

impl<'a, T, E> IntoIterator for &'a Result<T, E> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T, E> IntoIterator for &'a mut Result<T, E> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    #[inline]
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

impl<A, E, V: FromIterator<A>> FromIterator<Result<A, E>> for Result<V, E> {
    #[inline]
    fn from_iter<I: IntoIterator<Item = Result<A, E>>>(iter: I) -> Result<V, E> {
        let mut error = None;
        let value = V::from_iter(OfOk { iter: iter.into_iter(), error: &mut error });
        match error {
            None => Ok(value),
            Some(error) => Err(error),
        }
    }
}

impl<T, U, E> crate::iter::Sum<Result<U, E>> for Result<T, E>
where
    T: crate::iter::Sum<U>,
{
    fn sum<I: Iterator<Item = Result<U, E>>>(iter: I) -> Result<T, E> {
        let mut error = None;
        let value = T::sum(OfOk { iter, error: &mut error });
        match error {
            None => Ok(value),
            Some(error) => Err(error),
        }
    }
}

impl<T, U, E> crate::iter::Product<Result<U, E>> for Result<T, E>
where
    T: crate::iter::Product<U>,
{
    fn product<I: Iterator<Item = Result<U, E>>>(iter: I) -> Result<T, E> {
        let mut error = None;
        let value = T::product(OfOk { iter, error: &mut error });
        match error {
            None => Ok(value),
            Some(error) => Err(error),
        }
    }
}

/// Ends at the first error, and keeps it.
struct OfOk<'a, I, E> {
    iter: I,
    error: &'a mut Option<E>,
}

impl<A, E, I: Iterator<Item = Result<A, E>>> Iterator for OfOk<'_, I, E> {
    type Item = A;
    #[inline]
    fn next(&mut self) -> Option<A> {
        match self.iter.next() {
            Some(Ok(item)) => Some(item),
            Some(Err(error)) => {
                *self.error = Some(error);
                None
            }
            None => None,
        }
    }
}
