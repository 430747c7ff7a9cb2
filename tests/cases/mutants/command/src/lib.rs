//! A package with a mutant of every kind.

/// Its test cannot tell `*` from `+`.
pub fn add(a: u32, b: u32) -> u32 {
    a + b
}

/// No test reaches it.
pub fn is_even(n: u32) -> bool {
    n.is_multiple_of(2)
}

/// With `/=` for `-=` it does not end.
pub fn steps(mut n: u32) -> u32 {
    let mut steps = 0;
    while n != 0 {
        n -= 1;
        steps += 1;
    }
    steps
}

/// It has no `Default`.
pub struct Place(pub u32);

/// The value that is made up for it does not compile.
pub fn place() -> Place {
    Place(7)
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_and_two() {
        assert_eq!(super::add(2, 2), 4);
    }
}
