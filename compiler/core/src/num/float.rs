//! Floats, as programs without std see them: roots, rounding and what the process's libm computes are methods of
//! std's (`compiler/core/std/`).

use super::FpCategory;
use crate::cmp::Ordering;
use crate::intrinsics;

macro_rules! constants {
    ($t:ident: $max:expr, $min_positive:expr, $epsilon:expr, $nan:expr;
        $digits:expr, $mantissa:expr, $min_exp:expr, $max_exp:expr, $min_10:expr, $max_10:expr) => {
        impl $t {
            pub const RADIX: u32 = 2;
            pub const MANTISSA_DIGITS: u32 = $mantissa;
            pub const DIGITS: u32 = $digits;
            pub const EPSILON: $t = $epsilon;
            pub const MIN: $t = -$max;
            pub const MIN_POSITIVE: $t = $min_positive;
            pub const MAX: $t = $max;
            pub const MIN_EXP: i32 = $min_exp;
            pub const MAX_EXP: i32 = $max_exp;
            pub const MIN_10_EXP: i32 = $min_10;
            pub const MAX_10_EXP: i32 = $max_10;
            // The processor makes another one of 0.0 / 0.0.
            pub const NAN: $t = unsafe { intrinsics::transmute($nan) };
            pub const INFINITY: $t = 1.0 / 0.0;
            pub const NEG_INFINITY: $t = -1.0 / 0.0;
        }
    };
}
constants! {
    f32: 3.40282347e+38, 1.17549435e-38, 1.19209290e-07, 0x7fc0_0000u32;
    6, 24, -125, 128, -37, 38
}
constants! {
    f64: 1.7976931348623157E+308, 2.2250738585072014E-308, 2.2204460492503131e-16, 0x7ff8_0000_0000_0000u64;
    15, 53, -1021, 1024, -307, 308
}

macro_rules! instructions {
    ($t:ident: $($method:ident = $intrinsic:ident;)*) => {
        impl $t {
            $(
                #[inline(always)]
                pub const fn $method(self) -> $t {
                    intrinsics::$intrinsic(self)
                }
            )*
        }
    };
}
instructions! { f32: abs = fabsf32; }
instructions! { f64: abs = fabsf64; }

