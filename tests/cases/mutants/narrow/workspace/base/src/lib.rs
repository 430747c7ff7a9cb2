//! Without tests: those of `user` judge it.

pub const STEP: u32 = 1 << 1;
