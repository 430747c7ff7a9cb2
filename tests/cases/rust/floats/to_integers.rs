//! Casts of floats to integers saturate, and NaN becomes zero.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 11
pub fn run(input: u64) -> u64 {
    let values = [
        0.0f64, -0.9, 1.9, 255.5, 256.0, -129.0, 1e10, -1e10, 1e30, f64::NAN, f64::INFINITY, f64::NEG_INFINITY,
    ];
    let x = values[input as usize];
    let y = x as f32;
    let all = [
        x as u8 as u64, x as i8 as u64, x as u16 as u64, x as i16 as u64, x as u32 as u64, x as i32 as u64,
        x as u64, x as i64 as u64, (x as u128 >> 3) as u64, (x as i128 >> 3) as u64, x as usize as u64,
        y as u8 as u64, y as i8 as u64, y as i32 as u64, y as u64, y as i64 as u64, (y as u128 >> 64) as u64,
    ];
    let mut sum = 0u64;
    for each in all {
        sum = sum.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(each);
    }
    sum
}
