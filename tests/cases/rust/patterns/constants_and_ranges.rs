//! Constants, paths and ranges as patterns: chars, negative numbers, structs, half-open ranges.
//# inputs: 0 1 2 3 4 5 6 7 8 9 100 128 250
#[derive(PartialEq, Eq, Clone, Copy)]
struct Key { a: u8, b: bool }
const ORIGIN: Key = Key { a: 0, b: false };
const BOTH: (u8, char) = (4, 'x');
const LOW: i32 = -5;
mod limits {
    pub const HIGH: i32 = 5;
}
fn number(n: i32) -> u64 {
    match n {
        i32::MIN..LOW => 1,
        LOW => 2,
        -4..=-1 => 3,
        0 => 4,
        1..limits::HIGH => 5,
        limits::HIGH.. => 6,
    }
}
pub fn run(input: u64) -> u64 {
    let key = match (Key { a: input as u8 / 2, b: input == 1 }) {
        ORIGIN => 1,
        Key { a: 0, .. } => 2,
        Key { a: 1..=3, b } => 3 + b as u64,
        _ => 9,
    };
    let pair = match (input as u8, 'x') { BOTH => 1, (5.., 'a'..='w') => 2, (5..=u8::MAX, _) => 3, _ => 4 };
    let letter = match (b'0' + (input % 80) as u8) as char { '0'..'5' => 1, '5'..='9' => 2, 'A'..='Z' => 3, _ => 4 };
    let text = match ["zero", "one", "two"][input as usize % 3] { "one" => 5, "two" => 6, _ => 7 };
    number(input as i8 as i32) + number(input as i32 - 7) * 10 + key * 100 + pair * 1000 + letter * 10_000 + text * 100_000
}
