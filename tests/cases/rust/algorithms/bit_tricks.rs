//! Bit tricks: population counts by hand, Morton codes, bit permutations, parity, Gray codes, next permutations, de Bruijn.
//# inputs: 0 1 2 12345 4294967295 18446744073709551615
fn count(mut x: u64) -> u32 { x -= x >> 1 & 0x5555_5555_5555_5555; x = (x & 0x3333_3333_3333_3333) + (x >> 2 & 0x3333_3333_3333_3333); ((x + (x >> 4) & 0x0f0f_0f0f_0f0f_0f0f).wrapping_mul(0x0101_0101_0101_0101) >> 56) as u32 }
fn spread(x: u32) -> u64 { let mut x = x as u64; for (shift, mask) in [(16, 0x0000_ffff_0000_ffffu64), (8, 0x00ff_00ff_00ff_00ff), (4, 0x0f0f_0f0f_0f0f_0f0f), (2, 0x3333_3333_3333_3333), (1, 0x5555_5555_5555_5555)] { x = (x | x << shift) & mask; } x }
fn next_same_count(x: u64) -> u64 { if x == 0 { return 0 } let low = x & x.wrapping_neg(); let ripple = x.wrapping_add(low); if ripple == 0 { return 0 } ripple | (x ^ ripple) / low >> 2 }
fn lowest(x: u64) -> u32 {
    const TABLE: [u8; 64] = { let mut t = [0; 64]; let mut i = 0; while i < 64 { t[(0x03f7_9d71_b4cb_0a89u64.wrapping_mul(1 << i) >> 58) as usize] = i as u8; i += 1; } t };
    if x == 0 { 64 } else { TABLE[((x & x.wrapping_neg()).wrapping_mul(0x03f7_9d71_b4cb_0a89) >> 58) as usize] as u32 }
}
fn ungray(mut g: u64) -> u64 { let mut shift = 1; while shift < 64 { g ^= g >> shift; shift <<= 1; } g }
pub fn run(input: u64) -> u64 {
    assert!(count(input) == input.count_ones() && lowest(input) == input.trailing_zeros(), "both ways agree");
    let morton = spread(input as u32) | spread((input >> 7) as u32) << 1;
    let parity = (0..64).fold(0, |p, i| p ^ input >> i & 1);
    assert!(ungray(input ^ input >> 1) == input, "it comes back");
    morton ^ next_same_count(input).rotate_left(9) ^ parity << 63 ^ (input.reverse_bits() & input).wrapping_mul(31) ^ u64::from(count(morton))
}
