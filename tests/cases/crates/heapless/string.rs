//! A text of at most so many bytes.

use core::fmt::Write;
use heapless::String;

pub fn run(input: u64) -> u64 {
    let mut text: String<16> = String::new();
    text.push_str("ab").ok();
    text.push('\u{e9}').ok();
    write!(text, "{}-{}", input, input * 1000).ok();
    let fits = text.push_str("0123456789abcdef").is_ok();
    let popped = text.pop().map_or(0, |it| it as u64);
    let sum = text.bytes().fold(0u64, |sum, byte| sum.rotate_left(5) ^ byte as u64);
    sum ^ popped << 40 ^ (text.len() as u64) << 56 ^ fits as u64
}
