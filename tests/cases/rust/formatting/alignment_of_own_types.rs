//! Own types that honour width, precision, sign and alternate flags; debug builders; nested indentation; char and text padding.
use std::fmt;
struct Money { cents: i64 }
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or(2).min(2);
        let text = match digits { 0 => format!("{}", self.cents.abs() / 100), 1 => format!("{}.{}", self.cents.abs() / 100, self.cents.abs() % 100 / 10), _ => format!("{}.{:02}", self.cents.abs() / 100, self.cents.abs() % 100) };
        f.pad_integral(self.cents >= 0, "$", &text)
    }
}
impl fmt::LowerHex for Money { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::LowerHex::fmt(&self.cents, f) } }
struct Secret<T>(T);
impl<T: fmt::Debug> fmt::Debug for Secret<T> { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { if f.alternate() { f.debug_struct("Secret").field("inner", &self.0).finish_non_exhaustive() } else { f.debug_tuple("Secret").field(&format_args!("***{}", 5)).finish() } } }
struct Grid([[u8; 3]; 2]);
impl fmt::Debug for Grid { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.debug_map().entries(self.0.iter().enumerate().map(|(i, row)| (i, row))).finish() } }
pub fn run(input: u64) -> u64 {
    let m = Money { cents: input as i64 * 12_345 - 5 };
    let texts = [
        format!("[{m}] [{m:10}] [{m:<10}] [{m:^10}] [{m:+}] [{m:#}] [{m:010}] [{m:.1}] [{m:8.0}] [{m:x}] [{m:#06x}]"),
        format!("{:?} {:#?} {:?}", Secret(input), Secret([1, 2]), Some(Secret("x"))),
        format!("{:?} {:#?}", Grid([[1, 2, input as u8]; 2]), Grid([[0; 3]; 2])),
        format!("[{:>5}] [{:-<6}] [{:^7}] [{:.2}] [{:>8.3}] [{:?}]", 'x', "ab", "é", "größe", "abcdef", "tab\t\"q\" \u{7f}"),
        format!("{:?} {:?} {:?}", 0.1f32 + 0.2, 1e100, [f64::MIN_POSITIVE, -0.0]),
        format!("{:08.3} {:+.0} {:e} {:E} {:10.2e}|", -3.14159, 2.5, 123456.0, 0.00012, 987.654),
    ];
    texts.iter().flat_map(|t| t.bytes()).fold(7u64, |h, b| (h ^ b as u64).wrapping_mul(0x0100_0000_01b3))
}
