//! checked_*, saturating_*, wrapping_* of mixed signs, and their shifts by too much.
//# inputs: 0 1 7 8 100 200 255
pub fn run(input: u64) -> u64 {
    let n = input as u8;
    let s = input as i8;
    let mut sum = 0u64;
    for x in [
        n.checked_add_signed(-100).map_or(1000, u64::from), n.saturating_add_signed(s) as u64, n.wrapping_add_signed(-1) as u64,
        s.checked_add_unsigned(100).map_or(2000, |x| x as u8 as u64), s.saturating_sub_unsigned(200) as u8 as u64,
        n.checked_shl(input as u32).map_or(3000, u64::from), n.checked_shr(input as u32 % 9).map_or(4000, u64::from),
        n.wrapping_shl(input as u32 + 1) as u64, s.wrapping_shr(input as u32) as u8 as u64, s.wrapping_div(-1) as u8 as u64,
        s.checked_rem_euclid(7).map_or(5000, |x| x as u64), n.checked_next_power_of_two().map_or(6000, u64::from),
        s.checked_pow(2).map_or(7000, |x| x as u8 as u64), s.saturating_pow(3) as u8 as u64, n.checked_ilog(3).map_or(8000, u64::from),
        s.overflowing_abs().1 as u64, n.abs_diff(100) as u64, s.abs_diff(-100) as u64, n.div_ceil(7) as u64, n.is_multiple_of(5) as u64,
    ] {
        sum = sum.wrapping_mul(8191).wrapping_add(x);
    }
    sum
}
