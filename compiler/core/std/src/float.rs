//! Floats: roots and rounding are machine instructions; what is beyond them comes from the process's libm, as it does
//! in a program that rustc compiled.

use core::intrinsics;

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

macro_rules! instructions {
    ($t:ident: $($method:ident = $intrinsic:ident;)*) => {
        impl $t {
            $(
                #[rustc_allow_incoherent_impl]
                #[inline(always)]
                pub const fn $method(self) -> $t {
                    intrinsics::$intrinsic(self)
                }
            )*
        }
    };
}
instructions! { f32: floor = floorf32; ceil = ceilf32; trunc = truncf32; round_ties_even = round_ties_even_f32; }
instructions! { f64: floor = floorf64; ceil = ceilf64; trunc = truncf64; round_ties_even = round_ties_even_f64; }

macro_rules! of_libm {
    ($t:ident: $($method:ident = $function:ident;)*) => {
        impl $t {
            $(
                #[rustc_allow_incoherent_impl]
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
    ($t:ident $sqrt:ident $pow:ident $fma:ident $hypot:ident $atan2:ident $fdim:ident) => {
        impl $t {
            #[rustc_allow_incoherent_impl]
            #[inline(always)]
            pub fn sqrt(self) -> $t {
                intrinsics::$sqrt(self)
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub const fn fract(self) -> $t {
                self - self.trunc()
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn mul_add(self, a: $t, b: $t) -> $t {
                unsafe { $fma(self, a, b) }
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn div_euclid(self, rhs: $t) -> $t {
                let quotient = (self / rhs).trunc();
                if self % rhs < 0.0 {
                    return if rhs > 0.0 { quotient - 1.0 } else { quotient + 1.0 };
                }
                quotient
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn rem_euclid(self, rhs: $t) -> $t {
                let rest = self % rhs;
                if rest < 0.0 { rest + rhs.abs() } else { rest }
            }

            #[rustc_allow_incoherent_impl]
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

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn powf(self, n: $t) -> $t {
                unsafe { $pow(self, n) }
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn log(self, base: $t) -> $t {
                self.ln() / base.ln()
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn hypot(self, other: $t) -> $t {
                unsafe { $hypot(self, other) }
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn atan2(self, other: $t) -> $t {
                unsafe { $atan2(self, other) }
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn abs_sub(self, other: $t) -> $t {
                unsafe { $fdim(self, other) }
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn sin_cos(self) -> ($t, $t) {
                (self.sin(), self.cos())
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn asinh(self) -> $t {
                let ax = self.abs();
                let ix = 1.0 / ax;
                (ax + (ax / ($t::hypot(1.0, ix) + ix))).ln_1p().copysign(self)
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn acosh(self) -> $t {
                if self < 1.0 {
                    $t::NAN
                } else {
                    (self + ((self - 1.0).sqrt() * (self + 1.0).sqrt())).ln()
                }
            }

            #[rustc_allow_incoherent_impl]
            #[inline]
            pub fn atanh(self) -> $t {
                0.5 * ((2.0 * self) / (1.0 - self)).ln_1p()
            }
        }
    };
}
float! { f32 sqrtf32 powf fmaf hypotf atan2f fdimf }
float! { f64 sqrtf64 pow fma hypot atan2 fdim }
