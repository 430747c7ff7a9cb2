//! The spectral norm of an infinite matrix, by the power method on its corner.
//# inputs: 1 2 5 20
fn a(i: usize, j: usize) -> f64 { 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1) as f64 }
fn times(v: &[f64], out: &mut [f64], f: fn(usize, usize) -> f64) {
    for (i, slot) in out.iter_mut().enumerate() { *slot = v.iter().enumerate().map(|(j, x)| f(i, j) * x).sum(); }
}
fn times_both(v: &[f64], out: &mut [f64], tmp: &mut [f64]) {
    times(v, tmp, a);
    times(tmp, out, |i, j| a(j, i));
}
pub fn run(input: u64) -> u64 {
    let n = input as usize;
    let (mut u, mut v, mut tmp) = ([1.0; 20], [0.0; 20], [0.0; 20]);
    let (u, v, tmp) = (&mut u[..n], &mut v[..n], &mut tmp[..n]);
    for _ in 0..10 {
        times_both(u, v, tmp);
        times_both(v, u, tmp);
    }
    let (uv, vv) = u.iter().zip(v.iter()).fold((0.0, 0.0), |(a, b), (x, y)| (a + x * y, b + y * y));
    (uv / vv).sqrt().to_bits()
}
