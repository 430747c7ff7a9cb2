//! Counting, reversing, rotating and swapping bits and bytes of every width.
//# inputs: 0 1 2 170 4660 305419896 81985529216486895 18446744073709551615
fn mix(sum: u64, value: u64) -> u64 {
    (sum ^ value).wrapping_mul(0x0100_0000_01b3)
}
pub fn run(input: u64) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325;
    macro_rules! each {
        ($($ty:ident)*) => {$(
            let x = input as $ty;
            sum = mix(sum, x.count_ones() as u64);
            sum = mix(sum, x.count_zeros() as u64);
            sum = mix(sum, x.leading_zeros() as u64);
            sum = mix(sum, x.trailing_zeros() as u64);
            sum = mix(sum, x.leading_ones() as u64);
            sum = mix(sum, x.trailing_ones() as u64);
            sum = mix(sum, x.swap_bytes() as u64);
            sum = mix(sum, x.reverse_bits() as u64);
            sum = mix(sum, x.rotate_left(3) as u64);
            sum = mix(sum, x.rotate_right(5) as u64);
        )*};
    }
    each!(u8 i8 u16 i16 u32 i32 u64 i64 u128 i128);
    sum
}
