//! Integer literals in every base, with separators and suffixes, and the type an unsuffixed one gets.
pub fn run(input: u64) -> u64 {
    let table = [
        0xff_u64,
        0b1010_0101,
        0o777,
        1_000_000_007,
        0xDEAD_BEEF_CAFE_F00D,
        u64::MAX,
        0,
        18_446_744_073_709_551_615,
    ];
    let small = 200u8;
    let signed = -128i8;
    let wide = 0x1_0000_0000_0000_0000_u128 >> 60;
    let unsuffixed = 3_000;
    let also: i16 = 0x7f_ff;
    let mut sum = table[(input % 8) as usize];
    sum = sum.wrapping_mul(31).wrapping_add(small as u64);
    sum = sum.wrapping_mul(31).wrapping_add(signed as u64);
    sum = sum.wrapping_mul(31).wrapping_add(wide as u64);
    sum = sum.wrapping_mul(31).wrapping_add(unsuffixed as u64 + also as u64);
    sum
}
