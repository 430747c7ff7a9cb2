//! Its tests stand in `tests/`: the library is not built as one.

/// Noticed.
pub const LIMIT: u32 = 1 << 3;
/// Not noticed.
pub const SPARE: u32 = 1 << 2;
/// With another value the list is an error, which the constant alone is not.
pub const LENGTH: usize = 1 + 1;
pub static LIST: [u8; LENGTH] = [1, 2];

pub fn is_in(n: u32) -> bool {
    n < LIMIT
}

/// Nobody calls it, in no test.
fn _unused(n: u32) -> u32 {
    n + LIMIT
}

pub fn unused<T: Into<u32>>(n: T) -> u32 {
    _unused(n.into()) + 1
}
