//! Euclidean division and remainder, rounding up, multiples.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10
pub fn run(input: u64) -> u64 {
    let pairs = [(7, 3), (-7, 3), (7, -3), (-7, -3), (6, 3), (-6, 3), (0, 9), (i32::MIN, 2), (i32::MAX, -2)];
    if input == 9 {
        return i32::MIN.rem_euclid((input as i32 - 9) * 2) as u64;
    }
    if input == 10 {
        return (i32::MIN.div_euclid(9 - input as i32)) as u64;
    }
    let (a, b) = pairs[input as usize];
    let (q, r) = (a.div_euclid(b), a.rem_euclid(b));
    assert!(r >= 0 && (b as i64 * q as i64 + r as i64) == a as i64);
    let up = (a as u32 & 0xffff).div_ceil(b as u32 & 0xff);
    let multiple = (a as u32 & 0xffff).next_multiple_of(b as u32 & 0xff);
    (q as u32 as u64) << 32 ^ r as u64 ^ (up as u64) << 20 ^ (multiple as u64) << 12
}
