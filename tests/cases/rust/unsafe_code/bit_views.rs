//! Views of numbers as bytes and back through pointers, unions and arrays, alignment of addresses, volatile and unaligned access.
use std::ptr;
#[repr(C)]
union View { word: u64, halves: [u32; 2], bytes: [u8; 8], float: f64 }
fn sum_words(bytes: &[u8]) -> (u64, usize) {
    // SAFETY: any bytes are a number.
    let (head, words, tail) = unsafe { bytes.align_to::<u32>() };
    let total = words.iter().map(|w| w.to_le_bytes().iter().map(|b| *b as u64).sum::<u64>()).sum::<u64>() + head.iter().chain(tail).map(|b| *b as u64).sum::<u64>();
    (total, head.len() + words.len() * 4 + tail.len())
}
pub fn run(input: u64) -> u64 {
    let mut view = View { word: input.wrapping_mul(0x0123_4567_89ab_cdef) };
    let mut data = [0u8; 24];
    // SAFETY: all fields are numbers of eight bytes, and every offset stays within the arrays.
    unsafe {
        view.bytes[7] &= 0x7f;
        view.halves[0] ^= 0xff;
        let base = data.as_mut_ptr();
        base.add(3).cast::<u64>().write_unaligned(view.word);
        ptr::write_volatile(base.add(20), view.bytes[2]);
        let odd = base.add(5).cast::<u16>().read_unaligned();
        let seen = ptr::read_volatile(base.add(3));
        ptr::copy(base, base.add(8), 12);
        let float = if view.float.is_nan() { 1 } else { (view.float > 1.0) as u64 };
        let (sum, len) = sum_words(&data[1..]);
        odd as u64 ^ (seen as u64) << 16 ^ float << 24 ^ sum << 32 ^ (len as u64) << 48 ^ (base.align_offset(1) as u64) << 60
    }
}
