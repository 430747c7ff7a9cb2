//! Integers that are not zero: zero stands for the `None` of an `Option` of one.

use super::error::{IntErrorKind, ParseIntError, TryFromIntError};
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::intrinsics;
use crate::ops::{BitOr, BitOrAssign, Div, DivAssign, Neg, Rem, RemAssign};
use crate::str::FromStr;

/// Integers: what they are without their zero.
pub unsafe trait ZeroablePrimitive: Sized + Copy {
    type NonZeroInner: Sized + Copy;
}

/// Values come and go by `transmute`: the field has a type of its own, of which the front end knows that no zero is in it.
#[repr(transparent)]
pub struct NonZero<T: ZeroablePrimitive>(T::NonZeroInner);

impl<T: ZeroablePrimitive> NonZero<T> {
    #[inline(always)]
    pub const fn new(n: T) -> Option<Self> {
        // All bits of `None` are zero.
        unsafe { intrinsics::transmute_unchecked::<T, Option<NonZero<T>>>(n) }
    }

    #[inline(always)]
    pub const unsafe fn new_unchecked(n: T) -> Self {
        unsafe { intrinsics::transmute_unchecked::<T, NonZero<T>>(n) }
    }

    #[inline(always)]
    pub const fn get(self) -> T {
        unsafe { intrinsics::transmute_unchecked::<NonZero<T>, T>(self) }
    }
}

impl<T: ZeroablePrimitive> Clone for NonZero<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ZeroablePrimitive> Copy for NonZero<T> {}

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

impl<T: ZeroablePrimitive + Hash> Hash for NonZero<T> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.get().hash(state)
    }
}

macro_rules! as_text {
    ($($name:ident)*) => {
        $(
            impl<T: ZeroablePrimitive + fmt::$name> fmt::$name for NonZero<T> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::$name::fmt(&self.get(), f)
                }
            }
        )*
    };
}
as_text! { Debug Display Binary Octal LowerHex UpperHex }

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOr for NonZero<T> {
    type Output = NonZero<T>;
    #[inline]
    fn bitor(self, rhs: NonZero<T>) -> NonZero<T> {
        unsafe { NonZero::new_unchecked(self.get() | rhs.get()) }
    }
}

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOr<T> for NonZero<T> {
    type Output = NonZero<T>;
    #[inline]
    fn bitor(self, rhs: T) -> NonZero<T> {
        unsafe { NonZero::new_unchecked(self.get() | rhs) }
    }
}

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOrAssign for NonZero<T> {
    #[inline]
    fn bitor_assign(&mut self, rhs: NonZero<T>) {
        *self = *self | rhs;
    }
}

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOrAssign<T> for NonZero<T> {
    #[inline]
    fn bitor_assign(&mut self, rhs: T) {
        *self = *self | rhs;
    }
}

