//! Ranges of every kind as parameters of indexing, RangeBounds in own functions, nested and computed ends, reversed loops.
use std::ops::{Bound, Index, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo};
struct Text { bytes: [u8; 16] }
impl Index<Range<usize>> for Text { type Output = [u8]; fn index(&self, r: Range<usize>) -> &[u8] { &self.bytes[r] } }
impl Index<RangeFrom<usize>> for Text { type Output = [u8]; fn index(&self, r: RangeFrom<usize>) -> &[u8] { &self.bytes[r.start + 1..] } }
impl Index<RangeTo<char>> for Text { type Output = [u8]; fn index(&self, r: RangeTo<char>) -> &[u8] { &self.bytes[..r.end as usize - 'a' as usize] } }
impl Index<RangeFull> for Text { type Output = [u8; 16]; fn index(&self, _: RangeFull) -> &[u8; 16] { &self.bytes } }
impl Index<RangeInclusive<u8>> for Text { type Output = u8; fn index(&self, r: RangeInclusive<u8>) -> &u8 { &self.bytes[*r.start() as usize + *r.end() as usize] } }
fn part<R: RangeBounds<usize>>(items: &[u8], r: R) -> &[u8] {
    let start = match r.start_bound() { Bound::Included(n) => *n, Bound::Excluded(n) => n + 1, Bound::Unbounded => 0 };
    let end = match r.end_bound() { Bound::Included(n) => n + 1, Bound::Excluded(n) => *n, Bound::Unbounded => items.len() };
    &items[start.min(items.len())..end.clamp(start, items.len())]
}
fn hash(s: &[u8]) -> u64 { s.iter().fold(s.len() as u64, |h, b| h.wrapping_mul(31) + *b as u64) }
pub fn run(input: u64) -> u64 {
    let n = input as usize;
    let text = Text { bytes: std::array::from_fn(|i| (i * i + n) as u8) };
    let mut h = hash(&text[n..n + 4]) ^ hash(&text[3..]).rotate_left(7) ^ hash(&text[..'d']).rotate_left(11) ^ text[..][5] as u64 ^ text[2..=3] as u64;
    for r in [part(&text.bytes, 2..9), part(&text.bytes, ..n), part(&text.bytes, 14..99), part(&text.bytes, (Bound::Excluded(n), Bound::Included(7))), part(&text.bytes, ..=20)] { h = h.rotate_left(9) ^ hash(r); }
    for i in (n..10).rev().step_by(3) { for j in i..=i + 1 { h = h.wrapping_mul(3) + (i * j) as u64; } }
    h
}
