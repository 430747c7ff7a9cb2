//! Masks, sign extension by shifts, and precedence of shifts against arithmetic and bit operators.
//# inputs: 0 1 2 128 255 4095 65535
fn sign_extend(x: u32, bits: u32) -> i32 { (x << (32 - bits)) as i32 >> (32 - bits) }
fn field(x: u64, from: u32, len: u32) -> u64 { x >> from & (1 << len) - 1 }
pub fn run(input: u64) -> u64 {
    let x = input as u32;
    let a = sign_extend(x, 8) as i64 + sign_extend(x, 12) as i64 * 1000;
    let b = field(input.wrapping_mul(0x0101_0101_0101), 12, 9);
    let c = (x | 1 << 4 & !x ^ x >> 1 + 1) as u64;
    let d = !0u8 as u64 + !(x as u8) as u64 * 3 + !(-1i16) as u64;
    let e = (-8i32 >> 1) as u64 ^ (-8i32 as u32 >> 1) as u64;
    a as u64 ^ b << 20 ^ c << 32 ^ d << 44 ^ e.rotate_left(9)
}
