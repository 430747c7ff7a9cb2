//! Checked arithmetic gives None exactly where it overflows.
//# inputs: 0 1 2 127 128 255 65535 4294967295 18446744073709551615
fn tell(value: Option<u64>) -> u64 {
    match value {
        Some(value) => value.wrapping_mul(2).wrapping_add(1),
        None => 0,
    }
}
pub fn run(input: u64) -> u64 {
    let (a, b, c) = (input as u8, input as i8, input as i32);
    let found = [
        tell(a.checked_add(1).map(u64::from)),
        tell(a.checked_sub(1).map(u64::from)),
        tell(a.checked_mul(2).map(u64::from)),
        tell(b.checked_neg().map(|x| x as u64)),
        tell(b.checked_abs().map(|x| x as u64)),
        tell(c.checked_div(c).map(|x| x as u64)),
        tell(c.checked_rem(2).map(|x| x as u64)),
        tell(input.checked_add(input)),
        tell(input.checked_pow(2)),
        tell(1u64.checked_shl(input as u32)),
        tell((input as i64).checked_mul(-1).map(|x| x as u64)),
    ];
    let mut sum = 0u64;
    for each in found {
        sum = sum.wrapping_mul(1_000_003).wrapping_add(each);
    }
    sum
}
