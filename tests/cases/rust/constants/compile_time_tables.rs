//! Tables made by const functions: sine by Taylor, log2, bit reversal, primes, a state machine, strings parsed at compile time.
const fn sine(mut x: f64) -> f64 { let mut sum = x; let mut n = 1; let square = x * x; while n < 10 { x *= -square / ((2 * n) * (2 * n + 1)) as f64; sum += x; n += 1; } sum }
const SINES: [f64; 16] = { let mut t = [0.0; 16]; let mut i = 0; while i < 16 { t[i] = sine(i as f64 / 16.0 * 3.0); i += 1; } t };
const REVERSED: [u8; 32] = { let mut t = [0; 32]; let mut i = 0; while i < 32 { t[i] = (i as u8).reverse_bits() >> 3; i += 1; } t };
const fn parse(s: &str) -> u64 { let bytes = s.as_bytes(); let (mut i, mut n) = (0, 0); while i < bytes.len() { match bytes[i] { b @ b'0'..=b'9' => n = n * 10 + (b - b'0') as u64, b'_' => {} _ => panic!("no digit") } i += 1; } n }
const PARSED: u64 = parse("12_345");
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class { Space, Digit, Letter, Other }
const CLASSES: [Class; 128] = { let mut t = [Class::Other; 128]; let mut i = 0usize; while i < 128 { t[i] = match i as u8 { b' ' | b'\t' | b'\n' => Class::Space, b'0'..=b'9' => Class::Digit, b'a'..=b'z' | b'A'..=b'Z' | b'_' => Class::Letter, _ => Class::Other }; i += 1; } t };
struct Automaton { next: [[u8; 4]; 3], accepts: u8 }
const AUTOMATON: Automaton = Automaton { next: [[0, 1, 2, 9], [0, 1, 9, 9], [0, 2, 2, 9]], accepts: 0b110 };
const NAMES: &[(&str, u64)] = &[("one", 1), ("two", PARSED % 7), ("more", { let (mut a, mut b) = (1, 1); while b < 1000 { (a, b) = (b, a + b); } b })];
static SHARED: &Automaton = &AUTOMATON;
pub fn run(input: u64) -> u64 {
    let text = ["abc 12", "9lives", "x", "a+b"][input as usize];
    let mut state = 0u8;
    let mut tokens = 0;
    for b in text.bytes() { let old = state; state = SHARED.next[state as usize % 3][CLASSES[b as usize] as usize]; if state == 9 { break } if state == 0 && old != 0 { tokens += 1; } }
    let accepted = state < 8 && AUTOMATON.accepts >> state & 1 == 1;
    let named: u64 = NAMES.iter().map(|(n, v)| n.len() as u64 * v).sum();
    SINES[input as usize * 3 + 2].to_bits() ^ REVERSED[input as usize * 5 + 1] as u64 ^ PARSED << 20 ^ tokens << 40 ^ accepted as u64 ^ named << 44
}
