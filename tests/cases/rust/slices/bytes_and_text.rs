//! Text as a slice of bytes: indexing, iterating characters, comparing, finding by hand.
pub fn run(input: u64) -> u64 {
    let text = "Grüße, 世界! 123";
    let mut sum = text.len() as u64;
    for (at, c) in text.char_indices() {
        sum = sum.wrapping_mul(131) + c as u64 + at as u64;
    }
    let mut number = 0u64;
    for b in text.bytes().filter(u8::is_ascii_digit) {
        number = number * 10 + (b - b'0') as u64;
    }
    let part = &text[..2];
    let same = part == "Gr" && text.starts_with('G') && !text.is_empty() && text.is_char_boundary(2);
    let words = text.split(' ').count() as u64;
    let cut = if input == 3 { &text[..3] } else { &text[..4] };
    sum ^ number << 32 ^ (same as u64) << 50 ^ words << 52 ^ cut.chars().rev().map(|c| c as u64).sum::<u64>() << 8
}
