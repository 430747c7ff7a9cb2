//! What arrays have in common with slices.

use crate::borrow::{Borrow, BorrowMut};
use crate::cmp::Ordering;
use crate::ops::{Index, IndexMut};

impl<T, I, const N: usize> Index<I> for [T; N]
where
    [T]: Index<I>,
{
    type Output = <[T] as Index<I>>::Output;

    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &Self::Output {
        Index::index(self as &[T], index)
    }
}

impl<T, I, const N: usize> IndexMut<I> for [T; N]
where
    [T]: IndexMut<I>,
{
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut Self::Output {
        IndexMut::index_mut(self as &mut [T], index)
    }
}

impl<T: Clone, const N: usize> Clone for [T; N] {
    #[inline]
    fn clone(&self) -> Self {
        super::from_fn(|at| unsafe { self.get_unchecked(at).clone() })
    }
}

macro_rules! defaults {
    ($($n:literal: $($t:ident)*;)*) => {
        $(
            impl<T> Default for [T; $n]
            where
                T: Default,
            {
                #[inline]
                fn default() -> [T; $n] {
                    [$($t::default()),*]
                }
            }
        )*
    };
}
defaults! {
    1: T;
    2: T T;
    3: T T T;
    4: T T T T;
    5: T T T T T;
    6: T T T T T T;
    7: T T T T T T T;
    8: T T T T T T T T;
    9: T T T T T T T T T;
    10: T T T T T T T T T T;
    11: T T T T T T T T T T T;
    12: T T T T T T T T T T T T;
    13: T T T T T T T T T T T T T;
    14: T T T T T T T T T T T T T T;
    15: T T T T T T T T T T T T T T T;
    16: T T T T T T T T T T T T T T T T;
    32: T T T T T T T T T T T T T T T T T T T T T T T T T T T T T T T T;
}

impl<T> Default for [T; 0] {
    #[inline]
    fn default() -> [T; 0] {
        []
    }
}

macro_rules! more_defaults {
    ($($n:literal)*) => {
        $(
            impl<T> Default for [T; $n]
            where
                T: Default,
            {
                #[inline]
                fn default() -> [T; $n] {
                    super::from_fn(|_| T::default())
                }
            }
        )*
    };
}
more_defaults! { 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 }

impl<T, U, const N: usize> PartialEq<[U; N]> for [T; N]
where
    T: PartialEq<U>,
{
    #[inline]
    fn eq(&self, other: &[U; N]) -> bool {
        *self.as_slice() == *other.as_slice()
    }
}

impl<T: Eq, const N: usize> Eq for [T; N] {}

macro_rules! equal_to_slices {
    ($([$left:ty] [$right:ty] |$a:ident, $b:ident| $slices:expr;)*) => {
        $(
            impl<T, U, const N: usize> PartialEq<$right> for $left
            where
                T: PartialEq<U>,
            {
                #[inline]
                fn eq(&self, other: &$right) -> bool {
                    let ($a, $b) = (self, other);
                    let (left, right): (&[T], &[U]) = $slices;
                    *left == *right
                }
            }
        )*
    };
}
equal_to_slices! {
    [[T; N]] [[U]] |a, b| (a, b);
    [[T]] [[U; N]] |a, b| (a, b);
    [[T; N]] [&[U]] |a, b| (a, *b);
    [&[T]] [[U; N]] |a, b| (*a, b);
    [[T; N]] [&mut [U]] |a, b| (a, &**b);
    [&mut [T]] [[U; N]] |a, b| (&**a, b);
}

impl<T: PartialOrd, const N: usize> PartialOrd for [T; N] {
    #[inline]
    fn partial_cmp(&self, other: &[T; N]) -> Option<Ordering> {
        PartialOrd::partial_cmp(self.as_slice(), other.as_slice())
    }
}

impl<T: Ord, const N: usize> Ord for [T; N] {
    #[inline]
    fn cmp(&self, other: &[T; N]) -> Ordering {
        Ord::cmp(self.as_slice(), other.as_slice())
    }
}

impl<T, const N: usize> AsRef<[T]> for [T; N] {
    #[inline]
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> AsMut<[T]> for [T; N] {
    #[inline]
    fn as_mut(&mut self) -> &mut [T] {
        self
    }
}

impl<T, const N: usize> Borrow<[T]> for [T; N] {
    #[inline]
    fn borrow(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> BorrowMut<[T]> for [T; N] {
    #[inline]
    fn borrow_mut(&mut self) -> &mut [T] {
        self
    }
}

#[derive(Copy, Clone)]
pub struct TryFromSliceError(());

impl crate::fmt::Display for TryFromSliceError {
    fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        f.pad("could not convert slice to array")
    }
}

impl crate::error::Error for TryFromSliceError {}

impl<T, const N: usize> TryFrom<&[T]> for [T; N]
where
    T: Copy,
{
    type Error = TryFromSliceError;

    #[inline]
    fn try_from(slice: &[T]) -> Result<[T; N], TryFromSliceError> {
        if slice.len() == N { unsafe { Ok(*(slice.as_ptr() as *const [T; N])) } } else { Err(TryFromSliceError(())) }
    }
}

impl<T, const N: usize> TryFrom<&mut [T]> for [T; N]
where
    T: Copy,
{
    type Error = TryFromSliceError;

    #[inline]
    fn try_from(slice: &mut [T]) -> Result<[T; N], TryFromSliceError> {
        <[T; N]>::try_from(&*slice)
    }
}

impl<'a, T, const N: usize> TryFrom<&'a [T]> for &'a [T; N] {
    type Error = TryFromSliceError;

    #[inline]
    fn try_from(slice: &'a [T]) -> Result<&'a [T; N], TryFromSliceError> {
        if slice.len() == N { unsafe { Ok(&*(slice.as_ptr() as *const [T; N])) } } else { Err(TryFromSliceError(())) }
    }
}

impl<'a, T, const N: usize> TryFrom<&'a mut [T]> for &'a mut [T; N] {
    type Error = TryFromSliceError;

    #[inline]
    fn try_from(slice: &'a mut [T]) -> Result<&'a mut [T; N], TryFromSliceError> {
        if slice.len() == N {
            unsafe { Ok(&mut *(slice.as_mut_ptr() as *mut [T; N])) }
        } else {
            Err(TryFromSliceError(()))
        }
    }
}

impl<T: crate::fmt::Debug, const N: usize> crate::fmt::Debug for [T; N] {
    fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        crate::fmt::Debug::fmt(self.as_slice(), f)
    }
}

impl crate::fmt::Debug for TryFromSliceError {
    fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        f.debug_tuple("TryFromSliceError").field(&()).finish()
    }
}