macro_rules! nonzero {
    ($($name:ident $inner:ident $t:ident $unsigned:ident $max:tt;)*) => {
        $(
            pub type $name = NonZero<$t>;

            #[derive(Clone, Copy)]
            #[repr(transparent)]
            pub struct $inner(pattern_type!($unsigned is 1..=$max));

            unsafe impl ZeroablePrimitive for $t {
                type NonZeroInner = $inner;
            }

            impl NonZero<$t> {
                pub const BITS: u32 = <$t>::BITS;
                pub const MAX: NonZero<$t> = unsafe { NonZero::new_unchecked(<$t>::MAX) };

                #[inline]
                pub const fn leading_zeros(self) -> u32 {
                    self.get().leading_zeros()
                }

                #[inline]
                pub const fn trailing_zeros(self) -> u32 {
                    self.get().trailing_zeros()
                }

                #[inline]
                pub const fn count_ones(self) -> NonZero<u32> {
                    unsafe { NonZero::new_unchecked(self.get().count_ones()) }
                }

                #[inline]
                pub const fn checked_mul(self, other: Self) -> Option<Self> {
                    match self.get().checked_mul(other.get()) {
                        Some(product) => NonZero::new(product),
                        None => None,
                    }
                }

                #[inline]
                pub const fn saturating_mul(self, other: Self) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().saturating_mul(other.get())) }
                }

                #[inline]
                pub const fn checked_pow(self, other: u32) -> Option<Self> {
                    match self.get().checked_pow(other) {
                        Some(power) => NonZero::new(power),
                        None => None,
                    }
                }

                #[inline]
                pub const fn saturating_pow(self, other: u32) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().saturating_pow(other)) }
                }
            }

            impl From<NonZero<$t>> for $t {
                #[inline]
                fn from(nonzero: NonZero<$t>) -> $t {
                    nonzero.get()
                }
            }

            impl TryFrom<$t> for NonZero<$t> {
                type Error = TryFromIntError;
                #[inline]
                fn try_from(value: $t) -> Result<NonZero<$t>, TryFromIntError> {
                    match NonZero::new(value) {
                        Some(value) => Ok(value),
                        None => Err(TryFromIntError(())),
                    }
                }
            }

            impl FromStr for NonZero<$t> {
                type Err = ParseIntError;
                fn from_str(src: &str) -> Result<NonZero<$t>, ParseIntError> {
                    match NonZero::new(<$t>::from_str_radix(src, 10)?) {
                        Some(value) => Ok(value),
                        None => Err(ParseIntError { kind: IntErrorKind::Zero }),
                    }
                }
            }

            impl BitOr<NonZero<$t>> for $t {
                type Output = NonZero<$t>;
                #[inline]
                fn bitor(self, rhs: NonZero<$t>) -> NonZero<$t> {
                    rhs | self
                }
            }
        )*
    };
}
nonzero! {
    NonZeroU8 NonZeroU8Inner u8 u8 0xff;
    NonZeroU16 NonZeroU16Inner u16 u16 0xffff;
    NonZeroU32 NonZeroU32Inner u32 u32 0xffff_ffff;
    NonZeroU64 NonZeroU64Inner u64 u64 0xffff_ffff_ffff_ffff;
    NonZeroU128 NonZeroU128Inner u128 u128 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff;
    NonZeroUsize NonZeroUsizeInner usize usize 0xffff_ffff_ffff_ffff;
    NonZeroI8 NonZeroI8Inner i8 u8 0xff;
    NonZeroI16 NonZeroI16Inner i16 u16 0xffff;
    NonZeroI32 NonZeroI32Inner i32 u32 0xffff_ffff;
    NonZeroI64 NonZeroI64Inner i64 u64 0xffff_ffff_ffff_ffff;
    NonZeroI128 NonZeroI128Inner i128 u128 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff;
    NonZeroIsize NonZeroIsizeInner isize usize 0xffff_ffff_ffff_ffff;
}

macro_rules! unsigned {
    ($($t:ident $signed:ident;)*) => {
        $(
            impl NonZero<$t> {
                pub const MIN: NonZero<$t> = unsafe { NonZero::new_unchecked(1) };

                #[inline]
                pub const fn checked_add(self, other: $t) -> Option<Self> {
                    match self.get().checked_add(other) {
                        Some(sum) => NonZero::new(sum),
                        None => None,
                    }
                }

                #[inline]
                pub const fn saturating_add(self, other: $t) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().saturating_add(other)) }
                }

                #[inline]
                pub const fn checked_next_power_of_two(self) -> Option<Self> {
                    match self.get().checked_next_power_of_two() {
                        Some(power) => NonZero::new(power),
                        None => None,
                    }
                }

                #[inline]
                pub const fn is_power_of_two(self) -> bool {
                    self.get().is_power_of_two()
                }

                #[inline]
                pub const fn ilog2(self) -> u32 {
                    Self::BITS - 1 - self.leading_zeros()
                }

                #[inline]
                pub const fn ilog10(self) -> u32 {
                    self.get().ilog10()
                }

                #[inline]
                pub const fn midpoint(self, rhs: Self) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().midpoint(rhs.get())) }
                }

                #[inline]
                pub const fn isqrt(self) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().isqrt()) }
                }

                #[inline]
                pub const fn div_ceil(self, rhs: Self) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().div_ceil(rhs.get())) }
                }

                #[inline]
                pub const fn cast_signed(self) -> NonZero<$signed> {
                    unsafe { NonZero::new_unchecked(self.get().cast_signed()) }
                }
            }

            impl Div<NonZero<$t>> for $t {
                type Output = $t;
                #[inline]
                fn div(self, other: NonZero<$t>) -> $t {
                    unsafe { intrinsics::unchecked_div(self, other.get()) }
                }
            }

            impl Rem<NonZero<$t>> for $t {
                type Output = $t;
                #[inline]
                fn rem(self, other: NonZero<$t>) -> $t {
                    unsafe { intrinsics::unchecked_rem(self, other.get()) }
                }
            }

            impl DivAssign<NonZero<$t>> for $t {
                #[inline]
                fn div_assign(&mut self, other: NonZero<$t>) {
                    *self = *self / other;
                }
            }

            impl RemAssign<NonZero<$t>> for $t {
                #[inline]
                fn rem_assign(&mut self, other: NonZero<$t>) {
                    *self = *self % other;
                }
            }
        )*
    };
}
unsigned! { u8 i8; u16 i16; u32 i32; u64 i64; u128 i128; usize isize; }

