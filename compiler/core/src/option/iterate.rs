//! An `Option` as an iterator of at most one item, and iterators of options collected into one.

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

impl<T> IntoIterator for Option<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    #[inline]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter::new(self)
    }
}

impl<'a, T> IntoIterator for &'a Option<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Option<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    #[inline]
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

impl<A, V: FromIterator<A>> FromIterator<Option<A>> for Option<V> {
    #[inline]
    fn from_iter<I: IntoIterator<Item = Option<A>>>(iter: I) -> Option<V> {
        let mut none = false;
        let value = V::from_iter(OfSome { iter: iter.into_iter(), none: &mut none });
        if none { None } else { Some(value) }
    }
}

impl<T, U> crate::iter::Sum<Option<U>> for Option<T>
where
    T: crate::iter::Sum<U>,
{
    fn sum<I: Iterator<Item = Option<U>>>(iter: I) -> Option<T> {
        let mut none = false;
        let value = T::sum(OfSome { iter, none: &mut none });
        if none { None } else { Some(value) }
    }
}

impl<T, U> crate::iter::Product<Option<U>> for Option<T>
where
    T: crate::iter::Product<U>,
{
    fn product<I: Iterator<Item = Option<U>>>(iter: I) -> Option<T> {
        let mut none = false;
        let value = T::product(OfSome { iter, none: &mut none });
        if none { None } else { Some(value) }
    }
}

/// Ends at the first `None`, and notes that there was one.
struct OfSome<'a, I> {
    iter: I,
    none: &'a mut bool,
}

impl<A, I: Iterator<Item = Option<A>>> Iterator for OfSome<'_, I> {
    type Item = A;
    #[inline]
    fn next(&mut self) -> Option<A> {
        match self.iter.next() {
            Some(Some(item)) => Some(item),
            Some(None) => {
                *self.none = true;
                None
            }
            None => None,
        }
    }
}
