//! Widening products, carries by hand, and 128-bit arithmetic against two halves.
//# inputs: 0 1 2 4294967295 18446744073709551615
fn wide(a: u64, b: u64) -> (u64, u64) {
    let (al, ah, bl, bh) = (a & 0xffff_ffff, a >> 32, b & 0xffff_ffff, b >> 32);
    let (ll, lh, hl, hh) = (al * bl, al * bh, ah * bl, ah * bh);
    let middle = (ll >> 32) + (lh & 0xffff_ffff) + (hl & 0xffff_ffff);
    (middle << 32 | ll & 0xffff_ffff, hh + (lh >> 32) + (hl >> 32) + (middle >> 32))
}
fn add(a: [u64; 3], b: [u64; 3]) -> ([u64; 3], bool) {
    let mut carry = false;
    let mut sum = [0; 3];
    for i in 0..3 {
        let (x, c) = a[i].overflowing_add(b[i]);
        let (y, d) = x.overflowing_add(carry.into());
        sum[i] = y;
        carry = c || d;
    }
    (sum, carry)
}
pub fn run(input: u64) -> u64 {
    let (low, high) = wide(input, 0xdead_beef_1234_5678);
    let product = input as u128 * 0xdead_beef_1234_5678;
    assert!(product as u64 == low && (product >> 64) as u64 == high, "both ways agree");
    let ([a, b, c], carry) = add([low, high, input], [u64::MAX, high, input]);
    let quotient = product / (input as u128 + 3) ^ product % 0x1_0000_0000_0001;
    a ^ b.rotate_left(5) ^ c.rotate_left(9) ^ carry as u64 ^ quotient as u64 ^ (quotient >> 64) as u64
}
