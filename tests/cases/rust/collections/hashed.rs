//! `HashMap` and `HashSet`: whatever the order; with hashers of one's own, and what `DefaultHasher` gives.
//# inputs: 0 1 2 3 4 9 17

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash, Hasher};

fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    *state >> 33
}

fn mixed(sum: u64, text: &str) -> u64 {
    text.bytes().fold(sum, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

/// Most keys collide.
#[derive(Clone, Default)]
struct Bad(u64);

impl Hasher for Bad {
    fn finish(&self) -> u64 {
        self.0 % 3
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 += bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    }
}

fn operations<S: BuildHasher + Clone + Default>(seed: u64) -> u64 {
    let mut state = seed;
    let mut map: HashMap<u32, String, S> = HashMap::default();
    let mut sum = 0;
    for step in 0..250 {
        let key = (random(&mut state) % 60) as u32;
        let told = match random(&mut state) % 10 {
            0..=3 => format!("{:?}", map.insert(key, format!("v{step}"))),
            4 | 5 => format!("{:?}", map.remove(&key)),
            6 => {
                map.entry(key).and_modify(|it| it.push('!')).or_insert_with(|| "new".to_owned()).push('?');
                format!("{:?}", map.get_key_value(&key))
            }
            7 => match map.entry(key) {
                Entry::Occupied(entry) if entry.get().len() > 2 => format!("{:?}", entry.remove_entry()),
                Entry::Occupied(mut entry) => entry.insert("again".to_owned()),
                Entry::Vacant(entry) => format!("{}", entry.into_key()),
            },
            8 if step % 50 == 3 => {
                map.retain(|key, value| key % 3 != 0 && value.len() < 9);
                map.shrink_to_fit();
                format!("{}", map.len())
            }
            _ => format!("{:?} {}", map.get(&key), map.contains_key(&(key + 1))),
        };
        sum = mixed(sum, &told);
    }
    let copy = map.clone();
    map.values_mut().for_each(|value| value.push('.'));
    let mut all: Vec<_> = map.iter().map(|(key, value)| format!("{key}{value}")).collect();
    all.sort();
    let mut keys: Vec<_> = copy.keys().copied().collect();
    keys.sort();
    let differ = map != copy;
    let lengths: usize = map.drain().map(|(_, value)| value.len()).sum();
    mixed(sum, &format!("{all:?} {keys:?} {differ} {lengths} {} {}", map.len(), copy.into_values().count()))
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Name(String),
    Place { x: i8, y: [u16; 3] },
    Nothing,
}

fn keys(input: u64) -> u64 {
    let mut map = HashMap::from([
        (Key::Nothing, 1),
        (Key::Name("n".repeat(input as usize % 20)), 2),
        (Key::Place { x: -1, y: [1, 2, input as u16] }, 3),
    ]);
    *map.entry(Key::Nothing).or_insert(7) += 10;
    map.extend([(Key::Name(String::new()), 5)]);
    let names: HashMap<String, usize> = ["a", "bb", "ccc"].iter().map(|it| (it.to_string(), it.len())).collect();
    let mut found: Vec<_> = map.into_iter().collect();
    found.sort();
    let one = HashMap::from([("only", 1)]);
    mixed(0, &format!("{found:?} {:?} {} {one:?} {:?}", names.get("bb"), names["ccc"], one.get("other")))
}

fn hashes(input: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (input, "text", 'c', -5i8, [1u16, 2, 3], Some(Key::Nothing), true).hash(&mut hasher);
    let first = hasher.finish();
    hasher.write(&[7; 29][..input as usize]);
    Key::Place { x: 1, y: [4; 3] }.hash(&mut hasher);
    vec![1u32, 2, 3].hash(&mut hasher);
    (1u128, ()).hash(&mut hasher);
    let fixed = BuildHasherDefault::<DefaultHasher>::default().hash_one("abc");
    first.wrapping_mul(3) ^ hasher.finish() ^ fixed
}

fn sets(seed: u64) -> u64 {
    let mut state = seed ^ 77;
    let mut one: HashSet<u64> = (0..20).map(|_| random(&mut state) % 30).collect();
    let other: HashSet<u64> = (0..10).map(|_| random(&mut state) % 30).collect();
    let sorted = |values: Vec<&u64>| {
        let mut values: Vec<u64> = values.into_iter().copied().collect();
        values.sort();
        format!("{values:?}")
    };
    let mut text = sorted(one.union(&other).collect());
    text += &sorted(one.intersection(&other).collect());
    text += &sorted(one.difference(&other).collect());
    text += &sorted(one.symmetric_difference(&other).collect());
    text += &sorted((&one ^ &other).iter().collect());
    text += &format!("{} {} {}", (&one & &other).is_subset(&one), one.is_disjoint(&other), one == other);
    text += &format!("{} {} {:?} {:?}", one.insert(7), one.remove(&8), one.take(&9), one.get(&7));
    one.retain(|value| value % 2 == 1);
    mixed(0, &(text + &sorted(one.iter().collect())))
}

pub fn run(input: u64) -> u64 {
    let usual = operations::<std::hash::RandomState>(input);
    let bad = operations::<BuildHasherDefault<Bad>>(input);
    if input == 17 {
        return HashMap::from([(1, 2)])[&input];
    }
    usual.wrapping_add(bad * 3).wrapping_add(keys(input)).wrapping_add(hashes(input)).wrapping_add(sets(input))
}
