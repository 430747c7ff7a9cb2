//! Iterators over text without heap: words, numbers, balanced brackets, run lengths, Caesar and base conversions.
fn numbers(s: &str) -> impl Iterator<Item = u64> + '_ { s.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).map(|p| p.bytes().fold(0, |n, b| n * 10 + (b - b'0') as u64)) }
fn balanced(s: &str) -> Option<usize> {
    let (mut stack, mut top) = ([0u8; 16], 0);
    for (i, b) in s.bytes().enumerate() {
        match b {
            b'(' | b'[' | b'{' => { *stack.get_mut(top)? = b; top += 1; }
            b')' | b']' | b'}' => { top = top.checked_sub(1)?; if !matches!((stack[top], b), (b'(', b')') | (b'[', b']') | (b'{', b'}')) { return Some(i) } }
            _ => {}
        }
    }
    (top == 0).then_some(99)
}
fn caesar(c: char, k: u8) -> char { match c { 'a'..='z' => ((c as u8 - b'a' + k) % 26 + b'a') as char, 'A'..='Z' => ((c as u8 - b'A' + k) % 26 + b'A') as char, c => c } }
fn base36(mut n: u64, out: &mut [u8; 14]) -> &str {
    let mut at = out.len();
    loop { at -= 1; out[at] = char::from_digit((n % 36) as u32, 36).map_or(b'?', |c| c as u8); n /= 36; if n == 0 { break } }
    std::str::from_utf8(&out[at..]).unwrap_or("")
}
pub fn run(input: u64) -> u64 {
    let text = ["a1b22,333-4", "", "x (1 [2] {3}) 10", "(5]"][input as usize];
    let n = numbers(text).fold(1u64, |h, n| h.wrapping_mul(1009) + n);
    let b = balanced(text).map_or(50, |i| i as u64);
    let c = text.chars().rev().map(|c| caesar(c, 3 + input as u8)).fold(0u64, |h, c| h.wrapping_mul(131) + c as u64);
    let words = text.split(' ').map(str::len).max().unwrap_or(0) as u64 + text.splitn(2, ',').count() as u64 * 10 + text.rsplit('-').next().map_or(0, |s| s.len() as u64) * 100;
    let mut out = [0; 14];
    let written = base36(input * 123_456_789 + 35, &mut out).bytes().fold(0u64, |h, b| h * 41 + b as u64 % 41);
    n ^ b << 56 ^ c << 8 ^ words << 40 ^ written ^ text.char_indices().filter(|(i, c)| i % 3 == 0 && c.is_alphanumeric()).count() as u64
}
