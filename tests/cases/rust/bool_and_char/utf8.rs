//! Characters encoded by hand and by the library, decoded again, surrogates refused, and bytes counted.
//# inputs: 0 65 127 128 2047 2048 55295 57344 65535 65536 1114111 55296 1114112
fn encode(c: u32, out: &mut [u8; 4]) -> usize {
    match c {
        0..0x80 => { out[0] = c as u8; 1 }
        0x80..0x800 => { out[0] = 0xc0 | (c >> 6) as u8; out[1] = 0x80 | (c & 63) as u8; 2 }
        0x800..0x1_0000 => { *out = [0xe0 | (c >> 12) as u8, 0x80 | (c >> 6 & 63) as u8, 0x80 | (c & 63) as u8, 0]; 3 }
        _ => { *out = [0xf0 | (c >> 18) as u8, 0x80 | (c >> 12 & 63) as u8, 0x80 | (c >> 6 & 63) as u8, 0x80 | (c & 63) as u8]; 4 }
    }
}
fn decode(bytes: &[u8]) -> u32 {
    let first = bytes[0];
    let bits = if first < 0x80 { first as u32 } else { (first & 0x7f >> bytes.len()) as u32 };
    bytes[1..].iter().fold(bits, |c, b| c << 6 | (b & 63) as u32)
}
pub fn run(input: u64) -> u64 {
    let Some(c) = char::from_u32(input as u32) else { return 1_000_000 + input };
    let mut mine = [0; 4];
    let n = encode(c as u32, &mut mine);
    let mut theirs = [0; 4];
    let text = c.encode_utf8(&mut theirs);
    assert!(text.as_bytes() == &mine[..n] && c.len_utf8() == n, "both ways agree");
    let back = text.chars().next().map_or(0, |c| c as u64);
    decode(&mine[..n]) as u64 ^ back << 24 ^ mine.iter().fold(0u64, |h, b| h.wrapping_mul(259) + *b as u64)
}
