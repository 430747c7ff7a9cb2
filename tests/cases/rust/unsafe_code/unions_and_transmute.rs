//! Unions and transmutes between types of the same size.
#[repr(C)]
#[derive(Clone, Copy)]
union Word { int: u32, float: f32, bytes: [u8; 4], halves: (u16, u16) }
#[repr(u8)]
#[derive(Clone, Copy, PartialEq)]
enum Small { A, B, C, D }
pub fn run(input: u64) -> u64 {
    let mut word = Word { float: input as f32 + 0.5 };
    // SAFETY: every bit pattern is a value of each of the fields, and of the types below.
    unsafe {
        let bits = word.int;
        word.bytes[3] ^= 0x80;
        let negative = word.float;
        let Word { bytes: [low, ..] } = word;
        word.int = word.int.wrapping_add(1);
        let array: [u16; 4] = std::mem::transmute(input.wrapping_mul(0x1234_5678_9abc));
        let float: f64 = std::mem::transmute(0x4009_21fb_5444_2d18u64 + input);
        let small: Small = std::mem::transmute((input % 4) as u8);
        let signed = std::mem::transmute::<[u8; 8], i64>([255, 255, 255, 255, 255, 255, 255, low]);
        bits as u64 ^ (negative.to_bits() as u64) << 13 ^ (array[1] as u64) << 40 ^ float.to_bits() ^ (small == Small::C) as u64
            ^ signed as u64 ^ (word.int as u64) << 7
    }
}
