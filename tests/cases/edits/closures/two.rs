//! Two closures of one function change places.
//# probe: 6 7 8 11
pub fn probe(x: i64) -> i64 { let f: Box<dyn Fn(i64) -> i64> = Box::new(move |y| y + x); let g: Box<dyn Fn(i64) -> i64> = Box::new(move |y| y * 3); f(g(2)) }
//# after
//# expect: live, changed probe
//# probe: 6 9 12 21
//# flight: old
pub fn probe(x: i64) -> i64 { let g: Box<dyn Fn(i64) -> i64> = Box::new(move |y| y * 3); let f: Box<dyn Fn(i64) -> i64> = Box::new(move |y| y + x); g(f(2)) }
