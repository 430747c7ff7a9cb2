//! Casts of references to pointers, between pointer types, of functions to pointers and back by calls.
fn add(a: u64, b: u64) -> u64 { a + b }
fn mul(a: u64, b: u64) -> u64 { a * b }
pub fn run(input: u64) -> u64 {
    let mut value = 0x0102_0304_0506_0708u64 ^ input;
    let p = &raw mut value;
    let bytes = p as *const u8;
    let half = p.cast::<u32>();
    let slice: *const [u64] = &[1u64, 2, 3];
    let thin = slice as *const u64;
    let f = if input > 1 { add as fn(u64, u64) -> u64 } else { mul };
    let g: fn(u64, u64) -> u64 = f;
    // SAFETY: all of them point into what lives here.
    unsafe {
        *half = 7;
        *bytes as u64 + *half.add(1) as u64 * 3 + *thin.add(2) + slice.len() as u64 * 100 + g(5, 6) * 1000
            + (p as usize % 8) as u64
    }
}
