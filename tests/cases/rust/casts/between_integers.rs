//! Casts truncate, sign-extend and zero-extend, in every pair of widths.
//# inputs: 0 1 127 128 255 32768 65535 2147483648 4294967295 9223372036854775808 18446744073709551615
pub fn run(input: u64) -> u64 {
    let mut sum = 0u64;
    macro_rules! pairs {
        ($($from:ident)*) => {$(
            let x = input as $from;
            for each in [x as u8 as u64, x as i8 as u64, x as u16 as u64, x as i16 as u64, x as u32 as u64,
                x as i32 as u64, x as i64 as u64, (x as u128 >> 8) as u64, (x as i128 >> 8) as u64, x as isize as u64] {
                sum = sum.wrapping_mul(6364136223846793005).wrapping_add(each);
            }
        )*};
    }
    pairs!(u8 i8 u16 i16 u32 i32 u64 i64 u128 i128 usize isize);
    sum
}
