//! Functions in all the places where functions are.

use std::fmt;
use std::ops::Add;

pub mod outer {
    pub mod inner {
        pub fn deep() -> bool { 1 > 2 }
    }
    pub fn shallow() -> bool { 1 > 2 }
}

pub struct Plain(u8);
pub struct Generic<'a, T: 'a, const N: usize>(&'a [T; N]);

impl Plain {
    pub const LIMIT: u8 = 3 + 4;

    pub fn new(a: u8) -> Plain { Plain(a + 1) }

    pub fn get(&self) -> u8 { self.0 * 2 }

    pub unsafe fn raw(&self) -> u8 { self.0 * 3 }

    pub const fn constant(&self) -> u8 { self.0 * 4 }
}

impl<'a, T: Clone + PartialEq, const N: usize> Generic<'a, T, N> {
    pub fn first(&self) -> Option<T> { self.0.first().cloned() }

    pub fn is_first<U>(&self, a: &T, _: U) -> bool where U: Copy { &self.0[0] == a }
}

impl Default for Plain {
    fn default() -> Self { Plain(1 + 2) }
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}", self.0) }
}

impl<'a, T, const N: usize> Iterator for Generic<'a, T, N> {
    type Item = &'a T;

    fn next(&mut self) -> Option<Self::Item> { self.0.first() }
}

impl Add<&'_ Plain> for (u8, [Plain; 2]) {
    type Output = u8;
    fn add(self, other: &Plain) -> u8 { self.0 + other.0 }
}

unsafe impl Send for Generic<'static, u8, 1> {}

impl<T: ?Sized + fmt::Debug> Described for T where T: Sync {}

pub trait Described: fmt::Debug {
    const SIZE: usize = 1 + 1;

    fn required(&self) -> u8 where Self: Sized { 4 }

    fn describe(&self) -> String { format!("{self:?}") }

    fn new() -> u8 where Self: Sized { 1 + 2 }

    fn without_a_body(&self) where Self: Sized {}

    unsafe fn raw(&self) -> u8 { 1 + 2 }
}

pub fn new(a: u8) -> u8 { a + 1 }

pub unsafe fn raw() -> u8 {
    fn safe() -> u8 { 1 + 2 }
    safe()
}

pub fn calls() -> Vec<u8> {
    let mut made = Vec::<u8>::with_capacity(3 + 4);
    made.reserve(1 + 1);
    made.extend(String::with_capacity(2 * 3).into_bytes());
    made
}

mod file;
pub mod r#mod;
mod folder;
#[path = "elsewhere/named.rs"]
mod renamed;

mod inline {
    mod file;
    #[path = "other.rs"]
    mod named;
}
