//! Comparing addresses of parts: which references are the same, order within an array, zero-sized values.
use std::ptr;
struct Pair { a: u64, b: u64 }
pub fn run(input: u64) -> u64 {
    let pair = Pair { a: 1, b: 1 };
    let array = [1u8, 2, 3, 4];
    let (x, y) = (&pair.a, &pair.b);
    let again = if input > 1 { x } else { &pair.a };
    let mut bits = ptr::eq(x, again) as u64;
    bits = bits << 1 | ptr::eq(x, y) as u64;
    bits = bits << 1 | (x == y) as u64;
    bits = bits << 1 | ((&raw const array[1]) < (&raw const array[3])) as u64;
    bits = bits << 1 | ptr::eq(&array[..2], &array[..2]) as u64;
    bits = bits << 1 | ptr::eq(&array[..2], &array[..3]) as u64;
    bits = bits << 1 | ptr::addr_eq(&array, &array[0]) as u64;
    let units = [(); 5];
    let distance = (&raw const array[3]).addr() - (&raw const array[input as usize % 4]).addr();
    let aligned = (x as *const u64).addr() % align_of::<u64>();
    bits * 1000 + distance as u64 * 100 + aligned as u64 + units.iter().count() as u64
}
