//! To and from bytes in both orders.
//# inputs: 0 1 258 4294967297 18364758544493064720
pub fn run(input: u64) -> u64 {
    let big = input.to_be_bytes();
    let little = (input as u32).to_le_bytes();
    let half = u16::from_be_bytes([big[6], big[7]]);
    let back = u64::from_le_bytes(big);
    let signed = i32::from_be_bytes(little);
    let native = u64::from_ne_bytes(input.to_ne_bytes());
    let wide = u128::from_be_bytes([
        1, 2, 3, 4, 5, 6, 7, 8, big[0], big[1], big[2], big[3], big[4], big[5], big[6], big[7],
    ]);
    half as u64 ^ back ^ (signed as i64 as u64).rotate_left(17) ^ native.rotate_left(3) ^ (wide >> 32) as u64
}
