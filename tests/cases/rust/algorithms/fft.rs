//! A radix-2 FFT and its inverse over complex numbers.
use std::ops::{Add, Mul, Sub};
#[derive(Clone, Copy)]
struct Complex { re: f64, im: f64 }
impl Add for Complex { type Output = Complex; fn add(self, o: Complex) -> Complex { Complex { re: self.re + o.re, im: self.im + o.im } } }
impl Sub for Complex { type Output = Complex; fn sub(self, o: Complex) -> Complex { Complex { re: self.re - o.re, im: self.im - o.im } } }
impl Mul for Complex { type Output = Complex; fn mul(self, o: Complex) -> Complex { Complex { re: self.re * o.re - self.im * o.im, im: self.re * o.im + self.im * o.re } } }
fn fft<const N: usize>(data: &mut [Complex; N], sign: f64) {
    let bits = N.trailing_zeros();
    for i in 0..N {
        let j = i.reverse_bits() >> (usize::BITS - bits);
        if j > i { data.swap(i, j); }
    }
    let mut len = 2;
    while len <= N {
        let angle = sign * std::f64::consts::TAU / len as f64;
        let step = Complex { re: angle.cos(), im: angle.sin() };
        for chunk in data.chunks_mut(len) {
            let mut w = Complex { re: 1.0, im: 0.0 };
            let (low, high) = chunk.split_at_mut(len / 2);
            for (a, b) in low.iter_mut().zip(high) {
                let t = *b * w;
                (*a, *b) = (*a + t, *a - t);
                w = w * step;
            }
        }
        len *= 2;
    }
}
pub fn run(input: u64) -> u64 {
    let mut data = [Complex { re: 0.0, im: 0.0 }; 32];
    for (i, x) in data.iter_mut().enumerate() { *x = Complex { re: ((i * i + input as usize) % 13) as f64, im: (i % 3) as f64 - 1.0 }; }
    let before = data;
    fft(&mut data, -1.0);
    let hash = data.iter().fold(0u64, |h, c| h.rotate_left(7) ^ c.re.to_bits() ^ c.im.to_bits().rotate_left(31));
    fft(&mut data, 1.0);
    let off = data.iter().zip(before).map(|(a, b)| (a.re / 32.0 - b.re).abs() + (a.im / 32.0 - b.im).abs()).fold(0.0, f64::max);
    hash ^ (off < 1e-12) as u64
}
