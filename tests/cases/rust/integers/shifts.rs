//! Shifts by amounts of other types; too large an amount panics, a signed value keeps its sign.
//# inputs: 0 1 2 3 4 5 6 7 8 9
pub fn run(input: u64) -> u64 {
    let n = input as u32;
    match input {
        0 => (0x81u8 << 1 | 0x81u8 >> 1) as u64,
        1 => (-128i8 >> 3) as u64,
        2 => ((-1i64 as u64) >> 60) ^ ((-16i64) >> 2) as u64,
        3 => (1u128 << (n + 97) >> 64) as u64,
        4 => (1u8 << (n + 4)) as u64,
        5 => (1i32 >> (n + 27)) as u64,
        6 => 1u64 << (n as i8 - 7),
        7 => (1u16 << (n as u128 * 2 + 1)) as u64,
        8 => (i64::MIN >> 63) as u64 ^ (i32::MIN >> 31) as u64,
        _ => {
            let mut x = 0x8000_0000_0000_0001u64;
            x >>= n as i16;
            x <<= n as usize % 7;
            x
        }
    }
}
