//! A table by hash, in the order of insertion.

use heapless::index_map::FnvIndexMap;

pub fn run(input: u64) -> u64 {
    let mut table: FnvIndexMap<u16, u32, 16> = FnvIndexMap::new();
    for number in 0..20u16 {
        let key = (number * 7 + input as u16) % 13;
        if table.insert(key, number as u32).is_err() {
            return 1;
        }
    }
    if let Some(value) = table.get_mut(&3) {
        *value += 500;
    }
    let removed = table.remove(&5).unwrap_or(0) as u64;
    let sum = table.iter().fold(removed, |sum, (key, value)| {
        sum.rotate_left(5) ^ *key as u64 ^ (*value as u64) << 16
    });
    sum ^ (table.contains_key(&5) as u64) << 63 ^ table.len() as u64
}
