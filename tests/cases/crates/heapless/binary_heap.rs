//! Heaps whose greatest or least item comes first.

use heapless::binary_heap::{BinaryHeap, Max, Min};

pub fn run(input: u64) -> u64 {
    let mut least: BinaryHeap<u32, Min, 10> = BinaryHeap::new();
    let mut most: BinaryHeap<i16, Max, 6> = BinaryHeap::new();
    for number in 0..8u32 {
        let value = (number * 37 + input as u32 * 11) % 23;
        least.push(value).ok();
        most.push(value as i16 - 12).ok();
    }
    let mut sum = most.peek().copied().unwrap_or(0) as u64 & 0xff;
    while let Some(value) = least.pop() {
        sum = sum.rotate_left(6) ^ value as u64;
        if let Some(value) = most.pop() {
            sum = sum.rotate_left(6) ^ value as u16 as u64;
        }
    }
    sum
}
