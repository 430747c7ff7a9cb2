//! One generic function over values of many sizes: copied, compared, swapped, stored in arrays, passed through closures.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Odd { a: u8, b: [u16; 3], c: u8 }
fn rotate<T: Copy, const N: usize>(mut items: [T; N]) -> [T; N] { let first = items[0]; for i in 1..N { items[i - 1] = items[i]; } items[N - 1] = first; items }
fn count<T: PartialEq>(items: &[T], wanted: &T) -> u64 { items.iter().filter(|x| *x == wanted).count() as u64 }
fn through<T, U>(t: T, f: impl FnOnce(T) -> U, g: impl FnOnce(&U) -> u64) -> u64 { let u = f(t); g(&u) }
fn swap_ends<T>(items: &mut [T]) { let n = items.len(); if n > 1 { let (l, r) = items.split_at_mut(1); std::mem::swap(&mut l[0], &mut r[n - 2]); } }
fn check<T: Copy + PartialEq>(a: T, b: T) -> u64 {
    let mut items = rotate([a, b, a, b, b]);
    swap_ends(&mut items);
    let pair = (items[0], 1u8, items[4]);
    let nested = [Some(pair), None];
    let back = nested.iter().flatten().map(|(x, _, y)| count(&[*x, *y, a], &a)).sum::<u64>();
    count(&items, &a) * 10 + back + through(items, |i| (i[1], 7u8), |(x, n)| *n as u64 + (*x == a) as u64)
}
pub fn run(input: u64) -> u64 {
    let odd = Odd { a: 1, b: [2, input as u16, 4], c: 5 };
    let mut h = check(1u8, 2) + check((), ()) * 3 + check(input, 2) * 5 + check(1u128 << 100, input as u128) * 7;
    h = h * 1000 + check(odd, Odd { c: 9, ..odd }) + check([0.5f32; 5], [input as f32 / 2.0; 5]) * 3;
    h = h * 1000 + check(Some('a'), None) + check((1u8, 2u64, 3u16), (1, input, 3)) * 3 + check("ab", "cd") * 5 + check([[1u8; 2]; 9], [[input as u8; 2]; 9]) * 7;
    h
}
