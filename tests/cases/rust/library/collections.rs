//! Methods of sorted tables, hashed tables and rings that other programs do not come to.
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque, btree_map, hash_map};
use std::fmt::Write;
use std::hash::{BuildHasherDefault, DefaultHasher};
fn digest(text: &str) -> u64 { text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ b as u64).wrapping_mul(0x100_0000_01b3)) }
macro_rules! note { ($to:ident, $($value:expr),+ $(,)?) => {{ $(write!($to, "{:?};", $value).unwrap();)+ }} }
fn sorted(out: &mut String) {
    let mut map: BTreeMap<u32, &str> = (0..40).map(|n| (n * 7 % 41, "x")).collect();
    if let Some(mut first) = map.first_entry() { first.insert("first"); }
    note!(out, map.last_key_value(), map.first_key_value(), map.entry(100).or_insert_with_key(|k| if *k > 9 { "big" } else { "small" }));
    match map.entry(3) { btree_map::Entry::Occupied(entry) => *entry.into_mut() = "three", btree_map::Entry::Vacant(entry) => { entry.insert("new"); } }
    note!(out, map.entry(200).insert_entry("last").key(), map.clone().into_keys().rev().take(3).collect::<Vec<_>>(), map);
}
fn hashed(out: &mut String) {
    let mut map: HashMap<String, usize, BuildHasherDefault<DefaultHasher>> = HashMap::with_capacity_and_hasher(10, Default::default());
    for word in "a b a c b a".split(' ') { *map.entry(word.to_string()).or_insert_with_key(|k| k.len() - 1) += 1; }
    match map.entry("c".into()) { hash_map::Entry::Occupied(entry) => *entry.into_mut() += 10, hash_map::Entry::Vacant(_) => {} }
    note!(out, map.entry("z".into()).insert_entry(26).get());
    let mut keys: Vec<String> = map.clone().into_keys().collect();
    keys.sort();
    note!(out, keys, map["a"], map.capacity() >= 4);
    let mut set: HashSet<u8, BuildHasherDefault<DefaultHasher>> = HashSet::with_hasher(Default::default());
    set.extend([1, 2, 1]);
    let other: HashSet<u8, BuildHasherDefault<DefaultHasher>> = HashSet::with_capacity_and_hasher(4, Default::default());
    let empty: HashMap<u8, u8, BuildHasherDefault<DefaultHasher>> = HashMap::with_hasher(Default::default());
    note!(out, set.len(), other.is_subset(&set), empty.is_empty());
}
fn rings(out: &mut String) {
    let mut ring: VecDeque<i32> = (1..=6).collect();
    ring.rotate_left(2);
    ring.push_front(0);
    *ring.front_mut().unwrap() -= 1;
    *ring.back_mut().unwrap() += 1;
    note!(out, ring, ring.swap_remove_back(1), ring.swap_remove_front(3), ring);
    let (front, back) = ring.as_mut_slices();
    front.reverse();
    back.reverse();
    note!(out, ring.len(), ring.iter().sum::<i32>(), ring.make_contiguous().len());
}
pub fn run(input: u64) -> u64 {
    let mut out = String::new();
    match input { 0 => sorted(&mut out), 1 => hashed(&mut out), 2 => rings(&mut out), _ => {} }
    digest(&out)
}
