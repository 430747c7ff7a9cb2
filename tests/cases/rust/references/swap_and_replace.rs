//! mem::swap, replace and take through references to parts of one value.
use std::mem;
#[derive(Default, Clone, Copy)]
struct Pair { a: u64, b: [u16; 3] }
pub fn run(input: u64) -> u64 {
    let mut x = Pair { a: input, b: [1, 2, 3] };
    let mut y = Pair { a: 100, b: [4, 5, input as u16] };
    mem::swap(&mut x, &mut y);
    mem::swap(&mut x.b[0], &mut y.b[2]);
    let old = mem::replace(&mut x.a, 7);
    let taken = mem::take(&mut y);
    let mut array = [x, y, taken];
    let (left, right) = array.split_at_mut(1);
    mem::swap(&mut left[0], &mut right[1]);
    array.swap(1, 2);
    let mut state = Some(3u64);
    while let Some(n) = mem::replace(&mut state, None) {
        if n > 0 { state = Some(n - 1) }
        array[1].a += n;
    }
    let mut sum = old;
    for p in array {
        sum = sum * 1009 + p.a * 31 + p.b.iter().fold(0u64, |s, x| s * 7 + *x as u64);
    }
    sum
}
