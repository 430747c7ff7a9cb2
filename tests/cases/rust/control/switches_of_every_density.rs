//! Matches that become jump tables, comparisons, bit tests and binary searches: dense, sparse, negative, of chars and tuples.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 15 31 63 64 100 1000 4096 65535 1000000
fn dense(n: u64) -> u64 { match n { 0 => 5, 1 => 3, 2 => 8, 3 => 1, 4 => 9, 5 => 2, 6 => 7, 7 => 4, 8 => 6, _ => 0 } }
fn sparse(n: u64) -> u64 { match n { 1 => 1, 10 => 2, 100 => 3, 1000 => 4, 4096 => 5, 65535 => 6, 1_000_000 => 7, u64::MAX => 8, _ => 9 } }
fn bits(n: u64) -> bool { matches!(n, 1 | 3 | 5 | 7 | 15 | 31 | 63) }
fn negative(n: i32) -> i32 { match n { -3 => 10, -2 => 20, -1 => 30, 0 => 40, 1 => 50, i32::MIN => 60, _ => -n } }
fn letter(c: char) -> u8 { match c { 'a' => 1, 'e' | 'i' | 'o' | 'u' => 2, 'b'..='d' | 'f'..='h' => 3, '\0'..='\x1f' => 4, 'é' => 5, _ => 6 } }
fn pair(a: u8, b: bool) -> u8 { match (a, b) { (0, false) => 1, (0, true) => 2, (1..=9, true) => 3, (n, false) if n % 2 == 0 => 4, (10 | 20 | 30, _) => 5, (_, true) => 6, _ => 7 } }
fn text(s: &[u8]) -> u8 { match s { b"" => 0, b"a" => 1, b"ab" => 2, [b'a', ..] => 3, b"zz" => 4, _ => 5 } }
pub fn run(input: u64) -> u64 {
    let words: [&[u8]; 6] = [b"", b"a", b"ab", b"abc", b"zz", b"q"];
    let a = dense(input) + sparse(input) * 10 + bits(input) as u64 * 100;
    let b = (negative(input as i32 - 3) as u64).wrapping_add(letter((input % 128) as u8 as char) as u64 * 3);
    a * 1_000_000 ^ b.wrapping_mul(7) ^ pair(input as u8, input % 3 == 0) as u64 * 1000 + text(words[input as usize % 6]) as u64
}
