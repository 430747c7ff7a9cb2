//! Nested modules, use with rename and globs, pub(super), self and super paths, re-exports.
mod outer {
    pub const BASE: u64 = 10;
    fn hidden(x: u64) -> u64 { x + BASE }
    pub mod inner {
        use super::hidden as secret;
        pub use self::deep::{level, Kind::{self, *}};
        pub(super) fn shared(x: u64) -> u64 { secret(x) * 2 }
        mod deep {
            pub enum Kind { Plain, Fancy(u8) }
            pub fn level(kind: Kind) -> u64 {
                use Kind::*;
                match kind { Plain => 1, Fancy(n) => n as u64 + super::super::BASE }
            }
        }
    }
    pub fn call(x: u64) -> u64 { inner::shared(x) + self::inner::level(inner::Plain) }
    impl super::Local { pub fn from_outside(&self) -> u64 { self.0 * 3 } }
}
struct Local(u64);
use outer::{call as called, inner::{self, *}};
pub fn run(input: u64) -> u64 {
    let kind = if input > 1 { Fancy(input as u8) } else { Kind::Plain };
    called(input) * 1000 + level(kind) * 10 + inner::level(inner::Kind::Fancy(3)) + outer::BASE + Local(input).from_outside()
}
