//! The benchmarks game's spectral norm of an infinite matrix's corner, by the power method; what it prints for 100.
//# inputs: 1 2 10 100

const LARGEST: usize = 1024;

fn a(row: usize, column: usize) -> f64 {
    1.0 / ((row + column) * (row + column + 1) / 2 + row + 1) as f64
}

fn times(from: &[f64], to: &mut [f64]) {
    for (row, out) in to.iter_mut().enumerate() {
        *out = from.iter().enumerate().map(|(column, x)| a(row, column) * x).sum();
    }
}

fn times_transposed(from: &[f64], to: &mut [f64]) {
    for (row, out) in to.iter_mut().enumerate() {
        *out = from.iter().enumerate().map(|(column, x)| a(column, row) * x).sum();
    }
}

fn times_both(from: &[f64], to: &mut [f64], between: &mut [f64]) {
    times(from, between);
    times_transposed(between, to);
}

fn norm(size: usize) -> f64 {
    let (mut u, mut v, mut between) = ([1.0; LARGEST], [0.0; LARGEST], [0.0; LARGEST]);
    let (u, v, between) = (&mut u[..size], &mut v[..size], &mut between[..size]);
    for _ in 0..10 {
        times_both(u, v, between);
        times_both(v, u, between);
    }
    let product: f64 = u.iter().zip(v.iter()).map(|(u, v)| u * v).sum();
    let square: f64 = v.iter().map(|v| v * v).sum();
    (product / square).sqrt()
}

pub fn run(input: u64) -> u64 {
    let norm = norm(input as usize);
    if input == 100 {
        assert!((norm * 1e9).round() == 1_274_219_991.0);
    }
    norm.to_bits()
}
