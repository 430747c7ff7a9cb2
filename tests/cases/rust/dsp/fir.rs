//! A windowed sinc FIR filter, decimation, and convolution in both directions.
//# inputs: 0 1 2 3
const TAPS: usize = 21;
fn taps(cutoff: f64) -> [f64; TAPS] {
    let mut taps = [0.0; TAPS];
    let middle = (TAPS / 2) as f64;
    for (n, tap) in taps.iter_mut().enumerate() {
        let x = n as f64 - middle;
        let sinc = if x == 0.0 { 2.0 * cutoff } else { (std::f64::consts::TAU * cutoff * x).sin() / (std::f64::consts::PI * x) };
        let window = 0.54 - 0.46 * (std::f64::consts::TAU * n as f64 / (TAPS - 1) as f64).cos();
        *tap = sinc * window;
    }
    let sum: f64 = taps.iter().sum();
    taps.map(|tap| tap / sum)
}
fn convolve(signal: &[f64], taps: &[f64], out: &mut [f64]) {
    for (n, y) in out.iter_mut().enumerate() {
        *y = taps.iter().enumerate().filter_map(|(k, tap)| Some(tap * signal.get(n.checked_sub(k)?)?)).sum();
    }
}
pub fn run(input: u64) -> u64 {
    let taps = taps(0.05 * (input + 1) as f64);
    let mut signal = [0.0; 100];
    for (n, x) in signal.iter_mut().enumerate() { *x = if n % 10 < 5 { 1.0 } else { -1.0 } + (n as f64 * 0.9).sin() * 0.25; }
    let mut out = [0.0; 120];
    convolve(&signal, &taps, &mut out);
    let symmetric = (0..TAPS).all(|i| (taps[i] - taps[TAPS - 1 - i]).abs() < 1e-15);
    let decimated = out.iter().step_by(4).rev();
    decimated.fold(symmetric as u64, |h, y| h.rotate_left(9) ^ y.to_bits())
}
