//! Local names go before imported ones, explicit imports before globs, and each kind of name has its own space.
mod a { pub fn value() -> u64 { 1 } pub const LIMIT: u64 = 10; pub struct Both { pub x: u64 } pub fn only() -> u64 { 5 } }
mod b { pub fn value() -> u64 { 2 } pub const LIMIT: u64 = 20; pub mod value { pub fn deep() -> u64 { 7 } } }
use a::*;
use b::value;
const LIMIT: u64 = 30;
#[allow(non_snake_case)]
fn Both(x: u64) -> u64 { x + 100 }
struct u8ish(u64);
fn max(a: u64, b: u64) -> u64 { if a < b { a } else { b } }
pub fn run(input: u64) -> u64 {
    let x = value() + value::deep() * 10 + LIMIT * 100 + b::LIMIT;
    let value = input;
    let inner = {
        use b::LIMIT;
        fn only() -> u64 { 6 }
        LIMIT + only()
    };
    let both = a::Both { x: 3 };
    x + value + inner * 10_000 + only() + both.x + Both(1) + u8ish(4).0 + max(5, 9)
}
