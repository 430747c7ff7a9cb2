//! The library's methods of floats and durations that other programs do not come to.
use std::fmt::Write;
use std::time::Duration;
fn digest(text: &str) -> u64 { text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3)) }
macro_rules! note { ($to:ident, $($value:expr),+ $(,)?) => {{ $(write!($to, "{:?};", $value).unwrap();)+ }} }
macro_rules! floats {
    ($name:ident, $t:ident) => {
        fn $name(out: &mut String) {
            for a in [0.0, -0.0, 1.0, -1.5, 0.1, 1e-40, $t::MIN_POSITIVE, $t::EPSILON, 1e10, $t::MAX, $t::MIN, $t::INFINITY, $t::NEG_INFINITY] {
                note!(out, a.is_sign_positive(), a.next_up(), a.next_down(), a.to_degrees(), a.to_radians(), a.clamp(-1.0, 1.0), a.total_cmp(&0.5), a.recip(), a.signum(), a.copysign(-2.0), a.to_bits(), a.rem_euclid(2.5), a.div_euclid(2.5));
                if a.abs() < 1e9 { note!(out, unsafe { a.to_int_unchecked::<i32>() }); }
                #[allow(deprecated)]
                let apart = a.abs_sub(0.05);
                note!(out, apart, a.powi(3), a.powi(-2), a.powi(0));
            }
            note!(out, $t::NAN.next_up().is_nan(), $t::NAN.is_sign_positive(), $t::NAN.max(1.0), $t::NAN.clamp(0.0, 1.0).is_nan());
        }
    };
}
floats!(of_f32, f32);
floats!(of_f64, f64);
fn hyperbolic(out: &mut String) {
    for a in [0.0f64, 0.5, 1.0, 2.0, -0.25, 30.0] {
        let rounded = |x: f64| if x.is_finite() { (x * 1e9).round() } else { 0.0 };
        note!(out, rounded(a.asinh()), rounded((a + 1.0).abs().acosh()), rounded((a / 40.0).atanh()), rounded(a.cbrt()), rounded(a.hypot(3.0)));
    }
}
fn durations(out: &mut String) {
    for d in [Duration::ZERO, Duration::from_nanos(1), Duration::from_micros(1_500), Duration::from_millis(2_750), Duration::from_secs(90), Duration::from_secs_f64(1.25), Duration::new(7, 999_999_999)] {
        note!(out, d, d.as_secs(), d.as_millis(), d.as_micros(), d.as_nanos(), d.as_secs_f32(), d.as_secs_f64(), d.subsec_millis(), d.subsec_micros(), d.subsec_nanos(), d.mul_f64(1.5), d + Duration::from_millis(300), d.checked_sub(Duration::from_secs(2)), d * 3, d / 7, d < Duration::from_secs(3));
    }
}
pub fn run(input: u64) -> u64 {
    let mut out = String::new();
    match input { 0 => of_f32(&mut out), 1 => of_f64(&mut out), 2 => hyperbolic(&mut out), _ => durations(&mut out) }
    digest(&out)
}
