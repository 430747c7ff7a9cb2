//! `{:e}` and `{:E}` of integers: zeroes at the end, precision, what is rounded and to where, sign, width, every type.
pub fn run(input: u64) -> u64 {
    let n = input as i32;
    let mut texts = vec![
        format!("{:e} {:e} {:E} {:e} {:e}", 0, 7, 10, n * 1000, 1234567),
        format!("{:e} {:e} {:E} {:e}", i8::MIN, u8::MAX, i16::MIN, u16::MAX),
        format!("{:e} {:e} {:E} {:e}", i32::MIN, u32::MAX, i64::MIN, u64::MAX),
        format!("{:e} {:e} {:E} {:e}", i128::MIN, u128::MAX, usize::MAX, isize::MIN),
        format!("{:+e} {:+e} {:12e}| {:<12E}| {:^+12e}| {:012e}| {:*>12.1e}|", 5, -5, 1500, 1500, 1500, -1500, n * 77),
        format!("{:.0e} {:.3e} {:.30e} {:.40E}", 0, 0, 1, u128::MAX),
    ];
    for number in [15, 25, 35, 45, 95, 99, 949, 951, 9949, 9950, 9951, 12500, 12501, 13500, 99500, 100500, 250, 2500001, -25, -35] {
        for precision in 0..5usize {
            texts.push(format!("{:.precision$e} {:.1$E}", number * n, precision));
        }
    }
    texts.iter().flat_map(|t| t.bytes()).fold(texts.len() as u64, |h, b| (h ^ b as u64).wrapping_mul(0x0100_0000_01b3))
}
