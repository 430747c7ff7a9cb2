//! Lengths and bytes of string literals, raw and continued, with characters of one to four bytes.
//# inputs: 0 1 2 3 4
pub fn run(input: u64) -> u64 {
    let texts = ["", "plain", "größe €𝄞", r"C:\dir", "a\
                 b"];
    let text = texts[input as usize];
    let mut sum = text.len() as u64;
    for byte in text.as_bytes() {
        sum = sum.wrapping_mul(257).wrapping_add(*byte as u64);
    }
    sum
}
