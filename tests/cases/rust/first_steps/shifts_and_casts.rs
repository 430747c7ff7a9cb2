//! Shifts and casts between signed and unsigned widths.
//# inputs: 0 1 127 128 255 4294967295
pub fn run(input: u64) -> u64 {
    let a = input as i8;
    let b = (a >> 1) as u8;
    let c = (input as u32) << 3 >> 5;
    let d = a as i64 as u64 >> 60;
    b as u64 * 1000 + c as u64 + d * 7
}
