//! Square roots of integers, rounded down.

use crate::intrinsics;

macro_rules! unsigned_roots {
    ($($t:ident $bits:literal;)*) => {
        $(
            impl $t {
                /// Digit by digit, two bits at a time.
                #[inline]
                pub const fn isqrt(self) -> Self {
                    let mut rest = self;
                    let mut root: $t = 0;
                    if rest == 0 {
                        return 0;
                    }
                    let mut bit: $t = unsafe { intrinsics::unchecked_shl(1, ($bits - 1 - rest.leading_zeros()) & !1u32) };
                    while bit != 0 {
                        let trial = root + bit;
                        root >>= 1;
                        if rest >= trial {
                            rest -= trial;
                            root += bit;
                        }
                        bit >>= 2;
                    }
                    root
                }
            }
        )*
    };
}
unsigned_roots! { u8 8; u16 16; u32 32; u64 64; u128 128; usize 64; }

macro_rules! signed_roots {
    ($($t:ident $unsigned:ident;)*) => {
        $(
            impl $t {
                #[inline]
                pub const fn checked_isqrt(self) -> Option<Self> {
                    if self < 0 { None } else { Some((self as $unsigned).isqrt() as $t) }
                }

                #[inline]
                #[track_caller]
                pub const fn isqrt(self) -> Self {
                    match self.checked_isqrt() {
                        Some(root) => root,
                        None => crate::panicking::panic("argument of integer square root cannot be negative"),
                    }
                }
            }
        )*
    };
}
signed_roots! { i8 u8; i16 u16; i32 u32; i64 u64; i128 u128; isize usize; }
