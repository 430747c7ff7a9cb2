//! Its tests stand in `tests/`: for a mutant that needs a build of its own, the library is not built as a test.

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
