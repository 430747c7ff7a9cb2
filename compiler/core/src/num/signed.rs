//! What only signed integers have.

use crate::intrinsics;

macro_rules! signed {
    ($($t:ident $unsigned:ident $bits:literal;)*) => {
        $(
            impl $t {
                #[inline]
                #[track_caller]
                pub const fn abs(self) -> Self {
                    if self < 0 { -self } else { self }
                }

                #[inline]
                pub const fn unsigned_abs(self) -> $unsigned {
                    self.wrapping_abs() as $unsigned
                }

                #[inline]
                pub const fn wrapping_abs(self) -> Self {
                    if self < 0 { intrinsics::wrapping_sub(0, self) } else { self }
                }

                #[inline]
                pub const fn checked_abs(self) -> Option<Self> {
                    if self < 0 { self.checked_neg() } else { Some(self) }
                }

                #[inline]
                pub const fn overflowing_abs(self) -> (Self, bool) {
                    (self.wrapping_abs(), self == $t::MIN)
                }

                #[inline]
                pub const fn saturating_abs(self) -> Self {
                    if self < 0 { self.saturating_neg() } else { self }
                }

                #[inline]
                pub const fn saturating_neg(self) -> Self {
                    intrinsics::saturating_sub(0, self)
                }

                #[inline]
                pub const fn overflowing_neg(self) -> (Self, bool) {
                    (intrinsics::wrapping_sub(0, self), self == $t::MIN)
                }

                #[inline]
                pub const fn abs_diff(self, other: Self) -> $unsigned {
                    if self < other {
                        intrinsics::wrapping_sub(other as $unsigned, self as $unsigned)
                    } else {
                        intrinsics::wrapping_sub(self as $unsigned, other as $unsigned)
                    }
                }

                #[inline]
                pub const fn signum(self) -> Self {
                    if self < 0 {
                        -1
                    } else if self == 0 {
                        0
                    } else {
                        1
                    }
                }

                #[inline(always)]
                pub const fn is_positive(self) -> bool {
                    self > 0
                }

                #[inline(always)]
                pub const fn is_negative(self) -> bool {
                    self < 0
                }

                #[inline(always)]
                pub const fn cast_unsigned(self) -> $unsigned {
                    self as $unsigned
                }

                #[inline]
                #[track_caller]
                pub const fn wrapping_div(self, rhs: Self) -> Self {
                    self.overflowing_div(rhs).0
                }

                #[inline]
                #[track_caller]
                pub const fn wrapping_rem(self, rhs: Self) -> Self {
                    self.overflowing_rem(rhs).0
                }

                #[inline]
                #[track_caller]
                pub const fn overflowing_div(self, rhs: Self) -> (Self, bool) {
                    if self == $t::MIN && rhs == -1 { (self, true) } else { (self / rhs, false) }
                }

                #[inline]
                #[track_caller]
                pub const fn overflowing_rem(self, rhs: Self) -> (Self, bool) {
                    if rhs == -1 { (0, self == $t::MIN) } else { (self % rhs, false) }
                }

                #[inline]
                #[track_caller]
                pub const fn saturating_div(self, rhs: Self) -> Self {
                    if self == $t::MIN && rhs == -1 { $t::MAX } else { self / rhs }
                }

                #[inline]
                #[track_caller]
                pub const fn div_euclid(self, rhs: Self) -> Self {
                    let quotient = self / rhs;
                    if self % rhs < 0 {
                        if rhs > 0 { quotient - 1 } else { quotient + 1 }
                    } else {
                        quotient
                    }
                }

                #[inline]
                #[track_caller]
                pub const fn rem_euclid(self, rhs: Self) -> Self {
                    let rest = self % rhs;
                    if rest < 0 { intrinsics::wrapping_add(rest, rhs.wrapping_abs()) } else { rest }
                }

                #[inline]
                pub const fn checked_div_euclid(self, rhs: Self) -> Option<Self> {
                    if rhs == 0 || (self == $t::MIN && rhs == -1) { None } else { Some(self.div_euclid(rhs)) }
                }

                #[inline]
                pub const fn checked_rem_euclid(self, rhs: Self) -> Option<Self> {
                    if rhs == 0 || (self == $t::MIN && rhs == -1) { None } else { Some(self.rem_euclid(rhs)) }
                }

                #[inline]
                #[track_caller]
                pub const fn wrapping_div_euclid(self, rhs: Self) -> Self {
                    self.overflowing_div_euclid(rhs).0
                }

                #[inline]
                #[track_caller]
                pub const fn wrapping_rem_euclid(self, rhs: Self) -> Self {
                    self.overflowing_rem_euclid(rhs).0
                }

                #[inline]
                #[track_caller]
                pub const fn overflowing_div_euclid(self, rhs: Self) -> (Self, bool) {
                    if self == $t::MIN && rhs == -1 { (self, true) } else { (self.div_euclid(rhs), false) }
                }

                #[inline]
                #[track_caller]
                pub const fn overflowing_rem_euclid(self, rhs: Self) -> (Self, bool) {
                    if rhs == -1 { (0, self == $t::MIN) } else { (self.rem_euclid(rhs), false) }
                }

                #[inline]
                pub const fn saturating_mul(self, rhs: Self) -> Self {
                    let (product, over) = intrinsics::mul_with_overflow(self, rhs);
                    if !over {
                        product
                    } else if (self < 0) == (rhs < 0) {
                        $t::MAX
                    } else {
                        $t::MIN
                    }
                }

                #[inline]
                pub const fn saturating_pow(self, exp: u32) -> Self {
                    match self.checked_pow(exp) {
                        Some(x) => x,
                        None => {
                            if self < 0 && exp % 2 == 1 {
                                $t::MIN
                            } else {
                                $t::MAX
                            }
                        }
                    }
                }

                #[inline]
                pub const fn wrapping_add_unsigned(self, rhs: $unsigned) -> Self {
                    intrinsics::wrapping_add(self, rhs as $t)
                }

                #[inline]
                pub const fn wrapping_sub_unsigned(self, rhs: $unsigned) -> Self {
                    intrinsics::wrapping_sub(self, rhs as $t)
                }

                #[inline]
                pub const fn overflowing_add_unsigned(self, rhs: $unsigned) -> (Self, bool) {
                    let rhs = rhs as $t;
                    let (sum, over) = intrinsics::add_with_overflow(self, rhs);
                    (sum, over != (rhs < 0))
                }

                #[inline]
                pub const fn overflowing_sub_unsigned(self, rhs: $unsigned) -> (Self, bool) {
                    let rhs = rhs as $t;
                    let (difference, over) = intrinsics::sub_with_overflow(self, rhs);
                    (difference, over != (rhs < 0))
                }

                #[inline]
                pub const fn checked_add_unsigned(self, rhs: $unsigned) -> Option<Self> {
                    let (sum, over) = self.overflowing_add_unsigned(rhs);
                    if over { None } else { Some(sum) }
                }

                #[inline]
                pub const fn checked_sub_unsigned(self, rhs: $unsigned) -> Option<Self> {
                    let (difference, over) = self.overflowing_sub_unsigned(rhs);
                    if over { None } else { Some(difference) }
                }

                #[inline]
                pub const fn saturating_add_unsigned(self, rhs: $unsigned) -> Self {
                    match self.checked_add_unsigned(rhs) {
                        Some(x) => x,
                        None => $t::MAX,
                    }
                }

                #[inline]
                pub const fn saturating_sub_unsigned(self, rhs: $unsigned) -> Self {
                    match self.checked_sub_unsigned(rhs) {
                        Some(x) => x,
                        None => $t::MIN,
                    }
                }

                #[inline]
                pub const fn midpoint(self, rhs: Self) -> Self {
                    // Towards zero: the floor of the mean, and one more where it is negative and not whole.
                    let floor = ((self ^ rhs) >> 1) + (self & rhs);
                    let odd = (self ^ rhs) & 1;
                    if floor < 0 { floor + odd } else { floor }
                }
            }
        )*
    };
}
signed! { i8 u8 8; i16 u16 16; i32 u32 32; i64 u64 64; i128 u128 128; isize usize 64; }
