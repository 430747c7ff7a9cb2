//! Spans of time and floats.

use super::{Duration, NANOS_PER_SEC};
use crate::error::Error;
use crate::fmt;
use crate::panicking;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TryFromFloatSecsError {
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Negative,
    OverflowOrNan,
}

impl TryFromFloatSecsError {
    const fn message(&self) -> &'static str {
        match self.kind {
            Kind::Negative => "cannot convert float seconds to Duration: value is negative",
            Kind::OverflowOrNan => "cannot convert float seconds to Duration: value is either too big or NaN",
        }
    }
}

impl fmt::Display for TryFromFloatSecsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.message())
    }
}

impl Error for TryFromFloatSecsError {}

/// `mantissa / 2^shift` seconds, to the nearest nanosecond, ties to even.
const fn nearest(mantissa: u64, shift: i32) -> Option<Duration> {
    if shift <= 0 {
        // A whole number; what does not fit was turned away.
        return if -shift < 64 { Some(Duration::from_secs(mantissa << -shift)) } else { None };
    }
    if shift > 120 {
        return Some(Duration::ZERO);
    }
    let whole = (mantissa as u128 >> shift) as u64;
    // The fraction has no more bits than the mantissa, and 30 more come from the factor.
    let product = (mantissa as u128 & ((1 << shift) - 1)) * NANOS_PER_SEC as u128;
    let floor = product >> shift;
    let rest = product & ((1u128 << shift) - 1);
    let half = 1u128 << (shift - 1);
    let nanos = if rest > half || (rest == half && floor & 1 == 1) { floor + 1 } else { floor };
    if nanos == NANOS_PER_SEC as u128 {
        return match whole.checked_add(1) {
            Some(whole) => Some(Duration::from_secs(whole)),
            None => None,
        };
    }
    Some(Duration { secs: whole, nanos: nanos as u32 })
}

macro_rules! floats {
    ($float:ident $bits:ident $fraction:literal $bias:literal:
     $as_secs:ident $try_from:ident $from:ident $mul:ident $div:ident $ratio:ident) => {
        impl Duration {
            pub const fn $try_from(secs: $float) -> Result<Duration, TryFromFloatSecsError> {
                if secs < 0.0 {
                    return Err(TryFromFloatSecsError { kind: Kind::Negative });
                }
                if !(secs < 18446744073709551616.0) {
                    return Err(TryFromFloatSecsError { kind: Kind::OverflowOrNan });
                }
                let bits = secs.to_bits();
                let exponent = (bits << 1 >> ($fraction + 1)) as i32;
                let fraction = bits & ((1 << $fraction) - 1);
                if exponent == 0 {
                    // Zero, or far below a nanosecond.
                    return Ok(Duration::ZERO);
                }
                match nearest((fraction | 1 << $fraction) as u64, $fraction + $bias - exponent) {
                    Some(duration) => Ok(duration),
                    None => Err(TryFromFloatSecsError { kind: Kind::OverflowOrNan }),
                }
            }

            #[track_caller]
            pub const fn $from(secs: $float) -> Duration {
                match Duration::$try_from(secs) {
                    Ok(duration) => duration,
                    Err(error) => panicking::panic(error.message()),
                }
            }

            #[track_caller]
            pub const fn $mul(self, rhs: $float) -> Duration {
                Duration::$from(rhs * self.$as_secs())
            }

            #[track_caller]
            pub const fn $div(self, rhs: $float) -> Duration {
                Duration::$from(self.$as_secs() / rhs)
            }

            pub const fn $ratio(self, rhs: Duration) -> $float {
                let nanos = self.secs as $float * NANOS_PER_SEC as $float + self.nanos as $float;
                nanos / (rhs.secs as $float * NANOS_PER_SEC as $float + rhs.nanos as $float)
            }
        }
    };
}
floats! { f32 u32 23 127: as_secs_f32 try_from_secs_f32 from_secs_f32 mul_f32 div_f32 div_duration_f32 }
floats! { f64 u64 52 1023: as_secs_f64 try_from_secs_f64 from_secs_f64 mul_f64 div_f64 div_duration_f64 }

/// A number with its fraction, without zeros at its end: `1.5s`, `2.75ms`.
impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction, digits, unit) = if self.secs > 0 {
            (self.secs, self.nanos, 9, "s")
        } else if self.nanos >= 1_000_000 {
            ((self.nanos / 1_000_000) as u64, self.nanos % 1_000_000, 6, "ms")
        } else if self.nanos >= 1_000 {
            ((self.nanos / 1_000) as u64, self.nanos % 1_000, 3, "µs")
        } else {
            (self.nanos as u64, 0, 0, "ns")
        };
        let (whole, fraction, shown) = shown(whole, fraction, digits, f.precision());
        let mut text = crate::string::String::new();
        if f.sign_plus() {
            text.push('+');
        }
        fmt::Write::write_fmt(&mut text, crate::format_args!("{whole}"))?;
        if shown > 0 {
            fmt::Write::write_fmt(&mut text, crate::format_args!(".{fraction:0shown$}"))?;
        }
        text.push_str(unit);
        // The precision is used up: it would cut the text.
        let length = text.chars().count();
        let width = f.width().unwrap_or(0);
        let padding = width.saturating_sub(length);
        let before = match f.align() {
            Some(fmt::Alignment::Right) => padding,
            Some(fmt::Alignment::Center) => padding / 2,
            _ => 0,
        };
        let fill = f.fill();
        for _ in 0..before {
            fmt::Write::write_char(f, fill)?;
        }
        f.write_str(&text)?;
        for _ in before..padding {
            fmt::Write::write_char(f, fill)?;
        }
        Ok(())
    }
}

/// The number with so many digits behind its point as were asked for, or as it has.
fn shown(whole: u64, fraction: u32, digits: usize, precision: Option<usize>) -> (u128, u128, usize) {
    let (mut value, mut left) = (fraction as u128, digits);
    let Some(precision) = precision else {
        while left > 0 && value % 10 == 0 {
            value /= 10;
            left -= 1;
        }
        return (whole as u128, value, left);
    };
    let mut factor = 1;
    while left > precision {
        factor *= 10;
        left -= 1;
    }
    let (mut kept, rest) = (value / factor, value % factor);
    // Ties go to the even one.
    let mut whole = whole as u128;
    let is_odd = if left > 0 { kept % 2 == 1 } else { whole % 2 == 1 };
    if rest * 2 > factor || (rest * 2 == factor && factor > 1 && is_odd) {
        kept += 1;
    }
    let mut one = 1u128;
    for _ in 0..left {
        one *= 10;
    }
    if kept >= one {
        whole += 1;
        kept -= one;
    }
    while left < precision {
        kept *= 10;
        left += 1;
    }
    (whole, kept, left)
}
