//! Characters: comparison, classes, case, digits, and from numbers.
//# inputs: 0 1 2 3 4 5 6 7
pub fn run(input: u64) -> u64 {
    let table = ['a', 'Z', '7', ' ', '\n', 'é', '€', '\u{1F600}'];
    let c = table[input as usize];
    let mut sum = c as u64;
    for is in [
        c.is_ascii(), c.is_ascii_alphabetic(), c.is_ascii_digit(), c.is_ascii_whitespace(), c.is_ascii_punctuation(),
        c.is_ascii_uppercase(), c.is_ascii_lowercase(), c.is_ascii_hexdigit(), c.is_ascii_control(),
    ] {
        sum = sum << 1 | is as u64;
    }
    sum = sum * 7 + c.len_utf8() as u64 + c.len_utf16() as u64 * 8;
    sum ^= (c.to_ascii_uppercase() as u64) << 32;
    sum ^= (c.to_digit(36).unwrap_or(99) as u64) << 50;
    let from = char::from_u32(0xd7fe + input as u32).map_or(1, |c| c as u64);
    let digit = char::from_digit(input as u32 * 3, 16).unwrap_or('?') as u64;
    sum ^ from << 20 ^ digit << 10 ^ (c < 'é') as u64
}
