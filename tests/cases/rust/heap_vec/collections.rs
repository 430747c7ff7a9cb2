//! VecDeque, BTreeMap, BTreeSet and BinaryHeap: used as queues, counters, ordered maps and priorities.
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::cmp::Reverse;
pub fn run(input: u64) -> u64 {
    let mut queue: VecDeque<u64> = (0..5).collect();
    queue.rotate_left(2);
    queue.push_front(input);
    queue.push_back(9);
    let front = queue.pop_front().unwrap_or(0) + queue.iter().rev().take(2).sum::<u64>();
    let mut counts: BTreeMap<char, u32> = BTreeMap::new();
    for c in "abracadabra".chars() { *counts.entry(c).or_insert(input as u32) += 1; }
    counts.remove(&'c');
    let most = counts.iter().max_by_key(|(_, n)| **n).map_or('?', |(c, _)| *c);
    let range: u32 = counts.range('b'..).map(|(_, n)| n).sum();
    let set: BTreeSet<u64> = [5, 1, 9, 5, input].into_iter().collect();
    let other: BTreeSet<u64> = (0..6).collect();
    let common = set.intersection(&other).fold(0, |s, x| s * 10 + x);
    let mut heap: BinaryHeap<Reverse<(u64, &str)>> = BinaryHeap::new();
    for (n, name) in [(5, "e"), (input, "x"), (3, "c")] { heap.push(Reverse((n, name))); }
    let order: String = std::iter::from_fn(|| heap.pop()).map(|Reverse((_, name))| name).collect();
    front + most as u64 * 100 + range as u64 * 10_000 + common * 1_000_000 + order.as_bytes()[0] as u64 * 1_000_000_000 + set.len() as u64
}
