//! Overflowing arithmetic gives the wrapped value and whether it wrapped.
//# inputs: 0 1 2 15 16 127 128 255 256 18446744073709551615
pub fn run(input: u64) -> u64 {
    fn tell((value, over): (u64, bool)) -> u64 {
        value ^ ((over as u64) << 63)
    }
    let (a, b) = (input as u8, input as i8);
    let (add, over) = a.overflowing_add(240);
    let mut sum = tell((add as u64, over));
    let (neg, over) = b.overflowing_neg();
    sum = sum.rotate_left(5) ^ tell((neg as u64, over));
    let (mul, over) = b.overflowing_mul(9);
    sum = sum.rotate_left(5) ^ tell((mul as u64, over));
    sum = sum.rotate_left(5) ^ tell(input.overflowing_sub(2));
    sum = sum.rotate_left(5) ^ tell(input.overflowing_mul(input));
    let (shifted, over) = input.overflowing_shl(input as u32);
    sum.rotate_left(5) ^ tell((shifted, over))
}
