//! Comparing primitives, references and pointers.

use super::Ordering::{self, Equal, Greater, Less};

macro_rules! equal {
    ($($t:ty)*) => {
        $(
            impl PartialEq for $t {
                #[inline(always)]
                fn eq(&self, other: &$t) -> bool {
                    *self == *other
                }
                #[inline(always)]
                fn ne(&self, other: &$t) -> bool {
                    *self != *other
                }
            }
        )*
    };
}
equal! { bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }

macro_rules! ordered {
    ($($t:ty)*) => {
        $(
            impl Eq for $t {}

            impl PartialOrd for $t {
                #[inline(always)]
                fn partial_cmp(&self, other: &$t) -> Option<Ordering> {
                    Some(self.cmp(other))
                }
                #[inline(always)]
                fn lt(&self, other: &$t) -> bool {
                    *self < *other
                }
                #[inline(always)]
                fn le(&self, other: &$t) -> bool {
                    *self <= *other
                }
                #[inline(always)]
                fn gt(&self, other: &$t) -> bool {
                    *self > *other
                }
                #[inline(always)]
                fn ge(&self, other: &$t) -> bool {
                    *self >= *other
                }
            }

            impl Ord for $t {
                #[inline]
                fn cmp(&self, other: &$t) -> Ordering {
                    if *self < *other {
                        Less
                    } else if *self == *other {
                        Equal
                    } else {
                        Greater
                    }
                }
                #[inline]
                fn max(self, other: $t) -> $t {
                    if other < self { self } else { other }
                }
                #[inline]
                fn min(self, other: $t) -> $t {
                    if other < self { other } else { self }
                }
                #[inline]
                #[track_caller]
                fn clamp(self, min: $t, max: $t) -> $t {
                    if !(min <= max) {
                        crate::panicking::clamp_failed(&min, &max)
                    }
                    if self < min {
                        min
                    } else if self > max {
                        max
                    } else {
                        self
                    }
                }
            }
        )*
    };
}
ordered! { bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! partially_ordered {
    ($($t:ty)*) => {
        $(
            impl PartialOrd for $t {
                #[inline]
                fn partial_cmp(&self, other: &$t) -> Option<Ordering> {
                    if *self < *other {
                        Some(Less)
                    } else if *self == *other {
                        Some(Equal)
                    } else if *self > *other {
                        Some(Greater)
                    } else {
                        None
                    }
                }
                #[inline(always)]
                fn lt(&self, other: &$t) -> bool {
                    *self < *other
                }
                #[inline(always)]
                fn le(&self, other: &$t) -> bool {
                    *self <= *other
                }
                #[inline(always)]
                fn gt(&self, other: &$t) -> bool {
                    *self > *other
                }
                #[inline(always)]
                fn ge(&self, other: &$t) -> bool {
                    *self >= *other
                }
            }
        )*
    };
}
partially_ordered! { f32 f64 }

impl PartialEq for () {
    #[inline]
    fn eq(&self, _other: &()) -> bool {
        true
    }
}

impl Eq for () {}

impl PartialOrd for () {
    #[inline]
    fn partial_cmp(&self, _other: &()) -> Option<Ordering> {
        Some(Equal)
    }
}

impl Ord for () {
    #[inline]
    fn cmp(&self, _other: &()) -> Ordering {
        Equal
    }
}

impl PartialEq for ! {
    fn eq(&self, _other: &!) -> bool {
        *self
    }
}

impl Eq for ! {}

impl PartialOrd for ! {
    fn partial_cmp(&self, _other: &!) -> Option<Ordering> {
        *self
    }
}

impl Ord for ! {
    fn cmp(&self, _other: &!) -> Ordering {
        *self
    }
}

macro_rules! equal_references {
    ($(($($left:tt)*) ($($right:tt)*);)*) => {
        $(
            impl<A: ?Sized, B: ?Sized> PartialEq<$($right)* B> for $($left)* A
            where
                A: PartialEq<B>,
            {
                #[inline]
                fn eq(&self, other: &$($right)* B) -> bool {
                    PartialEq::eq(*self, *other)
                }
                #[inline]
                fn ne(&self, other: &$($right)* B) -> bool {
                    PartialEq::ne(*self, *other)
                }
            }
        )*
    };
}
equal_references! {
    (&) (&);
    (&mut) (&mut);
    (&) (&mut);
    (&mut) (&);
}

macro_rules! ordered_references {
    ($(($($reference:tt)*);)*) => {
        $(
            impl<A: ?Sized, B: ?Sized> PartialOrd<$($reference)* B> for $($reference)* A
            where
                A: PartialOrd<B>,
            {
                #[inline]
                fn partial_cmp(&self, other: &$($reference)* B) -> Option<Ordering> {
                    PartialOrd::partial_cmp(*self, *other)
                }
                #[inline]
                fn lt(&self, other: &$($reference)* B) -> bool {
                    PartialOrd::lt(*self, *other)
                }
                #[inline]
                fn le(&self, other: &$($reference)* B) -> bool {
                    PartialOrd::le(*self, *other)
                }
                #[inline]
                fn gt(&self, other: &$($reference)* B) -> bool {
                    PartialOrd::gt(*self, *other)
                }
                #[inline]
                fn ge(&self, other: &$($reference)* B) -> bool {
                    PartialOrd::ge(*self, *other)
                }
            }

            impl<A: ?Sized> Ord for $($reference)* A
            where
                A: Ord,
            {
                #[inline]
                fn cmp(&self, other: &Self) -> Ordering {
                    Ord::cmp(*self, *other)
                }
            }

            impl<A: ?Sized> Eq for $($reference)* A where A: Eq {}
        )*
    };
}
ordered_references! {
    (&);
    (&mut);
}

macro_rules! pointers {
    ($($t:ty)*) => {
        $(
            impl<T: ?Sized> PartialEq for $t {
                #[inline(always)]
                fn eq(&self, other: &$t) -> bool {
                    *self == *other
                }
            }

            impl<T: ?Sized> Eq for $t {}

            impl<T: ?Sized> PartialOrd for $t {
                #[inline(always)]
                fn partial_cmp(&self, other: &$t) -> Option<Ordering> {
                    Some(self.cmp(other))
                }
            }

            impl<T: ?Sized> Ord for $t {
                #[inline]
                fn cmp(&self, other: &$t) -> Ordering {
                    if *self < *other {
                        Less
                    } else if *self == *other {
                        Equal
                    } else {
                        Greater
                    }
                }
            }
        )*
    };
}
pointers! { *const T *mut T }
