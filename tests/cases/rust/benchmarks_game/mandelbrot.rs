//! The benchmarks game's Mandelbrot set as a picture of one bit a point, 50 steps at most.
//# inputs: 1 8 20 64

fn is_inside(c: (f64, f64)) -> bool {
    let (mut x, mut y) = (0.0, 0.0);
    for _ in 0..50 {
        let (xx, yy) = (x * x, y * y);
        if xx + yy > 4.0 {
            return false;
        }
        y = 2.0 * x * y + c.1;
        x = xx - yy + c.0;
    }
    x * x + y * y <= 4.0
}

fn picture(size: usize, mut put: impl FnMut(u8)) {
    let scale = 2.0 / size as f64;
    for row in 0..size {
        let y = row as f64 * scale - 1.0;
        for begin in (0..size).step_by(8) {
            let mut byte = 0u8;
            for bit in 0..8 {
                let column = begin + bit;
                if column < size && is_inside((column as f64 * scale - 1.5, y)) {
                    byte |= 0x80 >> bit;
                }
            }
            put(byte);
        }
    }
}

pub fn run(input: u64) -> u64 {
    let (mut sum, mut bytes) = (0xcbf2_9ce4_8422_2325u64, 0u64);
    picture(input as usize, |byte| {
        sum = (sum ^ byte as u64).wrapping_mul(0x100_0000_01b3);
        bytes += 1;
    });
    assert_eq!(bytes, input * input.div_ceil(8));
    sum
}
