//! `BinaryHeap`: the greatest first, with values that are equal and can be told apart.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

#[derive(Clone, Debug)]
struct Job {
    urgency: u32,
    number: u32,
}

impl PartialEq for Job {
    fn eq(&self, other: &Job) -> bool {
        self.urgency == other.urgency
    }
}

impl Eq for Job {}

impl PartialOrd for Job {
    fn partial_cmp(&self, other: &Job) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Job {
    fn cmp(&self, other: &Job) -> Ordering {
        self.urgency.cmp(&other.urgency)
    }
}

fn mixed(sum: u64, text: &str) -> u64 {
    text.bytes().fold(sum, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

pub fn run(input: u64) -> u64 {
    let mut state = input;
    let mut random = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as u32
    };
    let mut heap = BinaryHeap::new();
    let mut sum = 0;
    for number in 0..120 {
        match random() % 5 {
            0..=2 => heap.push(Job { urgency: random() % 10, number }),
            3 => sum = mixed(sum, &format!("{:?}", heap.pop())),
            _ => {
                if let Some(mut first) = heap.peek_mut() {
                    first.urgency /= 2;
                    if first.number % 3 == 0 {
                        sum += u64::from(PeekMut::pop(first).number);
                    }
                }
            }
        }
        sum = mixed(sum, &format!("{:?} {}", heap.peek(), heap.len()));
    }
    let mut least: BinaryHeap<Reverse<u32>> = (0..30).map(|_| Reverse(random() % 100)).collect();
    least.extend([Reverse(3), Reverse(50)]);
    let popped: Vec<u32> = std::iter::from_fn(|| least.pop()).map(|Reverse(value)| value).collect();
    let from = BinaryHeap::from(vec![5, 1, 8, 3, 9, 2]);
    let sorted = heap.clone().into_sorted_vec();
    let mut left = heap.into_vec();
    left.sort_by_key(|job| job.number);
    mixed(sum, &format!("{popped:?} {sorted:?} {left:?} {:?}", from.into_sorted_vec()))
}
