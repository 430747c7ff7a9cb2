//! Sizes, alignments and field orders where they are guaranteed: repr(C), packed, align, transparent.
use std::mem::{align_of, offset_of, size_of};
#[repr(C)]
struct C { a: u8, b: u32, c: u16, d: u64 }
#[repr(C, packed)]
#[derive(Clone, Copy)]
struct Packed { a: u8, b: u32, c: u16 }
#[repr(align(32))]
struct Aligned(u8);
#[repr(transparent)]
struct Clear(f64);
#[repr(C)]
union Bits { f: f32, u: u32 }
pub fn run(input: u64) -> u64 {
    let packed = Packed { a: input as u8, b: input as u32 * 1000, c: 7 };
    let b = packed.b;
    let values = [
        size_of::<C>(), align_of::<C>(), offset_of!(C, b), offset_of!(C, c), offset_of!(C, d), size_of::<Packed>(),
        align_of::<Packed>(), offset_of!(Packed, c), size_of::<Aligned>(), align_of::<[Aligned; 2]>(), size_of::<Clear>(),
        size_of::<Bits>(), size_of::<[C; 3]>(), size_of::<()>(), size_of::<Option<&u8>>(), size_of::<Option<Clear>>(),
        size_of::<(u64, u64)>(), size_of::<&[u8]>(), size_of::<fn()>(), size_of::<u128>(), align_of::<u128>(),
    ];
    let mut sum = b as u64 + packed.a as u64;
    for value in values {
        sum = sum.wrapping_mul(37) + value as u64;
    }
    sum
}
