//! A function that returned nothing returns a number.
//# probe: 1 2 3 6
#[inline(never)] fn note(out: &mut i64, x: i64) { *out = x + 1; }
pub fn probe(x: i64) -> i64 { let mut out = 0; note(&mut out, x); out }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let mut out = 0; host::hold(gate); note(&mut out, x); out }
//# after
//# expect: live, changed note
//# probe: 42 43 44 47
//# flight: old
#[inline(never)] fn note(out: &mut i64, x: i64) -> i64 { *out = x + 2; 40 }
pub fn probe(x: i64) -> i64 { let mut out = 0; note(&mut out, x) + out }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let mut out = 0; host::hold(gate); note(&mut out, x) + out }
