//! fmt::Write into own buffers without heap: write!, writeln!, padding helpers, errors when the buffer is full.
use std::fmt::{self, Write};
struct Buffer { bytes: [u8; 48], used: usize }
impl Write for Buffer {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        let room = self.bytes.get_mut(self.used..self.used + s.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(s.as_bytes());
        self.used += s.len();
        Ok(())
    }
}
struct Hex<'a>(&'a [u8]);
impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for b in self.0 { write!(f, "{b:02x}")?; }
        f.pad("!")
    }
}
struct List(u32);
impl fmt::Debug for List { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.debug_list().entries(0..self.0).finish() } }
pub fn run(input: u64) -> u64 {
    let mut out = Buffer { bytes: [0; 48], used: 0 };
    let first = write!(out, "{}-{:?}", input, List(input as u32)).is_ok();
    let second = writeln!(out, "{:>3} {:5.1}", Hex(&[1, 0xab, input as u8]), 2.25).is_ok();
    let third = write!(out, "{:40}", 'c').is_ok();
    out.bytes[..out.used].iter().fold(first as u64 + second as u64 * 2 + third as u64 * 4, |h, b| h.wrapping_mul(131) + *b as u64)
}
