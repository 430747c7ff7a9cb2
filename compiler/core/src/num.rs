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
mod unsigned;
mod wrapping;

pub use self::error::{IntErrorKind, ParseFloatError, ParseIntError, TryFromIntError};
pub use self::nonzero::{
    NonZero, NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8, NonZeroU16,
    NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize, ZeroablePrimitive,
};
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
