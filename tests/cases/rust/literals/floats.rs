//! Float literals with exponents, suffixes and many digits give the nearest value.
//# inputs: 0 1 2 3 4 5 6 7 8 9
pub fn run(input: u64) -> u64 {
    let table: [f64; 10] = [
        0.1,
        1e308,
        4.9e-324,
        2.2250738585072014e-308,
        9007199254740993.0,
        1.,
        -0.0,
        123_456.789_012_345_678_9,
        3.141592653589793238462643383279502884197,
        1E-7,
    ];
    let single: [f32; 10] =
        [0.1, 3.4028235e38, 1e-45, 16777217.0, 2e0, 7_000.5, 0.3333333333333333, 1.5e-3, -2.5, 1e10];
    let at = input as usize;
    table[at].to_bits() ^ ((single[at].to_bits() as u64) << 16)
}
