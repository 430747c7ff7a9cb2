//! No test has it in its binary: rustc must be asked all the same.

pub const SPARE: u32 = 1 << 2;
pub const LENGTH: usize = 1 + 1;
pub static LIST: [u8; LENGTH] = [1, 2];
