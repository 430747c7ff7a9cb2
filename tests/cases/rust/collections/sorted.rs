//! `BTreeMap` and `BTreeSet`: kept in order, looked up by what is borrowed, ranges, entries, what two sets have.
//# inputs: 0 1 2 3 4 9 17 40 41

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    *state >> 33
}

fn mixed(sum: u64, text: &str) -> u64 {
    text.bytes().fold(sum, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

fn operations(seed: u64) -> u64 {
    let mut state = seed;
    let mut map: BTreeMap<i64, String> = BTreeMap::new();
    let mut sum = 0;
    for step in 0..250 {
        let key = (random(&mut state) % 60) as i64 - 30;
        let told = match random(&mut state) % 12 {
            0..=3 => format!("{:?}", map.insert(key, format!("v{step}"))),
            4 => format!("{:?}", map.remove(&key)),
            5 => format!("{:?} {:?}", map.pop_first(), map.first_key_value()),
            6 => format!("{:?}", map.get(&key).map(String::len)),
            7 => {
                map.entry(key).and_modify(|it| it.push('!')).or_insert_with(|| "new".to_owned()).push('?');
                format!("{:?}", map.get_key_value(&key))
            }
            8 => match map.entry(key) {
                Entry::Occupied(entry) if entry.get().len() > 2 => format!("{:?}", entry.remove_entry()),
                Entry::Occupied(mut entry) => entry.insert("again".to_owned()),
                Entry::Vacant(entry) => format!("{}", entry.key()),
            },
            9 => {
                let end = key + 9;
                for (key, value) in map.range_mut(key..end) {
                    value.push_str(&key.to_string());
                    value.truncate(6);
                }
                format!("{:?}", map.range(..=key).next_back())
            }
            10 => {
                let mut above = map.split_off(&key);
                above.retain(|key, _| key % 5 != 0);
                let count = above.len();
                map.append(&mut above);
                format!("{count} {}", above.is_empty())
            }
            _ => format!("{:?} {:?}", map.last_entry().map(|it| *it.key()), map.pop_last()),
        };
        sum = mixed(sum, &told);
    }
    let bounds = (Bound::Excluded(-5), Bound::Included(12));
    let middle: Vec<_> = map.range::<i64, _>(bounds).rev().map(|(key, value)| (key, value.len())).collect();
    let keys: Vec<_> = map.keys().chain(map.keys().rev()).collect();
    sum = mixed(sum, &format!("{map:?} {middle:?} {keys:?} {:?}", map.values().max()));
    map.values_mut().for_each(String::clear);
    let emptied: Vec<_> = map.into_iter().skip(3).map(|(key, value)| key + value.len() as i64).collect();
    mixed(sum, &format!("{emptied:?}"))
}

fn words(input: u64) -> u64 {
    let text = "the quick brown fox jumps over the lazy dog while the other fox sleeps over there";
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in text.split_whitespace().skip(input as usize % 5) {
        *counts.entry(word).or_default() += 1;
    }
    let owned: BTreeMap<String, usize> = counts.iter().map(|(word, count)| (word.to_string(), *count)).collect();
    let the = owned.get("the").copied().unwrap_or(100) + owned["fox"];
    let few = BTreeMap::from([(3, 'c'), (1, 'a'), (2, 'b'), (1, 'z')]);
    let order = few < BTreeMap::from([(1, 'z'), (2, 'c')]);
    let text = format!("{counts:?} {owned:#?} {the} {few:?} {order} {}", few == few.clone());
    let values: String = few.into_values().rev().collect();
    mixed(mixed(0, &text), &values)
}

fn sets(seed: u64) -> u64 {
    let mut state = seed ^ 77;
    let mut one: BTreeSet<u64> = (0..20).map(|_| random(&mut state) % 30).collect();
    let other = BTreeSet::from_iter((0..10).map(|_| random(&mut state) % 30));
    let texts = [
        format!("{:?}", one.union(&other).collect::<Vec<_>>()),
        format!("{:?}", one.intersection(&other).collect::<Vec<_>>()),
        format!("{:?}", one.difference(&other).copied().sum::<u64>()),
        format!("{:?}", one.symmetric_difference(&other).collect::<Vec<_>>()),
        format!("{:?} {:?} {:?} {:?}", &one | &other, &one & &other, &one - &other, &one ^ &other),
        format!("{} {} {}", one.is_subset(&other), one.is_superset(&(&one & &other)), one.is_disjoint(&other)),
        format!("{:?} {:?} {:?}", one.first(), one.last(), one.range(5..15).rev().collect::<Vec<_>>()),
        format!("{} {} {:?} {:?}", one.insert(7), one.remove(&8), one.take(&9), one.replace(7)),
        format!("{:?} {:?} {:?} {}", one.pop_first(), one.pop_last(), one, one.contains(&12)),
    ];
    let letters: BTreeSet<char> = "hello world".chars().filter(|c| c.is_alphabetic()).collect();
    let text: String = letters.iter().rev().collect();
    texts.iter().fold(mixed(0, &text), |sum, text| mixed(sum, text))
}

pub fn run(input: u64) -> u64 {
    let sum = operations(input).wrapping_add(words(input)).wrapping_add(sets(input));
    match input {
        17 => BTreeMap::from([(1, 2)])[&input],
        40 => BTreeMap::from([(1, 2)]).range(input..3).count() as u64,
        41 => BTreeSet::from([1]).range((Bound::Excluded(input), Bound::Excluded(input))).count() as u64,
        _ => sum,
    }
}
