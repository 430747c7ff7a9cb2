//! Ranges as values: contains, is_empty, bounds, len, steps, reversed, of other types.
use std::ops::{Bound, Range, RangeBounds, RangeInclusive};
fn bounds(r: impl RangeBounds<u64>) -> u64 {
    let low = match r.start_bound() { Bound::Included(x) => *x, Bound::Excluded(x) => x + 1, Bound::Unbounded => 1000 };
    let high = match r.end_bound() { Bound::Included(x) => *x + 1, Bound::Excluded(x) => *x, Bound::Unbounded => 2000 };
    low * 7 + high + r.contains(&5) as u64 * 10_000
}
struct Clip { range: Range<usize>, whole: RangeInclusive<i32> }
pub fn run(input: u64) -> u64 {
    let clip = Clip { range: input as usize..7, whole: -3..=input as i32 };
    let mut sum = bounds(input..9) + bounds(..input) * 3 + bounds(input..) * 5 + bounds(..) + bounds(..=input) * 7 + bounds(4..=5);
    sum += clip.range.len() as u64 * 11 + clip.range.is_empty() as u64 + clip.whole.contains(&2) as u64 * 3;
    sum += (*clip.whole.start() + *clip.whole.end() + 5) as u64 + clip.whole.clone().count() as u64;
    for x in clip.whole { sum = sum.wrapping_mul(3) ^ x as u64; }
    let mut r = 0..input + 2;
    r.next();
    r.end += 1;
    sum = sum.wrapping_add(r.end * 100 + r.start + (r == (1..5)) as u64);
    for x in (0..=u8::MAX).rev().step_by(64) { sum = sum.wrapping_mul(5) + x as u64; }
    for x in (5..5).chain(9..8).chain(3..=3) { sum = sum.wrapping_mul(7) + x; }
    sum.wrapping_add((2..).take(3).sum::<u64>())
}
