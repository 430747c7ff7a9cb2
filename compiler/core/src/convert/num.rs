//! Between numbers: `From` where nothing is lost, `TryFrom` where something may be.

use crate::num::TryFromIntError;

macro_rules! lossless {
    ($($from:ident => $($to:ident)*;)*) => {
        $($(
            impl From<$from> for $to {
                #[inline(always)]
                fn from(small: $from) -> $to {
                    small as $to
                }
            }
        )*)*
    };
}
lossless! {
    bool => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    u8 => u16 u32 u64 u128 usize i16 i32 i64 i128 isize f32 f64 char;
    u16 => u32 u64 u128 usize i32 i64 i128 f32 f64;
    u32 => u64 u128 i64 i128 f64;
    u64 => u128 i128;
    i8 => i16 i32 i64 i128 isize f32 f64;
    i16 => i32 i64 i128 isize f32 f64;
    i32 => i64 i128 f64;
    i64 => i128;
    f32 => f64;
    char => u32 u64 u128;
}

impl From<bool> for f32 {
    #[inline]
    fn from(value: bool) -> f32 {
        value as u8 as f32
    }
}

impl From<bool> for f64 {
    #[inline]
    fn from(value: bool) -> f64 {
        value as u8 as f64
    }
}

// A number is in range where it is the same after the way there and back, with the same sign.
macro_rules! narrowing {
    ($($from:ident => $($to:ident)*;)*) => {
        $($(
            impl TryFrom<$from> for $to {
                type Error = TryFromIntError;

                #[inline]
                fn try_from(u: $from) -> Result<$to, TryFromIntError> {
                    let there = u as $to;
                    if there as $from == u && (there < (0 as $to)) == (u < (0 as $from)) {
                        Ok(there)
                    } else {
                        Err(TryFromIntError(()))
                    }
                }
            }
        )*)*
    };
}
narrowing! {
    u8 => i8;
    u16 => u8 i8 i16 isize;
    u32 => u8 u16 i8 i16 i32 usize isize;
    u64 => u8 u16 u32 i8 i16 i32 i64 usize isize;
    u128 => u8 u16 u32 u64 i8 i16 i32 i64 i128 usize isize;
    usize => u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 isize;
    i8 => u8 u16 u32 u64 u128 usize;
    i16 => u8 u16 u32 u64 u128 i8 usize;
    i32 => u8 u16 u32 u64 u128 i8 i16 usize isize;
    i64 => u8 u16 u32 u64 u128 i8 i16 i32 usize isize;
    i128 => u8 u16 u32 u64 u128 i8 i16 i32 i64 usize isize;
    isize => u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 usize;
}

impl TryFrom<u32> for char {
    type Error = crate::char::CharTryFromError;

    #[inline]
    fn try_from(i: u32) -> Result<char, crate::char::CharTryFromError> {
        match crate::char::from_u32(i) {
            Some(c) => Ok(c),
            None => Err(crate::char::CharTryFromError(())),
        }
    }
}

impl TryFrom<char> for u8 {
    type Error = crate::char::TryFromCharError;

    #[inline]
    fn try_from(c: char) -> Result<u8, crate::char::TryFromCharError> {
        if c as u32 <= 0xFF { Ok(c as u32 as u8) } else { Err(crate::char::TryFromCharError(())) }
    }
}

impl TryFrom<char> for u16 {
    type Error = crate::char::TryFromCharError;

    #[inline]
    fn try_from(c: char) -> Result<u16, crate::char::TryFromCharError> {
        if c as u32 <= 0xFFFF { Ok(c as u32 as u16) } else { Err(crate::char::TryFromCharError(())) }
    }
}

macro_rules! truth {
    ($($t:ident)*) => {
        $(
            impl TryFrom<$t> for bool {
                type Error = TryFromIntError;
                #[inline]
                fn try_from(i: $t) -> Result<bool, TryFromIntError> {
                    match i {
                        0 => Ok(false),
                        1 => Ok(true),
                        _ => Err(TryFromIntError(())),
                    }
                }
            }
        )*
    };
}
truth! { u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 }
