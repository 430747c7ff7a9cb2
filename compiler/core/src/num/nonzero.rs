//! Integers that are not zero, so that `Option` of one is as large as it is.

use super::{IntErrorKind, ParseIntError};
use crate::cmp::Ordering;
use crate::intrinsics;
use crate::str::FromStr;

/// The integers that there is a `NonZero` of.
pub unsafe trait ZeroablePrimitive: Sized + Copy {
    #[doc(hidden)]
    type NonZeroInner: Sized + Copy;
}

#[repr(transparent)]
#[rustc_nonnull_optimization_guaranteed]
pub struct NonZero<T: ZeroablePrimitive>(T::NonZeroInner);

impl<T: ZeroablePrimitive> Clone for NonZero<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ZeroablePrimitive> Copy for NonZero<T> {}

impl<T: ZeroablePrimitive> NonZero<T> {
    #[inline]
    pub const fn new(n: T) -> Option<Self> {
        // None is what zero is.
        unsafe { intrinsics::transmute_unchecked(n) }
    }

    #[inline]
    pub const unsafe fn new_unchecked(n: T) -> Self {
        unsafe { intrinsics::transmute_unchecked(n) }
    }

    #[inline]
    pub const fn get(self) -> T {
        unsafe { intrinsics::transmute_unchecked(self) }
    }
}

impl<T: ZeroablePrimitive + PartialEq> PartialEq for NonZero<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: ZeroablePrimitive + Eq> Eq for NonZero<T> {}

impl<T: ZeroablePrimitive + PartialOrd> PartialOrd for NonZero<T> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.get().partial_cmp(&other.get())
    }
}

impl<T: ZeroablePrimitive + Ord> Ord for NonZero<T> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.get().cmp(&other.get())
    }
}

impl<T: ZeroablePrimitive + crate::hash::Hash> crate::hash::Hash for NonZero<T> {
    #[inline]
    fn hash<H: crate::hash::Hasher>(&self, state: &mut H) {
        self.get().hash(state)
    }
}

impl<T: ZeroablePrimitive + crate::fmt::Debug> crate::fmt::Debug for NonZero<T> {
    fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        self.get().fmt(f)
    }
}

impl<T: ZeroablePrimitive + crate::fmt::Display> crate::fmt::Display for NonZero<T> {
    fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        self.get().fmt(f)
    }
}

macro_rules! nonzero {
    ($($t:ident $inner:ident $alias:ident $max:literal $least:expr;)*) => {
        $(
            #[derive(Clone, Copy)]
            #[repr(transparent)]
            #[rustc_layout_scalar_valid_range_start(1)]
            #[rustc_layout_scalar_valid_range_end($max)]
            pub struct $inner($t);

            unsafe impl ZeroablePrimitive for $t {
                type NonZeroInner = $inner;
            }

            pub type $alias = NonZero<$t>;

            impl NonZero<$t> {
                pub const BITS: u32 = $t::BITS;
                pub const MIN: NonZero<$t> = unsafe { NonZero::new_unchecked($least) };
                pub const MAX: NonZero<$t> = unsafe { NonZero::new_unchecked($t::MAX) };

                #[inline]
                pub const fn leading_zeros(self) -> u32 {
                    self.get().leading_zeros()
                }

                #[inline]
                pub const fn trailing_zeros(self) -> u32 {
                    self.get().trailing_zeros()
                }

                #[inline]
                pub const fn checked_mul(self, other: Self) -> Option<Self> {
                    match self.get().checked_mul(other.get()) {
                        Some(product) => Self::new(product),
                        None => None,
                    }
                }

                #[inline]
                pub const fn checked_pow(self, other: u32) -> Option<Self> {
                    match self.get().checked_pow(other) {
                        Some(power) => Self::new(power),
                        None => None,
                    }
                }

                #[inline]
                pub const fn saturating_mul(self, other: Self) -> Self {
                    unsafe { Self::new_unchecked(self.get().saturating_mul(other.get())) }
                }
            }

            impl From<NonZero<$t>> for $t {
                #[inline]
                fn from(nonzero: NonZero<$t>) -> $t {
                    nonzero.get()
                }
            }

            impl TryFrom<$t> for NonZero<$t> {
                type Error = super::TryFromIntError;
                #[inline]
                fn try_from(value: $t) -> Result<Self, super::TryFromIntError> {
                    match Self::new(value) {
                        Some(nonzero) => Ok(nonzero),
                        None => Err(super::TryFromIntError(())),
                    }
                }
            }

            impl FromStr for NonZero<$t> {
                type Err = ParseIntError;
                fn from_str(src: &str) -> Result<Self, ParseIntError> {
                    match Self::new($t::from_str_radix(src, 10)?) {
                        Some(nonzero) => Ok(nonzero),
                        None => Err(ParseIntError { kind: IntErrorKind::Zero }),
                    }
                }
            }
        )*
    };
}
nonzero! {
    u8 NonZeroU8Inner NonZeroU8 0xff 1;
    u16 NonZeroU16Inner NonZeroU16 0xffff 1;
    u32 NonZeroU32Inner NonZeroU32 0xffff_ffff 1;
    u64 NonZeroU64Inner NonZeroU64 0xffff_ffff_ffff_ffff 1;
    u128 NonZeroU128Inner NonZeroU128 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff 1;
    usize NonZeroUsizeInner NonZeroUsize 0xffff_ffff_ffff_ffff 1;
    i8 NonZeroI8Inner NonZeroI8 0xff i8::MIN;
    i16 NonZeroI16Inner NonZeroI16 0xffff i16::MIN;
    i32 NonZeroI32Inner NonZeroI32 0xffff_ffff i32::MIN;
    i64 NonZeroI64Inner NonZeroI64 0xffff_ffff_ffff_ffff i64::MIN;
    i128 NonZeroI128Inner NonZeroI128 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff i128::MIN;
    isize NonZeroIsizeInner NonZeroIsize 0xffff_ffff_ffff_ffff isize::MIN;
}
