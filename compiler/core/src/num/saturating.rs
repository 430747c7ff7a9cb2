//! Integers whose operators stop at the least and the greatest.

use crate::fmt;
use crate::ops::*;

#[derive(PartialEq, PartialOrd, Eq, Ord, Clone, Copy, Default, Hash)]
#[repr(transparent)]
pub struct Saturating<T>(pub T);

macro_rules! operator {
    ($t:ident $trait:ident $method:ident $assign:ident $assign_method:ident |$a:ident, $b:ident| $value:expr) => {
        impl $trait for Saturating<$t> {
            type Output = Saturating<$t>;
            #[inline]
            #[track_caller]
            fn $method(self, other: Saturating<$t>) -> Saturating<$t> {
                let ($a, $b) = (self.0, other.0);
                Saturating($value)
            }
        }

        impl $assign for Saturating<$t> {
            #[inline]
            #[track_caller]
            fn $assign_method(&mut self, other: Saturating<$t>) {
                let ($a, $b) = (self.0, other.0);
                self.0 = $value;
            }
        }

        impl $assign<$t> for Saturating<$t> {
            #[inline]
            #[track_caller]
            fn $assign_method(&mut self, other: $t) {
                let ($a, $b) = (self.0, other);
                self.0 = $value;
            }
        }
    };
}

macro_rules! saturating {
    ($($t:ident)*) => {
        $(
            operator! { $t Add add AddAssign add_assign |a, b| a.saturating_add(b) }
            operator! { $t Sub sub SubAssign sub_assign |a, b| a.saturating_sub(b) }
            operator! { $t Mul mul MulAssign mul_assign |a, b| a.saturating_mul(b) }
            operator! { $t Div div DivAssign div_assign |a, b| a.saturating_div(b) }
            operator! { $t Rem rem RemAssign rem_assign |a, b| a.wrapping_rem(b) }
            operator! { $t BitAnd bitand BitAndAssign bitand_assign |a, b| a & b }
            operator! { $t BitOr bitor BitOrAssign bitor_assign |a, b| a | b }
            operator! { $t BitXor bitxor BitXorAssign bitxor_assign |a, b| a ^ b }

            impl Not for Saturating<$t> {
                type Output = Saturating<$t>;
                #[inline]
                fn not(self) -> Saturating<$t> {
                    Saturating(!self.0)
                }
            }

            impl Saturating<$t> {
                pub const MIN: Self = Saturating($t::MIN);
                pub const MAX: Self = Saturating($t::MAX);
                pub const BITS: u32 = $t::BITS;

                #[inline]
                pub const fn pow(self, exp: u32) -> Self {
                    Saturating(self.0.saturating_pow(exp))
                }

                #[inline]
                pub const fn rotate_left(self, n: u32) -> Self {
                    Saturating(self.0.rotate_left(n))
                }

                #[inline]
                pub const fn rotate_right(self, n: u32) -> Self {
                    Saturating(self.0.rotate_right(n))
                }

                #[inline]
                pub const fn from_be(x: Self) -> Self {
                    Saturating($t::from_be(x.0))
                }

                #[inline]
                pub const fn from_le(x: Self) -> Self {
                    Saturating($t::from_le(x.0))
                }

                bits! { count_ones u32, count_zeros u32, leading_zeros u32, trailing_zeros u32 }
            }

            same! { $t swap_bytes reverse_bits to_be to_le }
        )*
    };
}

/// Methods that say something of the bits.
macro_rules! bits {
    ($($method:ident $given:ty),*) => {
        $(
            #[inline]
            pub const fn $method(self) -> $given {
                self.0.$method()
            }
        )*
    };
}

/// Methods that give another value of the type.
macro_rules! same {
    ($t:ident $($method:ident)*) => {
        impl Saturating<$t> {
            $(
                #[inline]
                pub const fn $method(self) -> Self {
                    Saturating(self.0.$method())
                }
            )*
        }
    };
}
saturating! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! signed {
    ($($t:ident)*) => {
        $(
            impl Saturating<$t> {
                #[inline]
                pub const fn abs(self) -> Self {
                    Saturating(self.0.saturating_abs())
                }

                bits! { is_positive bool, is_negative bool }
            }

            same! { $t signum }

            impl Neg for Saturating<$t> {
                type Output = Self;
                #[inline]
                fn neg(self) -> Self {
                    Saturating(self.0.saturating_neg())
                }
            }
        )*
    };
}
signed! { i8 i16 i32 i64 i128 isize }

macro_rules! unsigned {
    ($($t:ident)*) => {
        $(
            impl Saturating<$t> {
                bits! { is_power_of_two bool }
            }
        )*
    };
}
unsigned! { u8 u16 u32 u64 u128 usize }

macro_rules! as_text {
    ($($name:ident)*) => {
        $(
            impl<T: fmt::$name> fmt::$name for Saturating<T> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }
        )*
    };
}
as_text! { Debug Display Binary Octal LowerHex UpperHex }
