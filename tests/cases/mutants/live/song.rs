//! A live file with a mutant of every kind, and with tests of every kind.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

/// With `*` for `+` it is the same.
pub const WIDTH: u32 = 2 + 2;

/// With `/` for `-` it is the same. The file is opened with each.
pub static START: AtomicU32 = AtomicU32::new(3 - 2);

static IS_OPEN: AtomicBool = AtomicBool::new(true);

/// Its test cannot tell `*` from `+`.
pub fn add(a: u32, b: u32) -> u32 {
    a + b
}

/// No test reaches it.
pub fn is_even(n: u32) -> bool {
    n.is_multiple_of(2)
}

/// With `/=` for `-=` it does not end.
pub fn steps(mut n: u64) -> u64 {
    let mut steps = 0;
    while n != 0 {
        n -= 1;
        steps += 1;
    }
    steps
}

/// With `+` for `-` it has no room on any stack.
pub fn depth(n: u64) -> u64 {
    if n == 0 { 0 } else { 1 + depth(n - 1) }
}

/// Without `!` it leaves, as if all were well.
pub fn stay(is_asked: bool) -> u32 {
    if !is_asked {
        return WIDTH;
    }
    std::process::exit(0)
}

/// It has no `Default`.
pub struct Place(pub u32);

/// The value that is made up for it does not compile, and no test reaches it.
pub fn place() -> Place {
    Place(7)
}

/// A door that stays closed spoils every test that comes later in the same process.
pub fn pass() {
    assert!(IS_OPEN.swap(false, Relaxed), "the door is closed");
    open();
}

fn open() {
    IS_OPEN.store(true, Relaxed);
}

/// It refuses what is large.
pub fn small(n: u32) -> u32 {
    if n > 9 {
        panic!("too large: {n}");
    }
    n
}

pub trait Shape {
    fn side(&self) -> u32;

    fn area(&self) -> u32 {
        self.side() * self.side()
    }
}

pub struct Square(pub u32);

impl Shape for Square {
    fn side(&self) -> u32 {
        self.0
    }
}

#[test]
fn two_and_two() {
    assert_eq!(add(2, 2), START.load(Relaxed) + 3);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!((steps(3), depth(3)), (3, 3));
    }

    #[test]
    fn a_result() -> Result<(), String> {
        if stay(false) == 4 && Square(3).area() == 9 { Ok(()) } else { Err("no".to_owned()) }
    }

    #[test]
    #[should_panic(expected = "too large: 10")]
    fn a_panic() {
        assert_eq!(small(7) + small(9), 16);
        small(10);
    }

    #[test]
    #[ignore = "it never ends"]
    fn ignored() {
        loop {}
    }

    mod deeper {
        #[test]
        fn twice_through_the_door() {
            crate::pass();
            crate::pass();
        }
    }
}

/// With `*` for `+` it has no value at all.
pub static ROOM: u8 = 250 + 5;
