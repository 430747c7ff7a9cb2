//! Floats. Roots and rounding are machine instructions; what is beyond them comes from the process's libm,
//! as it does in a program that rustc compiled.

use super::FpCategory;
use crate::cmp::Ordering;
use crate::intrinsics;

unsafe extern "C" {
    fn acosf(x: f32) -> f32;
    fn asinf(x: f32) -> f32;
    fn atan2f(x: f32, y: f32) -> f32;
    fn atanf(x: f32) -> f32;
    fn cbrtf(x: f32) -> f32;
    fn cosf(x: f32) -> f32;
    fn coshf(x: f32) -> f32;
    fn exp2f(x: f32) -> f32;
    fn expf(x: f32) -> f32;
    fn expm1f(x: f32) -> f32;
    fn fdimf(x: f32, y: f32) -> f32;
    fn fmaf(x: f32, y: f32, z: f32) -> f32;
    fn hypotf(x: f32, y: f32) -> f32;
    fn log10f(x: f32) -> f32;
    fn log1pf(x: f32) -> f32;
    fn log2f(x: f32) -> f32;
    fn logf(x: f32) -> f32;
    fn powf(x: f32, y: f32) -> f32;
    fn roundf(x: f32) -> f32;
    fn sinf(x: f32) -> f32;
    fn sinhf(x: f32) -> f32;
    fn tanf(x: f32) -> f32;
    fn tanhf(x: f32) -> f32;

    fn acos(x: f64) -> f64;
    fn asin(x: f64) -> f64;
    fn atan(x: f64) -> f64;
    fn atan2(x: f64, y: f64) -> f64;
    fn cbrt(x: f64) -> f64;
    fn cos(x: f64) -> f64;
    fn cosh(x: f64) -> f64;
    fn exp(x: f64) -> f64;
    fn exp2(x: f64) -> f64;
    fn expm1(x: f64) -> f64;
    fn fdim(x: f64, y: f64) -> f64;
    fn fma(x: f64, y: f64, z: f64) -> f64;
    fn hypot(x: f64, y: f64) -> f64;
    fn log(x: f64) -> f64;
    fn log10(x: f64) -> f64;
    fn log1p(x: f64) -> f64;
    fn log2(x: f64) -> f64;
    fn pow(x: f64, y: f64) -> f64;
    fn round(x: f64) -> f64;
    fn sin(x: f64) -> f64;
    fn sinh(x: f64) -> f64;
    fn tan(x: f64) -> f64;
    fn tanh(x: f64) -> f64;
}

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
instructions! { f32: abs = fabsf32; floor = floorf32; ceil = ceilf32; trunc = truncf32; round_ties_even = round_ties_even_f32; }
instructions! { f64: abs = fabsf64; floor = floorf64; ceil = ceilf64; trunc = truncf64; round_ties_even = round_ties_even_f64; }

macro_rules! of_libm {
    ($t:ident: $($method:ident = $function:ident;)*) => {
        impl $t {
            $(
                #[inline]
                pub fn $method(self) -> $t {
                    unsafe { $function(self) }
                }
            )*
        }
    };
}
of_libm! {
    f32:
    sin = sinf; cos = cosf; tan = tanf; asin = asinf; acos = acosf; atan = atanf; sinh = sinhf; cosh = coshf;
    tanh = tanhf; exp = expf; exp2 = exp2f; exp_m1 = expm1f; ln = logf; ln_1p = log1pf; log2 = log2f;
    log10 = log10f; cbrt = cbrtf; round = roundf;
}
of_libm! {
    f64:
    sin = sin; cos = cos; tan = tan; asin = asin; acos = acos; atan = atan; sinh = sinh; cosh = cosh;
    tanh = tanh; exp = exp; exp2 = exp2; exp_m1 = expm1; ln = log; ln_1p = log1p; log2 = log2;
    log10 = log10; cbrt = cbrt; round = round;
}

macro_rules! float {
    ($t:ident $bits:ident $signed:ident $width:literal $bytes:literal;
        $sign_mask:expr, $exponent_mask:expr, $mantissa_mask:expr;
        $sqrt:ident $copysign:ident $minnum:ident $maxnum:ident;
        $pow:ident $fma:ident $hypot:ident $atan2:ident $fdim:ident;
        $degrees_per_radian:expr, $radians_per_degree:expr) => {
        impl $t {
            #[inline(always)]
            pub fn sqrt(self) -> $t {
                intrinsics::$sqrt(self)
            }

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

            #[inline]
            pub const fn fract(self) -> $t {
                self - self.trunc()
            }

            #[inline]
            pub fn mul_add(self, a: $t, b: $t) -> $t {
                unsafe { $fma(self, a, b) }
            }

            #[inline]
            pub fn div_euclid(self, rhs: $t) -> $t {
                let quotient = (self / rhs).trunc();
                if self % rhs < 0.0 {
                    return if rhs > 0.0 { quotient - 1.0 } else { quotient + 1.0 };
                }
                quotient
            }

            #[inline]
            pub fn rem_euclid(self, rhs: $t) -> $t {
                let rest = self % rhs;
                if rest < 0.0 { rest + rhs.abs() } else { rest }
            }

            #[inline]
            pub fn powi(self, n: i32) -> $t {
                let mut base = self;
                let mut left = n;
                let mut result: $t = 1.0;
                loop {
                    if left & 1 != 0 {
                        result *= base;
                    }
                    left /= 2;
                    if left == 0 {
                        break;
                    }
                    base *= base;
                }
                if n < 0 { 1.0 / result } else { result }
            }

            #[inline]
            pub fn powf(self, n: $t) -> $t {
                unsafe { $pow(self, n) }
            }

            #[inline]
            pub fn log(self, base: $t) -> $t {
                self.ln() / base.ln()
            }

            #[inline]
            pub fn hypot(self, other: $t) -> $t {
                unsafe { $hypot(self, other) }
            }

            #[inline]
            pub fn atan2(self, other: $t) -> $t {
                unsafe { $atan2(self, other) }
            }

            #[inline]
            pub fn abs_sub(self, other: $t) -> $t {
                unsafe { $fdim(self, other) }
            }

            #[inline]
            pub fn sin_cos(self) -> ($t, $t) {
                (self.sin(), self.cos())
            }

            #[inline]
            pub fn asinh(self) -> $t {
                let ax = self.abs();
                let ix = 1.0 / ax;
                (ax + (ax / ($t::hypot(1.0, ix) + ix))).ln_1p().copysign(self)
            }

            #[inline]
            pub fn acosh(self) -> $t {
                if self < 1.0 {
                    $t::NAN
                } else {
                    (self + ((self - 1.0).sqrt() * (self + 1.0).sqrt())).ln()
                }
            }

            #[inline]
            pub fn atanh(self) -> $t {
                0.5 * ((2.0 * self) / (1.0 - self)).ln_1p()
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
    sqrtf32 copysignf32 minnumf32 maxnumf32; powf fmaf hypotf atan2f fdimf;
    57.2957795130823208767981548141051703_f32, (crate::f32::consts::PI / 180.0)
}
float! {
    f64 u64 i64 64 8; 0x8000_0000_0000_0000, 0x7ff0_0000_0000_0000, 0x000f_ffff_ffff_ffff;
    sqrtf64 copysignf64 minnumf64 maxnumf64; pow fma hypot atan2 fdim;
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