macro_rules! signed {
    ($($t:ident $unsigned:ident;)*) => {
        $(
            impl NonZero<$t> {
                pub const MIN: NonZero<$t> = unsafe { NonZero::new_unchecked(<$t>::MIN) };

                #[inline]
                #[track_caller]
                pub const fn abs(self) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().abs()) }
                }

                #[inline]
                pub const fn checked_abs(self) -> Option<Self> {
                    match self.get().checked_abs() {
                        Some(value) => NonZero::new(value),
                        None => None,
                    }
                }

                #[inline]
                pub const fn wrapping_abs(self) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().wrapping_abs()) }
                }

                #[inline]
                pub const fn unsigned_abs(self) -> NonZero<$unsigned> {
                    unsafe { NonZero::new_unchecked(self.get().unsigned_abs()) }
                }

                #[inline]
                pub const fn is_positive(self) -> bool {
                    self.get() > 0
                }

                #[inline]
                pub const fn is_negative(self) -> bool {
                    self.get() < 0
                }

                #[inline]
                pub const fn checked_neg(self) -> Option<Self> {
                    match self.get().checked_neg() {
                        Some(value) => NonZero::new(value),
                        None => None,
                    }
                }

                #[inline]
                pub const fn overflowing_abs(self) -> (Self, bool) {
                    let (value, overflows) = self.get().overflowing_abs();
                    (unsafe { NonZero::new_unchecked(value) }, overflows)
                }

                #[inline]
                pub const fn saturating_abs(self) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().saturating_abs()) }
                }

                #[inline]
                pub const fn overflowing_neg(self) -> (Self, bool) {
                    let (value, overflows) = self.get().overflowing_neg();
                    (unsafe { NonZero::new_unchecked(value) }, overflows)
                }

                #[inline]
                pub const fn saturating_neg(self) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().saturating_neg()) }
                }

                #[inline]
                pub const fn wrapping_neg(self) -> Self {
                    unsafe { NonZero::new_unchecked(self.get().wrapping_neg()) }
                }

                #[inline]
                pub const fn cast_unsigned(self) -> NonZero<$unsigned> {
                    unsafe { NonZero::new_unchecked(self.get().cast_unsigned()) }
                }
            }

            impl Neg for NonZero<$t> {
                type Output = NonZero<$t>;
                #[inline]
                #[track_caller]
                fn neg(self) -> NonZero<$t> {
                    unsafe { NonZero::new_unchecked(-self.get()) }
                }
            }
        )*
    };
}
signed! { i8 u8; i16 u16; i32 u32; i64 u64; i128 u128; isize usize; }

macro_rules! lossless {
    ($($from:ident => $($to:ident)*;)*) => {
        $($(
            impl From<NonZero<$from>> for NonZero<$to> {
                #[inline]
                fn from(small: NonZero<$from>) -> NonZero<$to> {
                    unsafe { NonZero::new_unchecked(small.get() as $to) }
                }
            }
        )*)*
    };
}
lossless! {
    u8 => u16 u32 u64 u128 usize i16 i32 i64 i128 isize;
    u16 => u32 u64 u128 usize i32 i64 i128;
    u32 => u64 u128 i64 i128;
    u64 => u128 i128;
    i8 => i16 i32 i64 i128 isize;
    i16 => i32 i64 i128 isize;
    i32 => i64 i128;
    i64 => i128;
}

macro_rules! narrowing {
    ($($from:ident => $($to:ident)*;)*) => {
        $($(
            impl TryFrom<NonZero<$from>> for NonZero<$to> {
                type Error = TryFromIntError;
                #[inline]
                fn try_from(value: NonZero<$from>) -> Result<NonZero<$to>, TryFromIntError> {
                    let value = <$to>::try_from(value.get())?;
                    Ok(unsafe { NonZero::new_unchecked(value) })
                }
            }
        )*)*
    };
}
narrowing! {
    u16 => u8 i8 i16;
    u32 => u8 u16 usize i8 i16 i32;
    u64 => u8 u16 u32 usize i8 i16 i32 i64;
    usize => u8 u16 u32 u64 i8 i16 i32 i64 isize;
    i16 => u8 u16 u32 u64 usize i8;
    i32 => u8 u16 u32 u64 usize i8 i16 isize;
    i64 => u8 u16 u32 u64 usize i8 i16 i32 isize;
    isize => u8 u16 u32 u64 usize i8 i16 i32 i64;
}
