//! Panics of text: slices within a character, out of range, parse errors unwrapped, and expect with a text.
//# inputs: 0 1 2 3 4 5 6
pub fn run(input: u64) -> u64 {
    let s = String::from("aé€𝄞");
    let n = input as usize;
    match input {
        0 => s[..2].len() as u64,
        1 => s[n + 20..].len() as u64,
        2 => "12x".parse::<u64>().unwrap(),
        3 => "300".parse::<u8>().map(u64::from).expect("a byte"),
        4 => { let mut t = s.clone(); t.insert(2, 'x'); 4 }
        5 => { let empty = String::new(); empty.chars().next().unwrap() as u64 }
        _ => s[1..3].len() as u64 + s.chars().rev().map(|c| c.len_utf8() as u64).fold(0, |a, b| a * 10 + b),
    }
}
