//! Slicing out of bounds: each kind of range has its own message.
//# inputs: 0 1 2 3 4 5 6 7 8
fn at(n: usize) -> usize { n }
pub fn run(input: u64) -> u64 {
    let a = [1u64, 2, 3, 4];
    let s = &a[..];
    let part = match input {
        0 => &s[at(5)..],
        1 => &s[..at(6)],
        2 => &s[at(3)..at(2)],
        3 => &s[at(2)..at(7)],
        4 => &s[at(1)..=at(4)],
        5 => &s[..=at(usize::MAX)],
        6 => s.split_at(at(5)).0,
        7 => { let mut b = a; b[at(1)..].copy_from_slice(&s[at(2)..]); return b[1] }
        _ => &s[at(4)..at(4)],
    };
    part.len() as u64 + 100
}
