//! Memory copied, compared and viewed as other types: copy, write_bytes, from_raw_parts, read_unaligned.
use std::{ptr, slice};
fn bytes_of<T: Copy>(items: &[T]) -> &[u8] {
    // SAFETY: integers have no padding.
    unsafe { slice::from_raw_parts(items.as_ptr().cast(), size_of_val(items)) }
}
fn split(items: &mut [u64], at: usize) -> (&mut [u64], &mut [u64]) {
    assert!(at <= items.len());
    let p = items.as_mut_ptr();
    // SAFETY: the parts do not overlap.
    unsafe { (slice::from_raw_parts_mut(p, at), slice::from_raw_parts_mut(p.add(at), items.len() - at)) }
}
pub fn run(input: u64) -> u64 {
    let mut a = [1u64, 2, 3, 4, 5, input];
    let (left, right) = split(&mut a, 2);
    left[0] += right[3];
    right[0] *= left[1];
    let mut copy = [9u64; 8];
    // SAFETY: six elements fit, and the second copy stays within.
    unsafe {
        ptr::copy_nonoverlapping(a.as_ptr(), copy.as_mut_ptr(), 6);
        ptr::copy(copy.as_ptr(), copy.as_mut_ptr().add(2), 5);
        ptr::write_bytes(copy.as_mut_ptr().add(7), 0x11, 1);
    }
    let bytes = bytes_of(&a[..2]);
    // SAFETY: nine bytes from one on are within sixteen.
    let crooked = unsafe { bytes.as_ptr().add(1).cast::<u64>().read_unaligned() };
    copy.iter().fold(crooked, |s, x| s.wrapping_mul(31) ^ x)
}
