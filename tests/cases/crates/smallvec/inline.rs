//! Lists that stay within the space they bring along.

use smallvec::SmallVec;

pub fn run(input: u64) -> u64 {
    let mut list: SmallVec<[u32; 8]> = SmallVec::new();
    for number in 0..4 + input as u32 % 4 {
        list.push(number * 13 % 7);
    }
    list.insert(1, 40);
    let removed = list.remove(0);
    list.sort_unstable();
    list.dedup();
    let is_spilled = list.spilled() as u64;
    let sum = list.iter().fold(removed as u64, |sum, it| sum.rotate_left(5) ^ *it as u64);
    sum ^ is_spilled << 63 ^ (list.len() as u64) << 40
}
