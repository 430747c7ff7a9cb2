//! A result becomes the type that is never returned.
//# probe: 0 1 2 105
#[inline(never)] fn fail(x: i64) -> i64 { x + 100 }
pub fn probe(x: i64) -> i64 { if x > 3 { fail(x) } else { x } }
//# after
//# expect: live, changed fail
//# probe: 0 1 2 panic
//# flight: old
#[inline(never)] fn fail(x: i64) -> ! { panic!("no {x}") }
pub fn probe(x: i64) -> i64 { if x > 3 { fail(x) } else { x } }
//# after
//# expect: live, changed fail
//# probe: 0 1 2 205
//# flight: old
#[inline(never)] fn fail(x: i64) -> i64 { x + 200 }
pub fn probe(x: i64) -> i64 { if x > 3 { fail(x) } else { x } }
