//! Function pointers are comparable and stay what they are.
//# probe: -3 -3 101 101
#[inline(never)] fn a(x: i64) -> i64 { x + 1 }
#[inline(never)] fn b(x: i64) -> i64 { x + 3 }
#[inline(never)] fn make(x: i64) -> fn(i64) -> i64 { if x > 1 { a } else { b } }
#[inline(never)] fn fold(f: fn(i64) -> i64) -> i64 { if f as usize == a as usize { f(100) } else { -f(0) } }
//# after
//# expect: live, changed a
//# probe: -3 -3 150 150
//# flight: 150
#[inline(never)] fn a(x: i64) -> i64 { x + 50 }
#[inline(never)] fn b(x: i64) -> i64 { x + 3 }
#[inline(never)] fn make(x: i64) -> fn(i64) -> i64 { if x > 1 { a } else { b } }
#[inline(never)] fn fold(f: fn(i64) -> i64) -> i64 { if f as usize == a as usize { f(100) } else { -f(0) } }
