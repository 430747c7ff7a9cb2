//! Constants: computed by const functions, loops and matches, of structs and arrays, referring to one another.
const fn gcd(a: u64, b: u64) -> u64 { if b == 0 { a } else { gcd(b, a % b) } }
const fn table() -> [u16; 16] {
    let mut table = [0; 16];
    let mut i = 0;
    while i < 16 { table[i] = (i * i) as u16 ^ 0x2a; i += 1; }
    table
}
#[derive(Clone, Copy)]
struct Config { rate: f64, taps: [i8; 3], name: &'static str, next: Option<&'static Config> }
const FIRST: Config = Config { rate: 44_100.0 / 2.0, taps: [1, -2, 3], name: "first", next: None };
const SECOND: Config = Config { name: "second one", next: Some(&FIRST), ..FIRST };
const TABLE: [u16; 16] = table();
const SIZE: usize = gcd(36, 60) as usize;
const BITS: u32 = { let mut n = 0; let mut x = 0xf0f0u32; while x > 0 { n += x & 1; x >>= 1; } n };
const LETTERS: &[u8] = b"constant";
const NEGATIVE: i16 = -(3 - 40) / 2 % 7 - i16::MAX;
pub fn run(input: u64) -> u64 {
    let local = [SIZE as u64; SIZE];
    let config = if input > 1 { SECOND } else { FIRST };
    let next = config.next.map_or(0, |c| c.name.len() as u64);
    TABLE[input as usize] as u64 + local.iter().sum::<u64>() * 100 + config.rate.to_bits() / 3 + config.taps[1] as u8 as u64
        + config.name.len() as u64 * 7 + next + BITS as u64 + LETTERS[input as usize] as u64 + NEGATIVE as u16 as u64
}
