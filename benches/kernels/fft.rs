//! A radix-2 transform in place of 1,024 complex samples, there and back.

const SIZE: usize = 1024;

#[derive(Clone, Copy, Default)]
struct Complex {
    re: f32,
    im: f32,
}

fn times(a: Complex, b: Complex) -> Complex {
    Complex { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }
}

fn reorder(data: &mut [Complex; SIZE]) {
    let mut to = 0;
    for from in 1..SIZE {
        let mut bit = SIZE >> 1;
        while to & bit != 0 {
            to ^= bit;
            bit >>= 1;
        }
        to |= bit;
        if from < to {
            data.swap(from, to);
        }
    }
}

fn transform(data: &mut [Complex; SIZE], turns: &[Complex; SIZE / 2]) {
    reorder(data);
    let mut half = 1;
    while half < SIZE {
        let stride = SIZE / 2 / half;
        for group in data.chunks_exact_mut(half * 2) {
            let (low, high) = group.split_at_mut(half);
            for (number, (a, b)) in low.iter_mut().zip(high).enumerate() {
                let turned = times(*b, turns[number * stride]);
                *b = Complex { re: a.re - turned.re, im: a.im - turned.im };
                *a = Complex { re: a.re + turned.re, im: a.im + turned.im };
            }
        }
        half *= 2;
    }
}

pub fn run(input: u64) -> u64 {
    let mut turns = [Complex::default(); SIZE / 2];
    // The half circle by a rotation in double precision: sines of every library are alike then.
    let (cos, sin) = (0.9999811752826011, -0.006135884649154475);
    let (mut re, mut im) = (1.0f64, 0.0f64);
    for turn in &mut turns {
        *turn = Complex { re: re as f32, im: im as f32 };
        (re, im) = (re * cos - im * sin, re * sin + im * cos);
    }
    let mut data = [Complex::default(); SIZE];
    let mut seed = input as u32;
    for it in &mut data {
        seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
        it.re = (seed >> 8) as f32 / 8388608.0 - 1.0;
    }
    for _ in 0..4 {
        transform(&mut data, &turns);
        for it in &mut data {
            *it = Complex { re: it.re / 32.0, im: -it.im / 32.0 };
        }
    }
    data.iter().fold(0, |sum, it| sum ^ it.re.to_bits() as u64 ^ (it.im.to_bits() as u64) << 32)
}
