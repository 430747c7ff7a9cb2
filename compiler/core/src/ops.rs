//! Traits behind operators, and what they work with.

mod arithmetic;
mod deref;
mod function;
mod index;
mod range;
mod try_trait;
mod unsize;

pub use self::arithmetic::{Add, Div, Mul, Neg, Not, Rem, Sub};
pub use self::arithmetic::{AddAssign, DivAssign, MulAssign, RemAssign, SubAssign};
pub use self::arithmetic::{BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign};
pub use self::arithmetic::{Shl, ShlAssign, Shr, ShrAssign};
pub use self::deref::{Deref, DerefMut, Receiver};
pub use self::function::{Fn, FnMut, FnOnce};
pub use self::index::{Index, IndexMut};
pub use self::range::{Bound, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
pub use self::try_trait::{ControlFlow, FromResidual, Residual, Try};
pub use self::unsize::{CoerceUnsized, DispatchFromDyn};

#[lang = "drop"]
pub trait Drop {
    fn drop(&mut self);
}
