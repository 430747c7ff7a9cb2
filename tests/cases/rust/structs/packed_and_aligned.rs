//! Packed and over-aligned structs: copies of fields, arrays of them, nested in others, by reference to whole values.
#[repr(C, packed(2))]
#[derive(Clone, Copy, Default)]
struct Two { a: u8, b: u32, c: u64 }
#[repr(packed)]
#[derive(Clone, Copy)]
struct One { tag: bool, inner: Two, list: [u16; 3], maybe: Option<u32> }
#[repr(align(16))]
#[derive(Clone, Copy)]
struct Wide { x: u8, y: u16 }
#[repr(C)]
struct Mixed { first: u8, wide: Wide, last: One }
fn total(two: Two) -> u64 { let Two { a, b, c } = two; a as u64 + b as u64 + c }
pub fn run(input: u64) -> u64 {
    let mut one = One { tag: input > 1, inner: Two { a: 1, b: input as u32 * 1000, c: 7 }, list: [1, 2, input as u16], maybe: None };
    one.inner.b += 5;
    one.inner.c = one.inner.c << 33 | one.inner.a as u64;
    one.maybe = if one.tag { Some(one.inner.b) } else { None };
    let list = one.list;
    let mut items = [Wide { x: 3, y: 4 }; 3];
    items[input as usize % 3].y = 500;
    let mixed = Mixed { first: 9, wide: items[1], last: one };
    let address = (&raw const items[1] as usize - &raw const items[0] as usize) as u64;
    let sizes = size_of::<Two>() + size_of::<One>() * 100 + size_of::<Mixed>() * 10_000 + align_of::<Mixed>() * 1_000_000;
    let maybe = mixed.last.maybe;
    total(mixed.last.inner) ^ list.iter().map(|x| *x as u64).sum::<u64>() << 40 ^ sizes as u64 + address + mixed.first as u64 + mixed.wide.y as u64 * 3 + mixed.wide.x as u64 ^ maybe.map_or(1, u64::from) << 20
}
