//! CRC-32 with a table made at compile time, Adler-32, Fletcher-16, and their bitwise forms.
//# inputs: 0 1 9 100 255
const TABLE: [u32; 256] = {
    let mut table = [0u32; 256];
    let mut i = 0;
    while i < 256 {
        let mut c = i as u32;
        let mut k = 0;
        while k < 8 { c = if c & 1 == 1 { 0xedb8_8320 ^ c >> 1 } else { c >> 1 }; k += 1; }
        table[i] = c;
        i += 1;
    }
    table
};
fn crc(data: &[u8]) -> u32 { !data.iter().fold(!0, |c, b| TABLE[((c ^ *b as u32) & 0xff) as usize] ^ c >> 8) }
fn crc_bitwise(data: &[u8]) -> u32 {
    let mut c = u32::MAX;
    for b in data {
        c ^= *b as u32;
        for _ in 0..8 { c = c >> 1 ^ if c & 1 != 0 { 0xedb8_8320 } else { 0 }; }
    }
    !c
}
fn adler(data: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    for x in data { a = (a + *x as u32) % 65521; b = (b + a) % 65521; }
    b << 16 | a
}
fn fletcher(data: &[u8]) -> u16 {
    let (a, b) = data.iter().fold((0u16, 0u16), |(a, b), x| { let a = (a + *x as u16) % 255; (a, (b + a) % 255) });
    b << 8 | a
}
pub fn run(input: u64) -> u64 {
    let mut data = [0u8; 256];
    for (i, x) in data.iter_mut().enumerate() { *x = (i as u8).wrapping_mul(37) ^ input as u8; }
    let part = &data[..input as usize];
    assert_eq!(crc(part), crc_bitwise(part), "both forms agree");
    crc(b"123456789") as u64 ^ (crc(part) as u64) << 32 ^ adler(part) as u64 ^ (fletcher(part) as u64) << 24
}
