//! Results in registers and in memory: small and large structs, arrays, tuples, options, nested, of every scalar pair.
#[derive(Clone, Copy, PartialEq)]
struct S1(u8);
#[derive(Clone, Copy, PartialEq)]
struct S3(u8, u16);
#[derive(Clone, Copy, PartialEq)]
struct S12 { a: u32, b: f32, c: i32 }
#[derive(Clone, Copy, PartialEq)]
struct S16 { a: f64, b: u8 }
#[derive(Clone, Copy, PartialEq)]
struct S40 { a: [u64; 4], b: bool }
fn s1(n: u64) -> S1 { S1(n as u8) }
fn s3(n: u64) -> S3 { S3(n as u8, 300) }
fn s12(n: u64) -> S12 { S12 { a: n as u32, b: n as f32 / 2.0, c: -5 } }
fn s16(n: u64) -> S16 { S16 { a: n as f64 * 1.5, b: 7 } }
fn s40(n: u64) -> S40 { S40 { a: [n; 4], b: n > 1 } }
fn pair(n: u64) -> (f32, f32) { (n as f32, -1.0) }
fn mixed(n: u64) -> (u8, f64) { (n as u8, 2.5) }
fn option(n: u64) -> Option<S16> { if n == 2 { None } else { Some(s16(n)) } }
fn result(n: u64) -> Result<S40, S3> { if n % 2 == 0 { Ok(s40(n)) } else { Err(s3(n)) } }
fn bytes(n: u64) -> [u8; 7] { [n as u8; 7] }
fn wide(n: u64) -> (u128, bool) { ((n as u128) << 70, true) }
fn unit(_: u64) {}
pub fn run(input: u64) -> u64 {
    let mut h = s1(input).0 as u64 + s3(input).1 as u64 + s12(input).b.to_bits() as u64 + s12(input).c as u32 as u64;
    h = h.rotate_left(9) ^ s16(input).a.to_bits() ^ s40(input).a[3] ^ s40(input).b as u64;
    h = h.rotate_left(9) ^ pair(input).1.to_bits() as u64 ^ mixed(input).1.to_bits() ^ mixed(input).0 as u64;
    h = h.rotate_left(9) ^ option(input).map_or(5, |s| s.a.to_bits() + s.b as u64);
    h = h.rotate_left(9) ^ result(input).map_or_else(|e| e.0 as u64 * 3, |s| s.a.iter().sum());
    unit(input);
    h ^ bytes(input)[6] as u64 ^ (wide(input).0 >> 64) as u64 ^ wide(input).1 as u64
}
