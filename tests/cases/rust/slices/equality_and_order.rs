//! Comparing slices, arrays and references to them with one another; empty ones, prefixes, unsigned bytes and texts.
pub fn run(input: u64) -> u64 {
    let lists: [&[u8]; 6] = [b"", b"a", b"ab", b"b", b"\xff", &[97, input as u8]];
    let mut bits = 0u64;
    for a in lists { for b in lists { bits = bits << 1 | (a < b) as u64; } }
    let texts = ["", "a", "aé", "b", "Z", "ß"];
    for (i, a) in texts.iter().enumerate() { for b in &texts[i..] { bits = bits.rotate_left(2) ^ (a.cmp(b) as i8 + 1) as u64; } }
    let array = [1u32, 2, input as u32];
    let slice = &array[..];
    let same = [slice == [1, 2, 3], array == *slice, slice == &[1u32, 2, 0][..], &array == &[1, 2, 2], slice[..2] == array[..2], array != [0; 3]];
    let nested = [[1u8, 2], [3, input as u8]] < [[1, 2], [3, 2]];
    let starts = "größe".starts_with("grö") as u64 + "größe".ends_with('e') as u64 * 2 + slice.starts_with(&[]) as u64 * 4;
    let least = lists.iter().max().map_or(0, |l| l.len() as u64) + lists.iter().min().map_or(9, |l| l.len() as u64);
    same.iter().fold(bits, |h, s| h << 1 ^ *s as u64 ^ h >> 63) ^ nested as u64 ^ starts << 40 ^ least << 50
}
