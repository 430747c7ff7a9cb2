//! 128 bits: arithmetic, comparison, shifts and casts.
//# inputs: 0 1 2 3 18446744073709551615
pub fn run(input: u64) -> u64 {
    let x = (input as u128) << 64 | 0x0123_4567_89ab_cdef;
    let y = x.wrapping_mul(0xfedc_ba98_7654_3210_0f1e_2d3c_4b5a_6978);
    let q = y / (input as u128 + 7);
    let r = y % (input as u128 + 0x1_0000_0001);
    let s = (y as i128) / -3;
    let t = (y as i128) >> 77;
    let mut sum = (q >> 64) as u64 ^ q as u64;
    sum = sum.rotate_left(11) ^ (r >> 32) as u64 ^ r as u64;
    sum = sum.rotate_left(11) ^ (s >> 64) as u64 ^ s as u64;
    sum = sum.rotate_left(11) ^ t as u64;
    if (y as i128) < 0 {
        sum ^= 1;
    }
    if x < y {
        sum = sum.wrapping_add(1 << 40);
    }
    sum ^ (x.leading_zeros() as u64) << 50
}
