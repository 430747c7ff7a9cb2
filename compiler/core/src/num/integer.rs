//! What all integers have in common, apart from checked arithmetic and bytes.

use crate::intrinsics;

macro_rules! integer {
    ($($t:ident $unsigned:ident $signed:ident $bits:literal;)*) => {
        $(
            impl $t {
                pub const BITS: u32 = $bits;

                #[inline(always)]
                pub const fn count_ones(self) -> u32 {
                    intrinsics::ctpop(self as $unsigned)
                }

                #[inline(always)]
                pub const fn count_zeros(self) -> u32 {
                    intrinsics::ctpop(!self as $unsigned)
                }

                #[inline(always)]
                pub const fn leading_zeros(self) -> u32 {
                    intrinsics::ctlz(self as $unsigned)
                }

                #[inline(always)]
                pub const fn trailing_zeros(self) -> u32 {
                    intrinsics::cttz(self as $unsigned)
                }

                #[inline(always)]
                pub const fn leading_ones(self) -> u32 {
                    intrinsics::ctlz(!self as $unsigned)
                }

                #[inline(always)]
                pub const fn trailing_ones(self) -> u32 {
                    intrinsics::cttz(!self as $unsigned)
                }

                #[inline(always)]
                pub const fn rotate_left(self, n: u32) -> Self {
                    intrinsics::rotate_left(self as $unsigned, n) as $t
                }

                #[inline(always)]
                pub const fn rotate_right(self, n: u32) -> Self {
                    intrinsics::rotate_right(self as $unsigned, n) as $t
                }

                #[inline(always)]
                pub const fn swap_bytes(self) -> Self {
                    intrinsics::bswap(self as $unsigned) as $t
                }

                #[inline(always)]
                pub const fn reverse_bits(self) -> Self {
                    intrinsics::bitreverse(self as $unsigned) as $t
                }

                #[inline(always)]
                pub const fn from_be(x: Self) -> Self {
                    x.swap_bytes()
                }

                #[inline(always)]
                pub const fn from_le(x: Self) -> Self {
                    x
                }

                #[inline(always)]
                pub const fn to_be(self) -> Self {
                    self.swap_bytes()
                }

                #[inline(always)]
                pub const fn to_le(self) -> Self {
                    self
                }

                #[inline(always)]
                pub const fn wrapping_add(self, rhs: Self) -> Self {
                    intrinsics::wrapping_add(self, rhs)
                }

                #[inline(always)]
                pub const fn wrapping_sub(self, rhs: Self) -> Self {
                    intrinsics::wrapping_sub(self, rhs)
                }

                #[inline(always)]
                pub const fn wrapping_mul(self, rhs: Self) -> Self {
                    intrinsics::wrapping_mul(self, rhs)
                }

                #[inline(always)]
                pub const fn wrapping_neg(self) -> Self {
                    intrinsics::wrapping_sub(0, self)
                }

                #[inline(always)]
                pub const fn wrapping_shl(self, rhs: u32) -> Self {
                    unsafe { intrinsics::unchecked_shl(self, rhs & ($bits - 1)) }
                }

                #[inline(always)]
                pub const fn wrapping_shr(self, rhs: u32) -> Self {
                    unsafe { intrinsics::unchecked_shr(self, rhs & ($bits - 1)) }
                }

                #[inline]
                pub const fn wrapping_pow(self, mut exp: u32) -> Self {
                    let mut base = self;
                    let mut result: $t = 1;
                    while exp > 0 {
                        if exp & 1 == 1 {
                            result = intrinsics::wrapping_mul(result, base);
                        }
                        exp >>= 1;
                        base = intrinsics::wrapping_mul(base, base);
                    }
                    result
                }

                #[inline(always)]
                pub const unsafe fn unchecked_add(self, rhs: Self) -> Self {
                    unsafe { intrinsics::unchecked_add(self, rhs) }
                }

                #[inline(always)]
                pub const unsafe fn unchecked_sub(self, rhs: Self) -> Self {
                    unsafe { intrinsics::unchecked_sub(self, rhs) }
                }

                #[inline(always)]
                pub const unsafe fn unchecked_mul(self, rhs: Self) -> Self {
                    unsafe { intrinsics::unchecked_mul(self, rhs) }
                }

                #[inline(always)]
                pub const fn saturating_add(self, rhs: Self) -> Self {
                    intrinsics::saturating_add(self, rhs)
                }

                #[inline(always)]
                pub const fn saturating_sub(self, rhs: Self) -> Self {
                    intrinsics::saturating_sub(self, rhs)
                }

                #[inline(always)]
                pub const fn overflowing_add(self, rhs: Self) -> (Self, bool) {
                    intrinsics::add_with_overflow(self, rhs)
                }

                #[inline(always)]
                pub const fn overflowing_sub(self, rhs: Self) -> (Self, bool) {
                    intrinsics::sub_with_overflow(self, rhs)
                }

                #[inline(always)]
                pub const fn overflowing_mul(self, rhs: Self) -> (Self, bool) {
                    intrinsics::mul_with_overflow(self, rhs)
                }

                #[inline(always)]
                pub const fn overflowing_shl(self, rhs: u32) -> (Self, bool) {
                    (self.wrapping_shl(rhs), rhs >= $bits)
                }

                #[inline(always)]
                pub const fn overflowing_shr(self, rhs: u32) -> (Self, bool) {
                    (self.wrapping_shr(rhs), rhs >= $bits)
                }

                #[inline]
                pub const fn overflowing_pow(self, mut exp: u32) -> (Self, bool) {
                    let mut base = self;
                    let mut result: $t = 1;
                    let mut overflow = false;
                    loop {
                        if exp & 1 == 1 {
                            let (product, over) = intrinsics::mul_with_overflow(result, base);
                            result = product;
                            overflow = overflow | over;
                        }
                        exp >>= 1;
                        if exp == 0 {
                            return (result, overflow);
                        }
                        let (square, over) = intrinsics::mul_with_overflow(base, base);
                        base = square;
                        overflow = overflow | over;
                    }
                }

                #[inline]
                #[track_caller]
                pub const fn pow(self, mut exp: u32) -> Self {
                    if exp == 0 {
                        return 1;
                    }
                    let mut base = self;
                    let mut result: $t = 1;
                    loop {
                        if exp & 1 == 1 {
                            result = result * base;
                            if exp == 1 {
                                return result;
                            }
                        }
                        exp >>= 1;
                        base = base * base;
                    }
                }

                #[inline(always)]
                pub const fn min_value() -> Self {
                    $t::MIN
                }

                #[inline(always)]
                pub const fn max_value() -> Self {
                    $t::MAX
                }
            }
        )*
    };
}
integer! {
    u8 u8 i8 8; u16 u16 i16 16; u32 u32 i32 32; u64 u64 i64 64; u128 u128 i128 128; usize usize isize 64;
    i8 u8 i8 8; i16 u16 i16 16; i32 u32 i32 32; i64 u64 i64 64; i128 u128 i128 128; isize usize isize 64;
}
