//! Beside.

mod below;

pub fn beside() -> u8 { 1 + 2 }
