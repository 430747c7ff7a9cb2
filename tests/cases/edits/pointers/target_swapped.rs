//! A function pointer comes to mean another function.
//# probe: 16 16 16 16
#[inline(never)] fn a(x: i64) -> i64 { x + 1 }
#[inline(never)] fn b(x: i64) -> i64 { x * 10 }
#[inline(never)] fn make(_: i64) -> fn(i64) -> i64 { a }
#[inline(never)] fn fold(f: fn(i64) -> i64) -> i64 { f(5) + b(1) }
//# after
//# expect: live, changed make
//# probe: 60 60 60 60
//# flight: old
#[inline(never)] fn a(x: i64) -> i64 { x + 1 }
#[inline(never)] fn b(x: i64) -> i64 { x * 10 }
#[inline(never)] fn make(_: i64) -> fn(i64) -> i64 { b }
#[inline(never)] fn fold(f: fn(i64) -> i64) -> i64 { f(5) + b(1) }
