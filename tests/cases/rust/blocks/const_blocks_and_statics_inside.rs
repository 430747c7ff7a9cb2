//! const blocks, consts in functions and impls, inline arrays of constants, and statics in blocks.
fn table<const N: usize>() -> [u64; N] { [const { 7 * 6 }; N] }
trait Size { const BYTES: usize; }
impl<T> Size for T { const BYTES: usize = size_of::<T>(); }
fn bytes<T>() -> u64 { const { <T as Size>::BYTES as u64 * 3 } }
pub fn run(input: u64) -> u64 {
    const LOCAL: u64 = { let mut x = 1; let mut i = 0; while i < 10 { x = x * 3 % 101; i += 1; } x };
    static TEXT: &str = "a static in a function";
    let squares = const { let mut t = [0u64; 8]; let mut i = 0; while i < 8 { t[i] = (i * i) as u64; i += 1; } t };
    let reference: &'static [u16; 3] = &[1, 2, 3];
    let promoted: &'static u64 = &(LOCAL + 5);
    squares[input as usize + 2] + LOCAL * 100 + TEXT.len() as u64 * 10_000 + table::<4>()[3] + bytes::<(u32, u8)>() + reference[1] as u64 + *promoted * 1_000_000
}
