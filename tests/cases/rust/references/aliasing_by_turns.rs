//! Two views of one value used in turn: reborrowed slices, split borrows, cells, and returns of either input.
use std::cell::Cell;
fn rotate(items: &mut [u64], by: usize) -> &mut [u64] { if by > 0 { let n = items.len(); items.swap(0, n - 1); } &mut items[by..] }
fn both<'a>(list: &'a mut [u64], i: usize, j: usize) -> Option<(&'a mut u64, &'a mut u64)> { if i == j || i.max(j) >= list.len() { return None } let (low, high) = (i.min(j), i.max(j)); let (a, b) = list.split_at_mut(high); let (x, y) = (&mut a[low], &mut b[0]); Some(if i < j { (x, y) } else { (y, x) }) }
fn longest<'a>(a: &'a mut [u64], b: &'a mut [u64]) -> &'a mut [u64] { if a.len() > b.len() { a } else { b } }
fn cells(list: &mut [u64]) -> u64 { let cells = Cell::from_mut(list).as_slice_of_cells(); for (i, c) in cells.iter().enumerate() { let before = if i > 0 { cells[i - 1].get() } else { 0 }; c.set(c.get() + before); } cells.last().map_or(0, Cell::get) }
fn first_negative<'a>(list: &'a mut [i32], other: &'a mut i32) -> &'a mut i32 { for x in list { if *x < 0 { return x } } other }
pub fn run(input: u64) -> u64 {
    let mut list = [1, 2, 3, 4, 5, input];
    let n = input as usize % 3;
    rotate(rotate(&mut list, n), 1)[0] += 100;
    if let Some((x, y)) = both(&mut list, n, 4) { std::mem::swap(x, y); *x += 7; }
    let missed = both(&mut list, n, n).is_none() as u64;
    let (left, right) = list.split_at_mut(2 + n);
    longest(left, right)[0] *= 2;
    let mut numbers = [3, 1 - input as i32, -5];
    let mut spare = 0;
    *first_negative(&mut numbers[..2], &mut spare) = 50;
    let total = cells(&mut list[1..]);
    list.iter().fold(total, |h, x| h.wrapping_mul(31) + x) + missed * 3 + numbers.iter().map(|x| (*x + 10) as u64).sum::<u64>() * 7 + spare as u64 * 11
}
