//! Compound assignment to variables, elements and fields, of every operator.
struct Pair {
    a: u32,
    b: [i16; 3],
}
pub fn run(input: u64) -> u64 {
    let mut pair = Pair { a: 0xf0f0, b: [100, -200, 300] };
    let at = input as usize % 3;
    pair.a += input as u32;
    pair.a -= 3;
    pair.a *= 7;
    pair.a /= 2;
    pair.a %= 100_003;
    pair.a ^= 0x5555;
    pair.a |= 1;
    pair.a &= 0xff_ffff;
    pair.a <<= 2;
    pair.a >>= 1;
    pair.b[at] -= 17;
    pair.b[(at + 1) % 3] *= -3;
    pair.b[(at + 2) % 3] >>= 2;
    let mut index = 0;
    pair.b[{
        index += 1;
        index
    }] += index as i16;
    let [x, y, z] = pair.b;
    pair.a as u64 * 1_000_000 + (x as i64 * 7 + y as i64 * 5 + z as i64 * 3 + 100_000) as u64
}
