//! String: built, changed, cut, searched, split, parsed, compared, with characters of several bytes.
pub fn run(input: u64) -> u64 {
    let mut s = String::from("segue");
    s.push('!');
    s.push_str(" größer");
    s.insert(0, '>');
    s.insert_str(1, "> ");
    let popped = s.pop().map_or(0, |c| c as u64);
    let removed = s.remove(2) as u64;
    let upper = s.to_uppercase();
    let replaced = s.replace("e", "33");
    let found = s.find("größ").unwrap_or(99) * 100 + s.rfind('g').unwrap_or(99);
    let words: Vec<&str> = s.split_whitespace().collect();
    let joined = words.concat() + &"ab".repeat(input as usize);
    let parsed = "42".parse::<u64>().unwrap_or(0) + "-7".parse::<i8>().map_or(1, |x| x as u8 as u64) + "x".parse::<u32>().is_err() as u64;
    let trimmed = "  \t padded \n".trim();
    let lines = "a\nbb\r\nccc".lines().map(str::len).fold(0, |s, n| s * 10 + n);
    let strip = "prefix-rest".strip_prefix("prefix-").map_or(0, str::len);
    let order = (joined < replaced) as u64;
    upper.bytes().fold(0u64, |h, b| h.wrapping_mul(31) + b as u64) ^ popped << 20 ^ removed << 30 ^ replaced.len() as u64 ^ (found as u64) << 32
        ^ (joined.chars().count() as u64) << 40 ^ parsed << 44 ^ (trimmed.len() as u64) << 52 ^ (lines as u64) << 48 ^ strip as u64 ^ order << 60
}
