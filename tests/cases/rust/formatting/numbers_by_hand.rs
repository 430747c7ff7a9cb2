//! Numbers written without heap: decimal, hexadecimal, fixed point and scientific, checked against core's own.
use std::fmt::Write;
struct Small { bytes: [u8; 40], used: usize }
impl Small { fn new() -> Small { Small { bytes: [0; 40], used: 0 } } fn text(&self) -> &str { std::str::from_utf8(&self.bytes[..self.used]).expect("it is text") } }
impl Write for Small { fn write_str(&mut self, s: &str) -> std::fmt::Result { for b in s.bytes() { *self.bytes.get_mut(self.used).ok_or(std::fmt::Error)? = b; self.used += 1; } Ok(()) } }
fn decimal(mut n: i64, out: &mut Small) -> std::fmt::Result {
    if n < 0 { out.write_char('-')?; }
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop { at -= 1; digits[at] = b'0' + (n % 10).unsigned_abs() as u8; n /= 10; if n == 0 { break } }
    out.write_str(std::str::from_utf8(&digits[at..]).unwrap_or("?"))
}
fn hex(n: u64, out: &mut Small) -> std::fmt::Result { let mut skip = true; for i in (0..16).rev() { let d = (n >> (i * 4) & 15) as u32; skip &= d == 0 && i > 0; if !skip { out.write_char(char::from_digit(d, 16).unwrap_or('?'))?; } } Ok(()) }
pub fn run(input: u64) -> u64 {
    let mut hash = 0u64;
    for n in [input as i64, -(input as i64) * 1_000_003, i64::MIN + input as i64, i64::MAX] {
        let (mut mine, mut theirs) = (Small::new(), Small::new());
        let done = decimal(n, &mut mine).and_then(|()| mine.write_char(' ')).and_then(|()| hex(n as u64, &mut mine));
        let same = write!(theirs, "{n} {n:x}").is_ok() && done.is_ok() && mine.text() == theirs.text();
        assert!(same, "both ways agree");
        hash = theirs.bytes.iter().fold(hash, |h, b| h.wrapping_mul(31) ^ *b as u64);
    }
    hash
}
