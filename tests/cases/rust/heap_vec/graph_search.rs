//! Breadth-first and depth-first search, shortest paths with a heap, and topological order with vectors and maps.
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
fn shortest(edges: &BTreeMap<u32, Vec<(u32, u64)>>, from: u32) -> BTreeMap<u32, u64> {
    let mut best = BTreeMap::from([(from, 0)]);
    let mut heap = BinaryHeap::from([Reverse((0, from))]);
    while let Some(Reverse((d, at))) = heap.pop() {
        if best[&at] < d { continue }
        for &(to, w) in edges.get(&at).into_iter().flatten() {
            if best.get(&to).is_none_or(|old| d + w < *old) { best.insert(to, d + w); heap.push(Reverse((d + w, to))); }
        }
    }
    best
}
fn order(edges: &BTreeMap<u32, Vec<(u32, u64)>>) -> Option<Vec<u32>> {
    let mut needs: BTreeMap<u32, usize> = edges.keys().map(|k| (*k, 0)).collect();
    for (to, _) in edges.values().flatten() { *needs.entry(*to).or_default() += 1; }
    let mut ready: VecDeque<u32> = needs.iter().filter(|(_, n)| **n == 0).map(|(k, _)| *k).collect();
    let mut sorted = vec![];
    while let Some(k) = ready.pop_front() {
        sorted.push(k);
        for (to, _) in edges.get(&k).map_or(&[][..], |v| v) { let n = needs.get_mut(to)?; *n -= 1; if *n == 0 { ready.push_back(*to) } }
    }
    (sorted.len() == needs.len()).then_some(sorted)
}
pub fn run(input: u64) -> u64 {
    let mut edges: BTreeMap<u32, Vec<(u32, u64)>> = BTreeMap::new();
    for (a, b, w) in [(1, 2, 7), (1, 3, 2), (3, 2, 3), (2, 4, 1), (3, 4, 8 + input), (4, 5, input)] { edges.entry(a).or_default().push((b, w)); }
    if input == 3 { edges.entry(5).or_default().push((3, 1)); }
    let far = shortest(&edges, 1).into_iter().fold(0u64, |h, (k, d)| h * 31 + k as u64 * d);
    far * 1000 + order(&edges).map_or(7, |o| o.iter().fold(0, |h, k| h * 6 + *k as u64))
}
