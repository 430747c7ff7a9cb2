//! Numbers.

mod bytes;
mod checked;
mod error;
mod float;
mod integer;
mod nonzero;
mod parse;
mod roots;
mod saturating;
mod signed;
mod strict;
mod unsigned;
mod wrapping;

pub use self::error::{IntErrorKind, ParseFloatError, ParseIntError, TryFromIntError};
pub use self::nonzero::*;
pub use self::saturating::Saturating;
pub use self::wrapping::Wrapping;

#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum FpCategory {
    Nan,
    Infinite,
    Zero,
    Subnormal,
    Normal,
}
