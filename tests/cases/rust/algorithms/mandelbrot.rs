//! The Mandelbrot set in bits, and the escape counts of a few rows.
//# inputs: 4 8 16 24
fn escapes(cr: f64, ci: f64, limit: u32) -> Option<u32> {
    let (mut zr, mut zi) = (0.0, 0.0);
    for n in 0..limit {
        let (r2, i2) = (zr * zr, zi * zi);
        if r2 + i2 > 4.0 { return Some(n) }
        zi = 2.0 * zr * zi + ci;
        zr = r2 - i2 + cr;
    }
    None
}
pub fn run(input: u64) -> u64 {
    let size = input as usize;
    let mut hash = 0u64;
    let mut inside = 0u64;
    for y in 0..size {
        let mut bits = 0u64;
        for x in 0..size {
            let (cr, ci) = (2.0 * x as f64 / size as f64 - 1.5, 2.0 * y as f64 / size as f64 - 1.0);
            match escapes(cr, ci, 50) {
                None => { bits = bits << 1 | 1; inside += 1; }
                Some(n) => { bits <<= 1; hash = hash.wrapping_mul(3) + n as u64; }
            }
        }
        hash = hash.rotate_left(9) ^ bits;
    }
    hash ^ inside << 40
}
