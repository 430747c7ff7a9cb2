//! Read from text, and written.

use core::fmt::Write;
use fixed::types::I16F16;

struct Sum(u64);

impl Write for Sum {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        for byte in text.bytes() {
            self.0 = self.0.rotate_left(5) ^ byte as u64;
        }
        Ok(())
    }
}

pub fn run(input: u64) -> u64 {
    let texts = ["1.5", "-0.0625", "40000", "7.a"];
    let mut sum = Sum(0);
    match I16F16::from_str(texts[input as usize % 4]) {
        Ok(found) => {
            let _ = write!(sum, "{found} {found:.3} {:x}", found);
        }
        Err(_) => sum.0 = 1,
    }
    sum.0
}
