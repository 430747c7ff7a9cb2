//! Parameters of every size, more than there are registers, and large results.
#[derive(Clone, Copy)]
struct Big { a: u64, b: [u32; 5], c: u8 }
fn many(a: u8, b: i16, c: u32, d: u64, e: f32, f: f64, g: bool, h: char, i: u128, j: (u8, u64), k: Big, l: &Big, m: i8, n: f32) -> Big {
    let x = a as u64 + b as u64 + c as u64 + d + e as u64 + f as u64 + g as u64 + h as u64 + i as u64 + (i >> 64) as u64;
    let y = j.0 as u32 + j.1 as u32 + k.b[4] + l.b[0] + m as u32 + n as u32;
    Big { a: x, b: [y, k.b[1], l.b[2], y ^ 5, 9], c: k.c + l.c }
}
pub fn run(input: u64) -> u64 {
    let big = Big { a: input, b: [1, 2, 3, 4, input as u32], c: 7 };
    let other = Big { c: input as u8, ..big };
    let r = many(1, 2, 3, input, 5.5, 6.5, true, 'x', 7 << 64 | 8, (9, input), big, &other, 11, 12.0);
    let s = many(input as u8, 300, 70000, 1, -1.0, 1e3, false, 'é', 1 << 100, (255, 1), r, &big, 1, 0.5);
    let mut sum = s.a.wrapping_mul(31) ^ s.c as u64;
    for x in s.b {
        sum = sum.wrapping_mul(31) ^ x as u64;
    }
    sum ^ r.a << 32
}
