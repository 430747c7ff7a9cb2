//! Arithmetic that panics in every profile, and shifts without a bound.

use crate::panicking::panic;

macro_rules! or_panic {
    ($result:expr, $message:literal) => {
        match $result {
            (value, false) => value,
            _ => panic($message),
        }
    };
}

macro_rules! strict {
    ($($t:ident)*) => {
        $(
            impl $t {
                #[inline]
                #[track_caller]
                pub const fn strict_add(self, rhs: Self) -> Self {
                    or_panic!(self.overflowing_add(rhs), "attempt to add with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_sub(self, rhs: Self) -> Self {
                    or_panic!(self.overflowing_sub(rhs), "attempt to subtract with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_mul(self, rhs: Self) -> Self {
                    or_panic!(self.overflowing_mul(rhs), "attempt to multiply with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_div(self, rhs: Self) -> Self {
                    or_panic!(self.overflowing_div(rhs), "attempt to divide with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_rem(self, rhs: Self) -> Self {
                    or_panic!(self.overflowing_rem(rhs), "attempt to calculate the remainder with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_div_euclid(self, rhs: Self) -> Self {
                    match self.checked_div_euclid(rhs) {
                        Some(value) => value,
                        None if rhs == 0 => panic("attempt to divide by zero"),
                        None => panic("attempt to divide with overflow"),
                    }
                }

                #[inline]
                #[track_caller]
                pub const fn strict_rem_euclid(self, rhs: Self) -> Self {
                    match self.checked_rem_euclid(rhs) {
                        Some(value) => value,
                        None if rhs == 0 => panic("attempt to calculate the remainder with a divisor of zero"),
                        None => panic("attempt to calculate the remainder with overflow"),
                    }
                }

                #[inline]
                #[track_caller]
                pub const fn strict_neg(self) -> Self {
                    or_panic!(self.overflowing_neg(), "attempt to negate with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_shl(self, rhs: u32) -> Self {
                    or_panic!(self.overflowing_shl(rhs), "attempt to shift left with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_shr(self, rhs: u32) -> Self {
                    or_panic!(self.overflowing_shr(rhs), "attempt to shift right with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_pow(self, exp: u32) -> Self {
                    or_panic!(self.overflowing_pow(exp), "attempt to multiply with overflow")
                }

                #[inline]
                pub const fn unbounded_shl(self, rhs: u32) -> Self {
                    if rhs < Self::BITS { self << rhs } else { 0 }
                }
            }
        )*
    };
}
strict! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

macro_rules! signed {
    ($($t:ident $unsigned:ident;)*) => {
        $(
            impl $t {
                #[inline]
                #[track_caller]
                pub const fn strict_add_unsigned(self, rhs: $unsigned) -> Self {
                    or_panic!(self.overflowing_add_unsigned(rhs), "attempt to add with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_sub_unsigned(self, rhs: $unsigned) -> Self {
                    or_panic!(self.overflowing_sub_unsigned(rhs), "attempt to subtract with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_abs(self) -> Self {
                    if self < 0 { self.strict_neg() } else { self }
                }

                #[inline]
                pub const fn unbounded_shr(self, rhs: u32) -> Self {
                    if rhs < Self::BITS { self >> rhs } else { self >> (Self::BITS - 1) }
                }

                #[inline]
                pub const unsafe fn unchecked_neg(self) -> Self {
                    self.wrapping_neg()
                }
            }
        )*
    };
}
signed! { i8 u8; i16 u16; i32 u32; i64 u64; i128 u128; isize usize; }

macro_rules! unsigned {
    ($($t:ident $signed:ident $bits:literal;)*) => {
        $(
            impl $t {
                #[inline]
                #[track_caller]
                pub const fn strict_add_signed(self, rhs: $signed) -> Self {
                    or_panic!(self.overflowing_add_signed(rhs), "attempt to add with overflow")
                }

                #[inline]
                #[track_caller]
                pub const fn strict_sub_signed(self, rhs: $signed) -> Self {
                    or_panic!(self.overflowing_sub_signed(rhs), "attempt to subtract with overflow")
                }

                #[inline]
                pub const fn unbounded_shr(self, rhs: u32) -> Self {
                    if rhs < Self::BITS { self >> rhs } else { 0 }
                }

                #[inline]
                pub const fn wrapping_sub_signed(self, rhs: $signed) -> Self {
                    self.wrapping_sub(rhs as $t)
                }

                #[inline]
                pub const fn overflowing_sub_signed(self, rhs: $signed) -> (Self, bool) {
                    let (value, overflowed) = self.overflowing_sub(rhs as $t);
                    (value, overflowed ^ (rhs < 0))
                }

                #[inline]
                pub const fn checked_sub_signed(self, rhs: $signed) -> Option<Self> {
                    match self.overflowing_sub_signed(rhs) {
                        (value, false) => Some(value),
                        _ => None,
                    }
                }

                #[inline]
                pub const fn saturating_sub_signed(self, rhs: $signed) -> Self {
                    match self.overflowing_sub_signed(rhs) {
                        (value, false) => value,
                        _ if rhs < 0 => Self::MAX,
                        _ => 0,
                    }
                }

                #[inline]
                pub const fn carrying_add(self, rhs: Self, carry: bool) -> (Self, bool) {
                    let (sum, first) = self.overflowing_add(rhs);
                    let (sum, second) = sum.overflowing_add(carry as $t);
                    (sum, first | second)
                }

                #[inline]
                pub const fn borrowing_sub(self, rhs: Self, borrow: bool) -> (Self, bool) {
                    let (rest, first) = self.overflowing_sub(rhs);
                    let (rest, second) = rest.overflowing_sub(borrow as $t);
                    (rest, first | second)
                }

                #[inline]
                pub const fn carrying_mul(self, rhs: Self, carry: Self) -> (Self, Self) {
                    self.carrying_mul_add(rhs, carry, 0)
                }

                /// The product in halves: so that nothing wider is needed, for the widest type either.
                #[inline]
                pub const fn carrying_mul_add(self, rhs: Self, carry: Self, add: Self) -> (Self, Self) {
                    let half = $bits / 2;
                    let mask = Self::MAX >> half;
                    let (a, b) = (self >> half, self & mask);
                    let (c, d) = (rhs >> half, rhs & mask);
                    let low = b * d;
                    let first = a * d + (low >> half);
                    let second = b * c + (first & mask);
                    let high = a * c + (first >> half) + (second >> half);
                    let low = (second << half) | (low & mask);
                    let (low, one) = low.overflowing_add(carry);
                    let (low, two) = low.overflowing_add(add);
                    (low, high + one as $t + two as $t)
                }
            }
        )*
    };
}
unsigned! { u8 i8 8; u16 i16 16; u32 i32 32; u64 i64 64; u128 i128 128; usize isize 64; }
