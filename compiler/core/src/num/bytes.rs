//! Integers as bytes, and the constants that say how large they get.

use crate::intrinsics;

macro_rules! bytes {
    ($($t:ident $bytes:literal $min:expr, $max:expr;)*) => {
        $(
            impl $t {
                pub const MIN: Self = $min;
                pub const MAX: Self = $max;

                #[inline]
                pub const fn to_ne_bytes(self) -> [u8; $bytes] {
                    unsafe { intrinsics::transmute(self) }
                }

                #[inline]
                pub const fn to_le_bytes(self) -> [u8; $bytes] {
                    unsafe { intrinsics::transmute(self) }
                }

                #[inline]
                pub const fn to_be_bytes(self) -> [u8; $bytes] {
                    unsafe { intrinsics::transmute(self.swap_bytes()) }
                }

                #[inline]
                pub const fn from_ne_bytes(bytes: [u8; $bytes]) -> Self {
                    unsafe { intrinsics::transmute(bytes) }
                }

                #[inline]
                pub const fn from_le_bytes(bytes: [u8; $bytes]) -> Self {
                    unsafe { intrinsics::transmute(bytes) }
                }

                #[inline]
                pub const fn from_be_bytes(bytes: [u8; $bytes]) -> Self {
                    let little: $t = unsafe { intrinsics::transmute(bytes) };
                    little.swap_bytes()
                }
            }
        )*
    };
}
bytes! {
    u8 1 0, 0xff;
    u16 2 0, 0xffff;
    u32 4 0, 0xffff_ffff;
    u64 8 0, 0xffff_ffff_ffff_ffff;
    u128 16 0, 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff;
    usize 8 0, 0xffff_ffff_ffff_ffff;
    i8 1 -0x80, 0x7f;
    i16 2 -0x8000, 0x7fff;
    i32 4 -0x8000_0000, 0x7fff_ffff;
    i64 8 -0x8000_0000_0000_0000, 0x7fff_ffff_ffff_ffff;
    i128 16 -0x8000_0000_0000_0000_0000_0000_0000_0000, 0x7fff_ffff_ffff_ffff_ffff_ffff_ffff_ffff;
    isize 8 -0x8000_0000_0000_0000, 0x7fff_ffff_ffff_ffff;
}
