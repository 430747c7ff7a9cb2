//! Integers as text.

use super::{Binary, Debug, Display, Formatter, LowerExp, LowerHex, Octal, Pointer, Result, UpperExp, UpperHex};
use crate::string::String;

/// Digits from the end of a buffer that is long enough for 128 bits.
struct Digits {
    bytes: [u8; 128],
    at: usize,
}

impl Digits {
    fn new() -> Digits {
        Digits { bytes: [0; 128], at: 128 }
    }

    fn push(&mut self, digit: u8, letters: u8) {
        self.at -= 1;
        self.bytes[self.at] = if digit < 10 { b'0' + digit } else { letters + digit - 10 };
    }

    fn decimal(&mut self, number: u128) {
        let mut wide = number;
        while wide > 0xffff_ffff_ffff_ffff {
            self.push((wide % 10) as u8, 0);
            wide /= 10;
        }
        let mut rest = wide as u64;
        loop {
            self.push((rest % 10) as u8, 0);
            rest /= 10;
            if rest == 0 {
                return;
            }
        }
    }

    fn bits(&mut self, number: u128, bits: u32, letters: u8) {
        let mask = (1u8 << bits) - 1;
        let mut rest = number;
        loop {
            self.push(rest as u8 & mask, letters);
            rest >>= bits;
            if rest == 0 {
                return;
            }
        }
    }

    fn as_str(&self) -> &str {
        unsafe { crate::str::from_utf8_unchecked(&self.bytes[self.at..]) }
    }
}

/// How many digits stand behind the first one.
fn behind_first(number: u128) -> usize {
    let (mut rest, mut count) = (number, 0);
    while rest >= 10 {
        rest /= 10;
        count += 1;
    }
    count
}

/// One digit, what stands behind it without zeroes at the end, `mark` and the power of ten.
fn exponential(number: u128, negative: bool, mark: char, f: &mut Formatter<'_>) -> Result {
    let (mut rest, mut exponent) = (number, 0);
    while rest >= 10 && rest % 10 == 0 {
        rest /= 10;
        exponent += 1;
    }
    let there = behind_first(rest);
    let wanted = f.precision().unwrap_or(there);
    let dropped = there.saturating_sub(wanted);
    if dropped > 0 {
        for _ in 1..dropped {
            rest /= 10;
        }
        let last = rest % 10;
        rest /= 10;
        exponent += dropped;
        // To the nearest, and to the even one of two; behind `last` there is more, where more was dropped.
        if last > 5 || last == 5 && (rest % 2 != 0 || dropped > 1) {
            rest += 1;
            if behind_first(rest) > behind_first(rest - 1) {
                rest /= 10;
                exponent += 1;
            }
        }
    }
    let (mut digits, mut text) = (Digits::new(), String::new());
    digits.decimal(rest);
    let (first, others) = digits.as_str().split_at(1);
    text.push_str(first);
    let zeroes = wanted.saturating_sub(there);
    if !others.is_empty() || zeroes > 0 {
        text.push('.');
    }
    text.push_str(others);
    for _ in 0..zeroes {
        text.push('0');
    }
    text.push(mark);
    let mut power = Digits::new();
    power.decimal((exponent + others.len()) as u128);
    text.push_str(power.as_str());
    let sign = if negative {
        "-"
    } else if f.sign_plus() {
        "+"
    } else {
        ""
    };
    f.pad_number(sign, &text)
}

macro_rules! integers {
    ($($t:ident $unsigned:ident)*) => {
        $(
            impl Display for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let negative = *self < (0 as $t);
                    let magnitude = if negative { (*self as $unsigned).wrapping_neg() } else { *self as $unsigned };
                    let mut digits = Digits::new();
                    digits.decimal(magnitude as u128);
                    f.pad_integral(!negative, "", digits.as_str())
                }
            }

            impl Debug for $t {
                #[inline]
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    if f.debug_lower_hex() {
                        LowerHex::fmt(self, f)
                    } else if f.debug_upper_hex() {
                        UpperHex::fmt(self, f)
                    } else {
                        Display::fmt(self, f)
                    }
                }
            }

            impl LowerHex for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let mut digits = Digits::new();
                    digits.bits(*self as $unsigned as u128, 4, b'a');
                    f.pad_integral(true, "0x", digits.as_str())
                }
            }

            impl UpperHex for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let mut digits = Digits::new();
                    digits.bits(*self as $unsigned as u128, 4, b'A');
                    f.pad_integral(true, "0x", digits.as_str())
                }
            }

            impl Octal for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let mut digits = Digits::new();
                    digits.bits(*self as $unsigned as u128, 3, 0);
                    f.pad_integral(true, "0o", digits.as_str())
                }
            }

            impl Binary for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let mut digits = Digits::new();
                    digits.bits(*self as $unsigned as u128, 1, 0);
                    f.pad_integral(true, "0b", digits.as_str())
                }
            }

            impl LowerExp for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let negative = *self < (0 as $t);
                    let magnitude = if negative { (*self as $unsigned).wrapping_neg() } else { *self as $unsigned };
                    exponential(magnitude as u128, negative, 'e', f)
                }
            }

            impl UpperExp for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let negative = *self < (0 as $t);
                    let magnitude = if negative { (*self as $unsigned).wrapping_neg() } else { *self as $unsigned };
                    exponential(magnitude as u128, negative, 'E', f)
                }
            }
        )*
    };
}
integers! {
    u8 u8 u16 u16 u32 u32 u64 u64 u128 u128 usize usize
    i8 u8 i16 u16 i32 u32 i64 u64 i128 u128 isize usize
}

fn pointer(address: usize, f: &mut Formatter<'_>) -> Result {
    let mut digits = Digits::new();
    digits.bits(address as u128, 4, b'a');
    f.pad_address(digits.as_str())
}

macro_rules! pointers {
    ($($t:ty, |$x:ident| $address:expr;)*) => {
        $(
            impl<T: ?Sized> Pointer for $t {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    let $x = *self;
                    pointer($address, f)
                }
            }
        )*
    };
}
pointers! {
    *const T, |x| x.addr();
    *mut T, |x| x.addr();
}

impl<T: ?Sized> Pointer for &T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        pointer((*self as *const T).addr(), f)
    }
}

impl<T: ?Sized> Pointer for &mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        pointer((&**self as *const T).addr(), f)
    }
}

impl<T: ?Sized> Debug for *const T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(self, f)
    }
}

impl<T: ?Sized> Debug for *mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(self, f)
    }
}
