//! Loops to the last value of a type, inclusive ranges that end there, and empty ones.
pub fn run(input: u64) -> u64 {
    let mut sum = 0u64;
    for x in 253 + (input as u8).min(2)..=u8::MAX { sum = sum * 3 + x as u64; }
    for x in i8::MIN..=-126 + input as i8 { sum = sum * 5 + (x as i64 + 200) as u64; }
    for x in u64::MAX - 1..=u64::MAX { sum ^= x >> 3; }
    for x in (i32::MAX - 2..i32::MAX).rev() { sum = sum.wrapping_mul(3) + x as u64; }
    for _ in u16::MAX..=0 { sum = 0 }
    let mut all = 0..=255u8;
    let last = all.nth_back(0);
    let rest = all.len();
    let mut done = 5..=5u8;
    done.next();
    sum.wrapping_mul(31) + last.map_or(0, u64::from) + rest as u64 * 7 + done.is_empty() as u64
}
