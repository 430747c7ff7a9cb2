//! Lists that outgrow it, and are moved to the heap.

use smallvec::{SmallVec, smallvec};

pub fn run(input: u64) -> u64 {
    let mut list: SmallVec<[u64; 4]> = smallvec![1, 2, 3];
    for number in 0..10 * input {
        list.push(number ^ 5);
    }
    list.retain(|it| *it % 3 != 0);
    list.truncate(12);
    let drained = list.drain(1..2).sum::<u64>();
    let all: SmallVec<[u64; 4]> = list.iter().map(|it| it * 2).collect();
    let is_spilled = all.spilled() as u64;
    all.into_iter().fold(drained, |sum, it| sum.rotate_left(5) ^ it) ^ is_spilled << 62
}
