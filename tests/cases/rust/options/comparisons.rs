//! Options and Results compare by variant, then by content; min, max and copies of them.
pub fn run(input: u64) -> u64 {
    let values = [None, Some(1u64), Some(input), Some(u64::MAX)];
    let mut bits = 0u64;
    for a in values {
        for b in values {
            bits = bits << 1 | (a < b) as u64;
            bits = bits << 1 | (a == b) as u64;
        }
    }
    let least = values[1].min(values[2]).max(None);
    let first: Result<u8, u64> = Err(input);
    let other = Ok(9);
    let ordered = (first < other) as u64 * 2 + (first == Err(2)) as u64;
    bits ^ least.map_or(0, |x| x << 34) ^ ordered << 50 ^ ((values[2].cmp(&Some(2)) as i8 + 1) as u64) << 55
}
