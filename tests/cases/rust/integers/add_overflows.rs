//! Addition of each width that overflows panics where it stands.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10
fn one() -> u64 {
    1
}
pub fn run(input: u64) -> u64 {
    let x = one();
    match input {
        0 => (u8::MAX + x as u8) as u64,
        1 => (i8::MAX + x as i8) as u64,
        2 => (u16::MAX + x as u16) as u64,
        3 => (i16::MAX + x as i16) as u64,
        4 => (u32::MAX + x as u32) as u64,
        5 => (i32::MAX + x as i32) as u64,
        6 => u64::MAX + x,
        7 => (i64::MAX + x as i64) as u64,
        8 => (usize::MAX + x as usize) as u64,
        9 => (i128::MAX + x as i128) as u64,
        _ => (u128::MAX - 1 + x as u128) as u64,
    }
}