macro_rules! float {
    ($t:ident $bits:ident $signed:ident $width:literal $bytes:literal;
        $sign_mask:expr, $exponent_mask:expr, $mantissa_mask:expr;
        $copysign:ident $minnum:ident $maxnum:ident;
        $degrees_per_radian:expr, $radians_per_degree:expr) => {
        impl $t {
            #[inline(always)]
            pub const fn is_nan(self) -> bool {
                self != self
            }

            #[inline]
            pub const fn is_infinite(self) -> bool {
                (self == $t::INFINITY) | (self == $t::NEG_INFINITY)
            }

            #[inline]
            pub const fn is_finite(self) -> bool {
                self.abs() < $t::INFINITY
            }

            #[inline]
            pub const fn is_subnormal(self) -> bool {
                matches!(self.classify(), FpCategory::Subnormal)
            }

            #[inline]
            pub const fn is_normal(self) -> bool {
                matches!(self.classify(), FpCategory::Normal)
            }

            pub const fn classify(self) -> FpCategory {
                let bits = self.to_bits();
                let mantissa = bits & $mantissa_mask;
                let exponent = bits & $exponent_mask;
                if exponent == $exponent_mask {
                    if mantissa == 0 { FpCategory::Infinite } else { FpCategory::Nan }
                } else if exponent == 0 {
                    if mantissa == 0 { FpCategory::Zero } else { FpCategory::Subnormal }
                } else {
                    FpCategory::Normal
                }
            }

            #[inline]
            pub const fn is_sign_positive(self) -> bool {
                !self.is_sign_negative()
            }

            #[inline]
            pub const fn is_sign_negative(self) -> bool {
                self.to_bits() & $sign_mask != 0
            }

            #[inline]
            pub const fn next_up(self) -> $t {
                let bits = self.to_bits();
                if self.is_nan() || bits == $t::INFINITY.to_bits() {
                    return self;
                }
                let magnitude = bits & !$sign_mask;
                let next = if magnitude == 0 {
                    1
                } else if bits == magnitude {
                    bits + 1
                } else {
                    bits - 1
                };
                $t::from_bits(next)
            }

            #[inline]
            pub const fn next_down(self) -> $t {
                let bits = self.to_bits();
                if self.is_nan() || bits == $t::NEG_INFINITY.to_bits() {
                    return self;
                }
                let magnitude = bits & !$sign_mask;
                let next = if magnitude == 0 {
                    $sign_mask | 1
                } else if bits == magnitude {
                    bits - 1
                } else {
                    bits + 1
                };
                $t::from_bits(next)
            }

            #[inline]
            pub const fn recip(self) -> $t {
                1.0 / self
            }

            #[inline]
            pub const fn to_degrees(self) -> $t {
                self * $degrees_per_radian
            }

            #[inline]
            pub const fn to_radians(self) -> $t {
                self * $radians_per_degree
            }

            #[inline(always)]
            pub const fn max(self, other: $t) -> $t {
                intrinsics::$maxnum(self, other)
            }

            #[inline(always)]
            pub const fn min(self, other: $t) -> $t {
                intrinsics::$minnum(self, other)
            }

            #[inline]
            #[track_caller]
            pub const fn clamp(self, min: $t, max: $t) -> $t {
                if !(min <= max) {
                    crate::panicking::clamp_of_floats_failed(min as f64, max as f64, crate::mem::size_of::<$t>())
                }
                let mut x = self;
                if x < min {
                    x = min;
                }
                if x > max {
                    x = max;
                }
                x
            }

            #[inline(always)]
            pub const fn copysign(self, sign: $t) -> $t {
                intrinsics::$copysign(self, sign)
            }

            #[inline]
            pub const fn signum(self) -> $t {
                if self.is_nan() { $t::NAN } else { intrinsics::$copysign(1.0, self) }
            }

            #[inline(always)]
            pub const fn to_bits(self) -> $bits {
                unsafe { intrinsics::transmute(self) }
            }

            #[inline(always)]
            pub const fn from_bits(v: $bits) -> $t {
                unsafe { intrinsics::transmute(v) }
            }

            #[inline]
            pub const fn to_be_bytes(self) -> [u8; $bytes] {
                self.to_bits().to_be_bytes()
            }

            #[inline]
            pub const fn to_le_bytes(self) -> [u8; $bytes] {
                self.to_bits().to_le_bytes()
            }

            #[inline]
            pub const fn to_ne_bytes(self) -> [u8; $bytes] {
                self.to_bits().to_ne_bytes()
            }

            #[inline]
            pub const fn from_be_bytes(bytes: [u8; $bytes]) -> $t {
                $t::from_bits($bits::from_be_bytes(bytes))
            }

            #[inline]
            pub const fn from_le_bytes(bytes: [u8; $bytes]) -> $t {
                $t::from_bits($bits::from_le_bytes(bytes))
            }

            #[inline]
            pub const fn from_ne_bytes(bytes: [u8; $bytes]) -> $t {
                $t::from_bits($bits::from_ne_bytes(bytes))
            }

            #[inline]
            pub const fn total_cmp(&self, other: &$t) -> Ordering {
                let mut left = self.to_bits() as $signed;
                let mut right = other.to_bits() as $signed;
                left ^= (((left >> ($width - 1)) as $bits) >> 1) as $signed;
                right ^= (((right >> ($width - 1)) as $bits) >> 1) as $signed;
                if left < right {
                    Ordering::Less
                } else if left == right {
                    Ordering::Equal
                } else {
                    Ordering::Greater
                }
            }

            #[inline]
            pub unsafe fn to_int_unchecked<Int: Copy>(self) -> Int {
                unsafe { intrinsics::float_to_int_unchecked(self) }
            }
        }
    };
}
float! {
    f32 u32 i32 32 4; 0x8000_0000, 0x7f80_0000, 0x007f_ffff;
    copysignf32 minnumf32 maxnumf32;
    57.2957795130823208767981548141051703_f32, (crate::f32::consts::PI / 180.0)
}
float! {
    f64 u64 i64 64 8; 0x8000_0000_0000_0000, 0x7ff0_0000_0000_0000, 0x000f_ffff_ffff_ffff;
    copysignf64 minnumf64 maxnumf64;
    (180.0f64 / crate::f64::consts::PI), (crate::f64::consts::PI / 180.0)
}

impl f32 {
    /// In double precision, where it cannot overflow.
    #[inline]
    pub const fn midpoint(self, other: f32) -> f32 {
        ((self as f64 + other as f64) / 2.0) as f32
    }
}

impl f64 {
    #[inline]
    pub const fn midpoint(self, other: f64) -> f64 {
        const LOW: f64 = f64::MIN_POSITIVE * 2.;
        const HIGH: f64 = f64::MAX / 2.;
        let (a, b) = (self, other);
        if a.abs() <= HIGH && b.abs() <= HIGH {
            (a + b) / 2.
        } else if a.abs() < LOW {
            a + (b / 2.)
        } else if b.abs() < LOW {
            (a / 2.) + b
        } else {
            (a / 2.) + (b / 2.)
        }
    }
}
