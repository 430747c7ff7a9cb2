//! A vector of at most so many items.

use heapless::Vec;

pub fn run(input: u64) -> u64 {
    let mut list: Vec<u32, 8> = Vec::new();
    for number in 0..input as u32 + 6 {
        if let Err(back) = list.push(number * 7 % 5) {
            return back as u64 + 1000;
        }
    }
    list.swap(0, 3);
    list.sort_unstable();
    let last = list.pop().unwrap_or(77);
    let removed = list.swap_remove(1);
    list.insert(2, 90).ok();
    list.retain(|it| it % 2 == 0);
    list.extend_from_slice(&[5, 6]).ok();
    list.truncate(6);
    let first = list.first().copied().unwrap_or(3);
    let sum: u32 = list.iter().map(|it| it * 3).sum();
    (sum as u64) << 32
        | (last * 100 + removed * 10 + first) as u64
        | (list.len() as u64) << 20
        | (list.is_full() as u64) << 60
}
