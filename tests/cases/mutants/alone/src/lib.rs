//! What is evaluated while it is compiled. The operators are those that have one mutant each.

/// A test compares it.
pub const WIDTH: usize = 1 << 2;

/// Only this example compares it:
///
/// ```
/// assert_eq!(alone::DEPTH, 12);
/// ```
pub const DEPTH: u32 = 3 << 2;

/// Nothing compares it.
pub static IS_WIDE: bool = WIDTH == 4;

/// With the mutant it cannot be computed.
pub const LAST: u8 = [1, 2, 3][8 >> 2];

/// Two of its mutants make `true` of it, and one changes nothing.
pub const IS_LESS: bool = 2 < 2;

/// A constant is computed with it, and it is called while the program runs.
pub const fn twice(number: u32) -> u32 {
    number << 1
}

/// The constant.
pub const EIGHT: u32 = twice(4);

/// With a mutant it is never computed.
pub const fn count(to: u32) -> u32 {
    let mut number = 0;
    while number != to {
        number += 1;
    }
    number
}

/// The constant.
pub const COUNTED: u32 = count(3);

/// It has a slot, in binaries that stay what they are while others are built.
pub fn is_same(one: u32, other: u32) -> bool {
    one == other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants() {
        assert_eq!([0; WIDTH].len(), 4);
        assert_eq!(LAST, 3);
        assert_eq!(COUNTED, 3);
        assert!(!std::hint::black_box(IS_LESS));
    }

    #[test]
    fn twice_at_compile_time() {
        assert_eq!(EIGHT, 8);
    }

    #[test]
    fn twice_at_run_time() {
        assert_eq!(twice(std::hint::black_box(3)), 6);
    }

    #[test]
    fn at_run_time() {
        assert!(is_same(1, 1));
    }

    #[test]
    fn a_macro() {
        assert_eq!(macros::answer!(), 42);
    }
}
