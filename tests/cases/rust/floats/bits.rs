//! Taking floats apart by their bits: exponent, mantissa, neighbours.
//# inputs: 0 1 2 3 4 5
pub fn run(input: u64) -> u64 {
    let values = [1.0f64, -2.5, 1e-320, f64::MAX, f64::MIN_POSITIVE, 0.0];
    let x = values[input as usize];
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32 - 1023;
    let mantissa = bits & ((1 << 52) - 1);
    let next = f64::from_bits(bits.wrapping_add(1));
    let single = f32::from_bits(0x3f80_0000 + input as u32);
    let ordered = x.total_cmp(&next) as i8;
    (exponent as u32 as u64) << 32 ^ mantissa ^ next.to_bits().rotate_left(7) ^ single.to_bits() as u64
        ^ (ordered as u8 as u64) << 40
}
