//! Wrapping operations of every width at the edges.
//# inputs: 0 1 127 128 255 256 32767 32768 65535 2147483647 2147483648 4294967295 9223372036854775807 9223372036854775808 18446744073709551615
fn fold(sum: u64, value: u64) -> u64 {
    sum.rotate_left(7) ^ value.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
macro_rules! edges {
    ($sum:ident, $input:ident, $($ty:ident)*) => {$(
        let x = $input as $ty;
        $sum = fold($sum, x.wrapping_add(1) as u64);
        $sum = fold($sum, x.wrapping_sub(2) as u64);
        $sum = fold($sum, x.wrapping_mul(3) as u64);
        $sum = fold($sum, x.wrapping_neg() as u64);
        $sum = fold($sum, x.wrapping_shl(9) as u64);
        $sum = fold($sum, x.wrapping_shr(33) as u64);
        $sum = fold($sum, x.wrapping_add($ty::MAX).wrapping_sub($ty::MIN) as u64);
    )*};
}
pub fn run(input: u64) -> u64 {
    let mut sum = 1;
    edges!(sum, input, u8 i8 u16 i16 u32 i32 u64 i64 usize isize);
    sum
}
