//! A table that is searched from its beginning.

use heapless::LinearMap;

pub fn run(input: u64) -> u64 {
    let mut table: LinearMap<char, u64, 4> = LinearMap::new();
    for (number, letter) in "abacadae".chars().enumerate() {
        if table.insert(letter, number as u64 + input).is_err() {
            table.remove(&'a');
        }
    }
    table.iter().fold(table.len() as u64, |sum, (key, value)| {
        sum.rotate_left(9) ^ *key as u64 ^ *value << 12
    })
}
