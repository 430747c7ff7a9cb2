//! Vectors of vectors, of strings and of structs; sorted stably, by key, deduplicated, searched, flattened, concatenated.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item { key: u32, name: String, order: usize }
pub fn run(input: u64) -> u64 {
    let mut rows: Vec<Vec<u32>> = (0..5).map(|i| (0..i).map(|j| j * i + input as u32).collect()).collect();
    rows[2].push(50);
    rows.swap(1, 4);
    let flat = rows.concat();
    let mut items: Vec<Item> = ["pear", "fig", "apple", "kiwi", "date", "plum"].iter().enumerate().map(|(order, name)| Item { key: name.len() as u32, name: name.to_string(), order }).collect();
    items.sort_by_key(|item| item.key);
    let stable = items.windows(2).all(|w| w[0].key < w[1].key || w[0].order < w[1].order);
    let by_length = items.iter().fold(0u64, |h, i| h * 7 + i.order as u64);
    items.sort_by(|a, b| b.name.cmp(&a.name));
    let by_name = items.iter().fold(0u64, |h, i| h * 7 + i.order as u64);
    items.dedup_by_key(|i| i.key);
    let found = items.iter().position(|i| i.name == "kiwi").unwrap_or(9);
    let words = items.iter().map(|i| i.name.as_str()).collect::<Vec<_>>().join("-");
    flat.iter().map(|x| *x as u64).sum::<u64>() + stable as u64 * 3 + by_length * 10 + by_name * 1_000_000 + found as u64 + words.len() as u64 * 100_000_000_000
}
