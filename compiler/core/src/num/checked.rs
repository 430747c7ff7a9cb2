//! Arithmetic that gives `None` where the result is not a number of the type.

use crate::intrinsics;

macro_rules! checked {
    ($($t:ident $bits:literal;)*) => {
        $(
            impl $t {
                #[inline(always)]
                pub const fn checked_add(self, rhs: Self) -> Option<Self> {
                    let (a, over) = intrinsics::add_with_overflow(self, rhs);
                    if over { None } else { Some(a) }
                }

                #[inline(always)]
                pub const fn checked_sub(self, rhs: Self) -> Option<Self> {
                    let (a, over) = intrinsics::sub_with_overflow(self, rhs);
                    if over { None } else { Some(a) }
                }

                #[inline(always)]
                pub const fn checked_mul(self, rhs: Self) -> Option<Self> {
                    let (a, over) = intrinsics::mul_with_overflow(self, rhs);
                    if over { None } else { Some(a) }
                }

                #[inline]
                pub const fn checked_div(self, rhs: Self) -> Option<Self> {
                    if rhs == 0 || ($t::MIN != 0 && self == $t::MIN && rhs == !0) {
                        None
                    } else {
                        unsafe { Some(intrinsics::unchecked_div(self, rhs)) }
                    }
                }

                #[inline]
                pub const fn checked_rem(self, rhs: Self) -> Option<Self> {
                    if rhs == 0 || ($t::MIN != 0 && self == $t::MIN && rhs == !0) {
                        None
                    } else {
                        unsafe { Some(intrinsics::unchecked_rem(self, rhs)) }
                    }
                }

                #[inline]
                pub const fn checked_neg(self) -> Option<Self> {
                    let (a, over) = intrinsics::sub_with_overflow(0, self);
                    if over { None } else { Some(a) }
                }

                #[inline]
                pub const fn checked_shl(self, rhs: u32) -> Option<Self> {
                    if rhs < $bits { unsafe { Some(intrinsics::unchecked_shl(self, rhs)) } } else { None }
                }

                #[inline]
                pub const fn checked_shr(self, rhs: u32) -> Option<Self> {
                    if rhs < $bits { unsafe { Some(intrinsics::unchecked_shr(self, rhs)) } } else { None }
                }

                #[inline]
                pub const fn checked_pow(self, mut exp: u32) -> Option<Self> {
                    if exp == 0 {
                        return Some(1);
                    }
                    let mut base = self;
                    let mut result: $t = 1;
                    loop {
                        if exp & 1 == 1 {
                            let (product, over) = intrinsics::mul_with_overflow(result, base);
                            if over {
                                return None;
                            }
                            result = product;
                            if exp == 1 {
                                return Some(result);
                            }
                        }
                        exp >>= 1;
                        let (square, over) = intrinsics::mul_with_overflow(base, base);
                        if over {
                            return None;
                        }
                        base = square;
                    }
                }

                #[inline]
                pub const fn checked_ilog2(self) -> Option<u32> {
                    if self <= 0 { None } else { Some($bits - 1 - self.leading_zeros()) }
                }

                #[inline]
                pub const fn checked_ilog10(self) -> Option<u32> {
                    self.checked_ilog(10)
                }

                #[inline]
                pub const fn checked_ilog(self, base: Self) -> Option<u32> {
                    if self <= 0 || base <= 1 {
                        return None;
                    }
                    let mut n = 0;
                    let mut rest = self;
                    while rest >= base {
                        rest = rest / base;
                        n += 1;
                    }
                    Some(n)
                }

                #[inline]
                #[track_caller]
                pub const fn ilog2(self) -> u32 {
                    match self.checked_ilog2() {
                        Some(log) => log,
                        None => crate::panicking::panic("argument of integer logarithm must be positive"),
                    }
                }

                #[inline]
                #[track_caller]
                pub const fn ilog10(self) -> u32 {
                    match self.checked_ilog10() {
                        Some(log) => log,
                        None => crate::panicking::panic("argument of integer logarithm must be positive"),
                    }
                }

                #[inline]
                #[track_caller]
                pub const fn ilog(self, base: Self) -> u32 {
                    if base < 2 {
                        crate::panicking::panic("base of integer logarithm must be at least 2")
                    }
                    match self.checked_ilog(base) {
                        Some(log) => log,
                        None => crate::panicking::panic("argument of integer logarithm must be positive"),
                    }
                }
            }
        )*
    };
}
checked! {
    u8 8; u16 16; u32 32; u64 64; u128 128; usize 64;
    i8 8; i16 16; i32 32; i64 64; i128 128; isize 64;
}
