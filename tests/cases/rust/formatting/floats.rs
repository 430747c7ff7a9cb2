//! Floats as text: shortest, with digits, with an exponent, with width, fill and sign; those that are no numbers.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15

use core::fmt::{self, Write};

struct Sum(u64);

impl Write for Sum {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ byte as u64).wrapping_mul(0x100_0000_01b3);
        }
        Ok(())
    }
}

const VALUES: [f64; 16] = [
    0.0, -0.0, 1.0, -1.5, 0.1, 1e15, 1e16, 123456789012345680000.0, 0.0001, 0.00009999, 5e-324, f64::MAX, f64::INFINITY,
    f64::NEG_INFINITY, f64::NAN, 0.30000000000000004,
];

fn write(sum: &mut Sum, x: f64) -> fmt::Result {
    let y = x as f32;
    write!(sum, "{x} {x:?} {x:e} {x:E} {y} {y:?} {y:e} {y:E}")?;
    write!(sum, "{x:.0} {x:.3} {x:.1?} {x:.2e} {y:.5} {y:.0e} {x:.40}")?;
    write!(sum, "[{x:12}] [{x:<12.2}] [{x:^+12.1}] [{x:012}] [{x:+}] [{y:*>9.1}] [{y:-<15?}] [{x:+08.1e}]")
}

pub fn run(input: u64) -> u64 {
    let mut sum = Sum(0xcbf2_9ce4_8422_2325);
    match write(&mut sum, VALUES[input as usize]) {
        Ok(()) => sum.0,
        Err(_) => 1,
    }
}
