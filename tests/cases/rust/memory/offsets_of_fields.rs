//! `offset_of!`: of structs in C's order, nested, packed, generic, unions and tuples.

use std::mem::offset_of;

#[repr(C)]
struct Header { kind: u8, length: u32, inner: Inner, last: u16 }
#[repr(C)]
struct Inner { a: u16, b: f64, c: [u8; 3] }
#[repr(C, packed)]
struct Tight { a: u8, b: u64, c: u16 }
#[repr(C)]
struct Of<T> { first: u8, value: T }
#[repr(C)]
union Either { a: u8, b: u64 }
#[repr(transparent)]
struct Wrapped(u32);

const LENGTH: usize = offset_of!(Header, length);

pub fn run(input: u64) -> u64 {
    let all = [
        LENGTH, offset_of!(Header, inner), offset_of!(Header, inner.b), offset_of!(Header, inner.c), offset_of!(Header, last),
        offset_of!(Tight, b), offset_of!(Tight, c), offset_of!(Of<u64>, value), offset_of!(Of<u8>, value),
        offset_of!(Either, b), offset_of!(Wrapped, 0),
    ];
    let header = Header { kind: 1, length: 70 + input as u32, inner: Inner { a: 2, b: 3.5, c: [4, 5, 6] }, last: 9 };
    let begin = &raw const header as *const u8;
    let read = unsafe { *(begin.add(offset_of!(Header, length)) as *const u32) };
    let part = unsafe { *begin.add(offset_of!(Header, inner.c) + (input as usize % 3)) };
    let sum = all.iter().fold(0u64, |sum, it| sum.rotate_left(6) ^ *it as u64);
    sum ^ (read as u64) << 32 ^ (part as u64) << 56 ^ header.kind as u64 ^ header.last as u64
}
