//! peekable, cycle, once, empty, repeat, successors, from_fn, repeat_n and fuse.
use std::iter;
pub fn run(input: u64) -> u64 {
    let mut tokens = [1u64, 1, 2, 3, 3, 3, 9].iter().peekable();
    let mut sum = 0u64;
    while let Some(x) = tokens.next() {
        let mut length = 1;
        while tokens.next_if_eq(&x).is_some() { length += 1 }
        if tokens.peek().is_some_and(|next| **next == x + 1) { length += 10 }
        sum = sum * 100 + x * length;
    }
    let cycled: u64 = [input, 2, 3].iter().cycle().skip(4).take(5).sum();
    let powers: u64 = iter::successors(Some(input + 1), |x| x.checked_mul(10).filter(|x| *x < 100_000)).sum();
    let mut state = input;
    let made: u64 = iter::from_fn(|| { state += 2; if state > 12 { None } else { Some(state) } }).map(|x| x * x).sum();
    let mixed = iter::once(5).chain(iter::empty()).chain(iter::repeat(7).take(input as usize)).chain(iter::repeat_n(1, 3));
    let mut flip = true;
    let fused = iter::from_fn(|| { flip = !flip; if flip { None } else { Some(1u64) } }).fuse().count() as u64;
    sum + cycled * 3 + powers * 7 + made * 11 + mixed.fold(0, |s, x| s * 2 + x) * 13 + fused
}
