//! A module with a private and a public function, a constant, and a use.
mod inner {
    pub const BASE: u64 = 40;
    fn hidden(n: u64) -> u64 { n + BASE }
    pub fn open(n: u64) -> u64 { hidden(n) * 2 }
}
use inner::open;
pub fn run(input: u64) -> u64 {
    open(input) + inner::BASE
}
