//! Arithmetic that panics where it overflows: `strict_add` and its like.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 100

pub fn run(input: u64) -> u64 {
    let small = input as i8 * 12;
    let wide = match input {
        0 => u8::MAX.strict_add(small as u8),
        1 => (small as u8).strict_add(250),
        2 => 5u8.strict_sub(small as u8),
        3 => 9u8.strict_mul(small as u8),
        4 => 2u8.strict_pow(small as u32),
        5 => i8::MIN.strict_neg() as u8,
        6 => i8::MIN.strict_abs() as u8,
        7 => 1u8.strict_shl(input as u32 + 1),
        8 => 1u8.strict_shr(input as u32),
        9 => i8::MIN.strict_div(-1) as u8,
        10 => 7u8.strict_rem(input as u8 - 10),
        _ => 1,
    };
    let fine = 1u64.strict_shl(40).strict_sub(input).strict_rem(1000) + 3i64.strict_neg().strict_abs() as u64;
    u64::from(wide) + fine
}
