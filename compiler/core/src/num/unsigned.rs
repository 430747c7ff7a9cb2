//! What only unsigned integers have.

use crate::intrinsics;

macro_rules! unsigned {
    ($($t:ident $signed:ident $bits:literal;)*) => {
        $(
            impl $t {
                #[inline]
                #[track_caller]
                pub const fn wrapping_div(self, rhs: Self) -> Self {
                    self / rhs
                }

                #[inline]
                #[track_caller]
                pub const fn wrapping_rem(self, rhs: Self) -> Self {
                    self % rhs
                }

                #[inline]
                #[track_caller]
                pub const fn overflowing_div(self, rhs: Self) -> (Self, bool) {
                    (self / rhs, false)
                }

                #[inline]
                #[track_caller]
                pub const fn overflowing_rem(self, rhs: Self) -> (Self, bool) {
                    (self % rhs, false)
                }

                #[inline]
                #[track_caller]
                pub const fn saturating_div(self, rhs: Self) -> Self {
                    self / rhs
                }

                #[inline]
                #[track_caller]
                pub const fn div_euclid(self, rhs: Self) -> Self {
                    self / rhs
                }

                #[inline]
                #[track_caller]
                pub const fn rem_euclid(self, rhs: Self) -> Self {
                    self % rhs
                }

                #[inline]
                pub const fn checked_div_euclid(self, rhs: Self) -> Option<Self> {
                    self.checked_div(rhs)
                }

                #[inline]
                pub const fn checked_rem_euclid(self, rhs: Self) -> Option<Self> {
                    self.checked_rem(rhs)
                }

                #[inline]
                #[track_caller]
                pub const fn wrapping_div_euclid(self, rhs: Self) -> Self {
                    self / rhs
                }

                #[inline]
                #[track_caller]
                pub const fn wrapping_rem_euclid(self, rhs: Self) -> Self {
                    self % rhs
                }

                #[inline]
                #[track_caller]
                pub const fn div_ceil(self, rhs: Self) -> Self {
                    let quotient = self / rhs;
                    if self % rhs > 0 { quotient + 1 } else { quotient }
                }

                #[inline]
                #[track_caller]
                pub const fn next_multiple_of(self, rhs: Self) -> Self {
                    match self % rhs {
                        0 => self,
                        rest => self + (rhs - rest),
                    }
                }

                #[inline]
                pub const fn checked_next_multiple_of(self, rhs: Self) -> Option<Self> {
                    if rhs == 0 {
                        return None;
                    }
                    match self % rhs {
                        0 => Some(self),
                        rest => self.checked_add(rhs - rest),
                    }
                }

                #[inline]
                pub const fn is_multiple_of(self, rhs: Self) -> bool {
                    if rhs == 0 { self == 0 } else { self % rhs == 0 }
                }

                #[inline]
                pub const fn overflowing_neg(self) -> (Self, bool) {
                    (intrinsics::wrapping_sub(0, self), self != 0)
                }

                #[inline]
                pub const fn saturating_mul(self, rhs: Self) -> Self {
                    let (product, over) = intrinsics::mul_with_overflow(self, rhs);
                    if over { $t::MAX } else { product }
                }

                #[inline]
                pub const fn saturating_pow(self, exp: u32) -> Self {
                    match self.checked_pow(exp) {
                        Some(x) => x,
                        None => $t::MAX,
                    }
                }

                #[inline]
                pub const fn abs_diff(self, other: Self) -> Self {
                    if self < other {
                        intrinsics::wrapping_sub(other, self)
                    } else {
                        intrinsics::wrapping_sub(self, other)
                    }
                }

                #[inline]
                pub const fn is_power_of_two(self) -> bool {
                    intrinsics::ctpop(self) == 1
                }

                /// One less than the next power of two.
                #[inline]
                const fn mask_of_next_power_of_two(self) -> Self {
                    if self <= 1 {
                        return 0;
                    }
                    unsafe { intrinsics::unchecked_shr($t::MAX, intrinsics::ctlz(self - 1)) }
                }

                #[inline]
                #[track_caller]
                pub const fn next_power_of_two(self) -> Self {
                    self.mask_of_next_power_of_two() + 1
                }

                #[inline]
                pub const fn checked_next_power_of_two(self) -> Option<Self> {
                    self.mask_of_next_power_of_two().checked_add(1)
                }

                #[inline]
                pub const fn wrapping_add_signed(self, rhs: $signed) -> Self {
                    intrinsics::wrapping_add(self, rhs as $t)
                }

                #[inline]
                pub const fn overflowing_add_signed(self, rhs: $signed) -> (Self, bool) {
                    let (sum, over) = intrinsics::add_with_overflow(self, rhs as $t);
                    (sum, over != (rhs < 0))
                }

                #[inline]
                pub const fn checked_add_signed(self, rhs: $signed) -> Option<Self> {
                    let (sum, over) = self.overflowing_add_signed(rhs);
                    if over { None } else { Some(sum) }
                }

                #[inline]
                pub const fn saturating_add_signed(self, rhs: $signed) -> Self {
                    let (sum, over) = self.overflowing_add_signed(rhs);
                    if !over {
                        sum
                    } else if rhs < 0 {
                        0
                    } else {
                        $t::MAX
                    }
                }

                #[inline]
                pub const fn checked_signed_diff(self, rhs: Self) -> Option<$signed> {
                    let difference = intrinsics::wrapping_sub(self, rhs) as $signed;
                    if (self >= rhs) == (difference < 0) { None } else { Some(difference) }
                }

                #[inline(always)]
                pub const fn cast_signed(self) -> $signed {
                    self as $signed
                }

                #[inline]
                pub const fn midpoint(self, rhs: Self) -> Self {
                    ((self ^ rhs) >> 1) + (self & rhs)
                }
            }
        )*
    };
}
unsigned! { u8 i8 8; u16 i16 16; u32 i32 32; u64 i64 64; u128 i128 128; usize isize 64; }
