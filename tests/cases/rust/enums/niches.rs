//! Types with niches: nested options, bools, chars, references and NonZero keep their values and sizes.
use std::mem::size_of;
use std::num::NonZeroU32;
#[derive(Clone, Copy, PartialEq)]
enum Three { A, B, C }
#[derive(Clone, Copy)]
enum Holds { Yes(bool), No, Maybe(Option<bool>) }
fn deep(n: u64) -> Option<Option<Option<bool>>> {
    match n % 5 { 0 => None, 1 => Some(None), 2 => Some(Some(None)), 3 => Some(Some(Some(false))), _ => Some(Some(Some(true))) }
}
fn depth(d: Option<Option<Option<bool>>>) -> u64 {
    match d { None => 0, Some(None) => 1, Some(Some(None)) => 2, Some(Some(Some(b))) => 3 + b as u64 }
}
pub fn run(input: u64) -> u64 {
    let value = 5u8;
    let reference = if input > 1 { Some(&value) } else { None };
    let number = NonZeroU32::new(input as u32);
    let letter = if input == 2 { None } else { Some('x') };
    let three = match input { 0 => None, 1 => Some(Three::A), 2 => Some(Three::B), _ => Some(Three::C) };
    let holds = match input { 0 => Holds::Yes(true), 1 => Holds::No, 2 => Holds::Maybe(None), _ => Holds::Maybe(Some(true)) };
    let held = match holds { Holds::Yes(b) => b as u64, Holds::No => 2, Holds::Maybe(None) => 3, Holds::Maybe(Some(b)) => 4 + b as u64 };
    let sizes = size_of::<Option<bool>>() + size_of::<Option<&u8>>() * 10 + size_of::<Option<NonZeroU32>>() * 100
        + size_of::<Option<char>>() * 1000 + size_of::<Option<Three>>() * 10_000;
    let mut sum = depth(deep(input)) + depth(deep(input + 2)) * 7 + held * 50;
    sum = sum * 10 + reference.map_or(0, |r| *r as u64);
    sum = sum * 10 + number.map_or(9, |n| n.get() as u64);
    sum = sum * 200 + letter.map_or(1, |c| c as u64);
    sum * 1_000_000 + sizes as u64 + (three == Some(Three::C)) as u64 * 500_000
}
