//! Lossless conversions by From and Into, fallible ones by TryFrom.
//# inputs: 0 1 127 128 255 256 65536 4294967296
fn fallible(input: u64) -> u64 {
    let a = u8::try_from(input).map_or(1000, u64::from);
    let b = i8::try_from(input).is_ok() as u64;
    let c = u16::try_from(input as i64 - 128).map_or(7, u64::from);
    let d = i32::try_from(input).unwrap_or(-1) as u64;
    let e: Result<u32, _> = input.try_into();
    a ^ b << 12 ^ c << 16 ^ d ^ (e.is_err() as u64) << 63
}
pub fn run(input: u64) -> u64 {
    let a = u32::from(input as u8);
    let b: i64 = (input as i32).into();
    let c = f64::from(input as u32);
    let d = u64::from(input & 1 == 1);
    let e = u32::from((b'a' + (input % 26) as u8) as char);
    let f = char::from(input as u8);
    fallible(input).rotate_left(8) ^ a as u64 ^ (b as u64) << 9 ^ c.to_bits() ^ d ^ (e as u64) << 33 ^ f as u64
}
