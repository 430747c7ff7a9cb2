//! Euclidean remainder, division with floor, exact casts of large values, remainders with signs.
//# inputs: 0 1 2 3 4 5
pub fn run(input: u64) -> u64 {
    let pairs = [(7.5f64, 2.0), (-7.5, 2.0), (7.5, -2.0), (1e17, 3.0), (-0.0, 5.0), (5.25, 0.5)];
    let (a, b) = pairs[input as usize];
    let (q, r) = (a.div_euclid(b), a.rem_euclid(b));
    let (f, m) = ((a / b).floor(), a % b);
    let whole = a as i64 as f64 == a.trunc();
    let single = (a as f32 % b as f32).to_bits() as u64;
    let big = (a * 1e3) as i128 as u64 ^ (a.abs() * 1e20) as u128 as u64;
    q.to_bits() ^ r.to_bits().rotate_left(7) ^ f.to_bits().rotate_left(13) ^ m.to_bits().rotate_left(19) ^ whole as u64 ^ single << 3 ^ big
}
