//! The library's own enums, ranges and errors, as `{:?}` shows them. By hand: a program that only unwraps needs
//! no derive.

use super::{Debug, Formatter, Result};
use crate::ops::{Bound, ControlFlow, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

impl Debug for super::Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("Error")
    }
}

impl<T: Debug> Debug for Option<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Some(value) => f.debug_tuple("Some").field(value).finish(),
            None => f.write_str("None"),
        }
    }
}

impl<T: Debug, E: Debug> Debug for crate::result::Result<T, E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Ok(value) => f.debug_tuple("Ok").field(value).finish(),
            Err(error) => f.debug_tuple("Err").field(error).finish(),
        }
    }
}

impl<B: Debug, C: Debug> Debug for ControlFlow<B, C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            ControlFlow::Continue(value) => f.debug_tuple("Continue").field(value).finish(),
            ControlFlow::Break(value) => f.debug_tuple("Break").field(value).finish(),
        }
    }
}

impl<T: Debug> Debug for Bound<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Bound::Included(value) => f.debug_tuple("Included").field(value).finish(),
            Bound::Excluded(value) => f.debug_tuple("Excluded").field(value).finish(),
            Bound::Unbounded => f.write_str("Unbounded"),
        }
    }
}

impl Debug for RangeFull {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("..")
    }
}

impl<Idx: Debug> Debug for Range<Idx> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.start.fmt(f)?;
        f.write_str("..")?;
        self.end.fmt(f)
    }
}

impl<Idx: Debug> Debug for RangeFrom<Idx> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.start.fmt(f)?;
        f.write_str("..")
    }
}

impl<Idx: Debug> Debug for RangeTo<Idx> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("..")?;
        self.end.fmt(f)
    }
}

impl<Idx: Debug> Debug for RangeInclusive<Idx> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.start.fmt(f)?;
        f.write_str("..=")?;
        self.end.fmt(f)?;
        if self.exhausted {
            f.write_str("exhausted")?;
        }
        Ok(())
    }
}

impl<Idx: Debug> Debug for RangeToInclusive<Idx> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("..=")?;
        self.end.fmt(f)
    }
}
