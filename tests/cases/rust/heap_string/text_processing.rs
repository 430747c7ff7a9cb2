//! Words counted, sorted and wrapped; a small template; parsing of key-value lines; reversing by characters.
use std::collections::BTreeMap;
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("one line");
        if last.is_empty() { last.push_str(word) } else if last.chars().count() + 1 + word.chars().count() <= width { last.push(' '); *last += word } else { lines.push(word.to_owned()) }
    }
    lines
}
fn fill(template: &str, values: &BTreeMap<&str, String>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').ok_or_else(|| format!("open at {}", out.len()))?;
        out += before;
        out += values.get(name.trim()).ok_or(name.to_uppercase())?;
        rest = tail;
    }
    Ok(out + rest)
}
pub fn run(input: u64) -> u64 {
    let text = "the quick brown fox über the lazy dög and the fox";
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for word in text.split(' ') { *counts.entry(word.chars().rev().collect()).or_insert(0) += 1; }
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let lines = wrap(text, 8 + input as usize * 4);
    let values = "name = Ada; n=42".split(';').filter_map(|kv| kv.split_once('=')).map(|(k, v)| (k.trim(), v.trim().to_string())).collect();
    let filled = fill(["{name} has { n }!", "{none}", "{n", "plain"][input as usize], &values);
    let hash = |s: &str| s.bytes().fold(5381u64, |h, b| h.wrapping_mul(33) ^ b as u64);
    sorted.iter().take(3).fold(0u64, |h, (w, n)| h.rotate_left(9) ^ hash(w) ^ **n as u64) ^ lines.iter().fold(0, |h: u64, l| h.rotate_left(5) ^ hash(l))
        ^ filled.map_or_else(|e| !hash(&e), |s| hash(&s))
}
