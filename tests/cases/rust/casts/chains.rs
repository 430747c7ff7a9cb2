//! Chains of casts, where each step loses, extends or saturates something.
//# inputs: 0 1 127 128 255 256 32768 4294967295 9223372036854775808 18446744073709551615
pub fn run(input: u64) -> u64 {
    let a = input as u8 as i8 as i16 as u16 as u32 as i64 as u64;
    let b = input as i32 as f32 as i16 as u128 as i64 as u64;
    let c = input as f32 as u64 as i32 as f64 as u8 as char as u32 as u64;
    let d = (input as i64 as f64 as f32 as f64 as i128 >> 3) as u64;
    let e = (input as i8 as i128 as u128 >> 100) as u64;
    let f = (input & 1 == 1) as u8 as char as u8 as i8 as i64 as u64;
    let g = -(input as i16 as i32) as u16 as i16 as f32 as i8 as u64;
    let h = (input as f64 / 3.0) as u16 as u8 as i8 as isize as usize as u64;
    [a, b, c, d, e, f, g, h].iter().fold(0u64, |s, x| s.rotate_left(9) ^ x.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
