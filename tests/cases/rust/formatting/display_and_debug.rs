//! Display and Debug of numbers, texts, own types and derived ones, with width, fill, precision, sign and radix.
use std::fmt;
#[derive(Debug, Clone, Copy)]
enum Kind { Unit, Tuple(u8, char), Named { x: i32, text: &'static str } }
#[derive(Debug)]
struct Deep { kinds: [Kind; 2], option: Option<bool>, unit: () }
struct Point(i32, i32);
impl fmt::Display for Point { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { if f.alternate() { write!(f, "<{:+}|{:+}>", self.0, self.1) } else { write!(f, "({}, {})", self.0, self.1) } } }
pub fn run(input: u64) -> u64 {
    let n = input as i32;
    let deep = Deep { kinds: [Kind::Tuple(input as u8, '\n'), Kind::Named { x: -n, text: "a\"b" }], option: Some(n > 1), unit: () };
    let texts = [
        format!("{n:5}|{n:<5}|{n:^5}|{n:>5}|{n:05}|{n:+}|{:*^9}|{:#>4}", "mid", n),
        format!("{:x} {:#X} {:#b} {:o} {:#010x} {:e}", input * 1000 + 255, 48879, input, 8, input, 1234.5f64),
        format!("{0} {1} {0:?} {name} {1:.2} {2:8.3}|{2:<8.1}|{4:.3$}", "x", 1.005, std::f64::consts::PI, 3, 2.0f32, name = input),
        format!("{deep:?} {:?} {:#?}", Kind::Unit, deep),
        format!("{} {:#} {:>12} {:?}", Point(n, -1), Point(n, 2), format!("{}", Point(0, n)), "tab\t\u{1}é"),
        format!("{:?} {:?} {:?} {} {:?} {}", 1.0f64, 0.1f32, f64::NAN, f64::INFINITY, 1e21, 1e-7),
        format!("{:?} {:?} {:?}", [1u8, 2], (input, 'c'), vec![Some("s"), None]),
        format!("{{}} {:width$} {:>1$} {:.*}", n, 6, 2, 1.23456, width = input as usize + 2),
    ];
    texts.iter().flat_map(|t| t.bytes()).fold(texts.len() as u64, |h, b| (h ^ b as u64).wrapping_mul(0x0100_0000_01b3))
}
