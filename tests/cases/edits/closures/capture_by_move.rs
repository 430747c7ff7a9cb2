//! A closure captures by value what it captured by reference.
//# probe: 6 8 10 16
pub fn probe(x: i64) -> i64 { let all = vec![x; 3]; let f = || all.len() as i64 + all[0]; f() + f() }
//# after
//# expect: live, changed probe
//# probe: 9 16 25 64
//# flight: 64
pub fn probe(x: i64) -> i64 { let all = vec![x; 3]; let f = move || all.len() as i64 + all[0]; f() * f() }
