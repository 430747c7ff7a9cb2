//! Loops over ranges of characters and bytes.
pub fn run(input: u64) -> u64 {
    let mut sum = 0u64;
    for c in 'a'..='f' {
        sum = sum * 3 + (c as u64 - 'a' as u64 + input);
    }
    for c in '\u{d7fe}'..'\u{e002}' {
        sum = sum.wrapping_mul(31) ^ c as u64;
    }
    for b in (b'x'..=u8::MAX).rev().step_by(50) {
        sum = sum.wrapping_mul(31) ^ b as u64;
    }
    sum
}
