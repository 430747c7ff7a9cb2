//! The four checks of arithmetic and the one of indices, one each.
//# inputs: 0 1 2 3 4 5
pub fn run(input: u64) -> u64 {
    let small = input as u8;
    match input {
        0 => (small - 1) as u64,
        1 => (small + 255) as u64,
        2 => (small * 128) as u64,
        3 => 10 / (input - 3),
        4 => (1u32 << (input * 8)) as u64,
        _ => [1u64, 2][input as usize],
    }
}
