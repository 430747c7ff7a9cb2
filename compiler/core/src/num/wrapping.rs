//! Integers whose operators wrap.

use crate::fmt;
use crate::ops::*;

#[derive(PartialEq, PartialOrd, Eq, Ord, Clone, Copy, Default, Hash)]
#[repr(transparent)]
pub struct Wrapping<T>(pub T);

macro_rules! operator {
    ($t:ident $trait:ident $method:ident $assign:ident $assign_method:ident |$a:ident, $b:ident| $value:expr) => {
        impl $trait for Wrapping<$t> {
            type Output = Wrapping<$t>;
            #[inline]
            #[track_caller]
            fn $method(self, other: Wrapping<$t>) -> Wrapping<$t> {
                let ($a, $b) = (self.0, other.0);
                Wrapping($value)
            }
        }

        impl $trait<&Wrapping<$t>> for Wrapping<$t> {
            type Output = Wrapping<$t>;
            #[inline]
            #[track_caller]
            fn $method(self, other: &Wrapping<$t>) -> Wrapping<$t> {
                let ($a, $b) = (self.0, other.0);
                Wrapping($value)
            }
        }

        impl $assign for Wrapping<$t> {
            #[inline]
            #[track_caller]
            fn $assign_method(&mut self, other: Wrapping<$t>) {
                let ($a, $b) = (self.0, other.0);
                self.0 = $value;
            }
        }

        impl $assign<$t> for Wrapping<$t> {
            #[inline]
            #[track_caller]
            fn $assign_method(&mut self, other: $t) {
                let ($a, $b) = (self.0, other);
                self.0 = $value;
            }
        }
    };
}

macro_rules! wrapping {
    ($($t:ident)*) => {
        $(
            operator! { $t Add add AddAssign add_assign |a, b| a.wrapping_add(b) }
            operator! { $t Sub sub SubAssign sub_assign |a, b| a.wrapping_sub(b) }
            operator! { $t Mul mul MulAssign mul_assign |a, b| a.wrapping_mul(b) }
            operator! { $t Div div DivAssign div_assign |a, b| a.wrapping_div(b) }
            operator! { $t Rem rem RemAssign rem_assign |a, b| a.wrapping_rem(b) }
            operator! { $t BitAnd bitand BitAndAssign bitand_assign |a, b| a & b }
            operator! { $t BitOr bitor BitOrAssign bitor_assign |a, b| a | b }
            operator! { $t BitXor bitxor BitXorAssign bitxor_assign |a, b| a ^ b }

            impl Not for Wrapping<$t> {
                type Output = Wrapping<$t>;
                #[inline]
                fn not(self) -> Wrapping<$t> {
                    Wrapping(!self.0)
                }
            }

            impl Neg for Wrapping<$t> {
                type Output = Wrapping<$t>;
                #[inline]
                fn neg(self) -> Wrapping<$t> {
                    Wrapping(self.0.wrapping_neg())
                }
            }

            impl Shl<usize> for Wrapping<$t> {
                type Output = Wrapping<$t>;
                #[inline]
                fn shl(self, other: usize) -> Wrapping<$t> {
                    Wrapping(self.0.wrapping_shl((other & 0xff) as u32))
                }
            }

            impl Shr<usize> for Wrapping<$t> {
                type Output = Wrapping<$t>;
                #[inline]
                fn shr(self, other: usize) -> Wrapping<$t> {
                    Wrapping(self.0.wrapping_shr((other & 0xff) as u32))
                }
            }

            impl ShlAssign<usize> for Wrapping<$t> {
                #[inline]
                fn shl_assign(&mut self, other: usize) {
                    *self = *self << other;
                }
            }

            impl ShrAssign<usize> for Wrapping<$t> {
                #[inline]
                fn shr_assign(&mut self, other: usize) {
                    *self = *self >> other;
                }
            }

            impl Wrapping<$t> {
                pub const MIN: Self = Wrapping($t::MIN);
                pub const MAX: Self = Wrapping($t::MAX);
                pub const BITS: u32 = $t::BITS;

                #[inline]
                pub const fn count_ones(self) -> u32 {
                    self.0.count_ones()
                }

                #[inline]
                pub const fn leading_zeros(self) -> u32 {
                    self.0.leading_zeros()
                }

                #[inline]
                pub const fn trailing_zeros(self) -> u32 {
                    self.0.trailing_zeros()
                }

                #[inline]
                pub const fn rotate_left(self, n: u32) -> Self {
                    Wrapping(self.0.rotate_left(n))
                }

                #[inline]
                pub const fn rotate_right(self, n: u32) -> Self {
                    Wrapping(self.0.rotate_right(n))
                }

                #[inline]
                pub const fn swap_bytes(self) -> Self {
                    Wrapping(self.0.swap_bytes())
                }

                #[inline]
                pub const fn reverse_bits(self) -> Self {
                    Wrapping(self.0.reverse_bits())
                }

                #[inline]
                pub fn pow(self, exp: u32) -> Self {
                    Wrapping(self.0.wrapping_pow(exp))
                }
            }
        )*
    };
}
wrapping! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! as_text {
    ($($name:ident)*) => {
        $(
            impl<T: fmt::$name> fmt::$name for Wrapping<T> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }
        )*
    };
}
as_text! { Debug Display Binary Octal LowerHex UpperHex }

macro_rules! sums {
    ($($t:ident)*) => {
        $(
            impl crate::iter::Sum for Wrapping<$t> {
                #[inline]
                fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
                    iter.fold(Wrapping(0), |a, b| a + b)
                }
            }

            impl crate::iter::Product for Wrapping<$t> {
                #[inline]
                fn product<I: Iterator<Item = Self>>(iter: I) -> Self {
                    iter.fold(Wrapping(1), |a, b| a * b)
                }
            }
        )*
    };
}
sums! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
