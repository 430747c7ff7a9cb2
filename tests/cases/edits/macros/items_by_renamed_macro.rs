//! A macro that makes types inside of a function, called by another name.
//# probe: 3 13 23 53
macro_rules! items { ($word:ty) => {
    #[repr(C)] struct Local { a: $word, b: $word }
    #[inline(never)] fn fill(x: i64) -> &'static Local { host::keep(Local { a: x as $word, b: 3 }) }
    #[inline(never)] fn total(local: &'static Local) -> i64 { local.a as i64 * 10 + local.b as i64 }
} }
use items as things;
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { things!(i32); let local = fill(x); host::hold(gate); total(local) }
//# after
//# expect: live
//# probe: 3 13 23 53
//# flight: old
macro_rules! items { ($word:ty) => {
    #[repr(C)] struct Local { a: $word, b: $word }
    #[inline(never)] fn fill(x: i64) -> &'static Local { host::keep(Local { a: x as $word, b: 3 }) }
    #[inline(never)] fn total(local: &'static Local) -> i64 { local.a as i64 * 10 + local.b as i64 }
} }
use items as things;
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { things!(i64); let local = fill(x); host::hold(gate); total(local) }
//# after
//# expect: live
//# probe: 3 13 23 53
//# flight: old
macro_rules! items { ($word:ty) => {
    #[repr(C)] struct Local { b: $word, a: $word }
    #[inline(never)] fn fill(x: i64) -> &'static Local { host::keep(Local { a: x as $word, b: 3 }) }
    #[inline(never)] fn total(local: &'static Local) -> i64 { local.a as i64 * 10 + local.b as i64 }
} }
use items as things;
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { things!(i64); let local = fill(x); host::hold(gate); total(local) }
