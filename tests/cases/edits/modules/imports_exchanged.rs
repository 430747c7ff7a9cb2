//! Two modules exchange which type they import under one name.
//# probe: 3004 13014 23024 53054
mod one { #[repr(C)] pub struct L { pub p: i32, pub q: i32 } } mod two { #[repr(C)] pub struct L { pub q: i32, pub p: i32 } }
mod a { use super::one::L; #[inline(never)] pub fn make(x: i64) -> &'static L { super::host::keep(L { p: x as i32, q: 3 }) } #[inline(never)] pub fn fold(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 } }
mod b { use super::two::L; #[inline(never)] pub fn make(x: i64) -> &'static L { super::host::keep(L { p: x as i32, q: 4 }) } #[inline(never)] pub fn fold(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 } }
pub fn probe(x: i64) -> i64 { a::fold(a::make(x)) * 1000 + b::fold(b::make(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let (l, m) = (a::make(x), b::make(x)); host::hold(gate); a::fold(l) * 1000 + b::fold(m) }
//# after
//# expect: live
//# probe: 3004 13014 23024 53054
//# flight: old
mod one { #[repr(C)] pub struct L { pub p: i32, pub q: i32 } } mod two { #[repr(C)] pub struct L { pub q: i32, pub p: i32 } }
mod a { use super::two::L; #[inline(never)] pub fn make(x: i64) -> &'static L { super::host::keep(L { p: x as i32, q: 3 }) } #[inline(never)] pub fn fold(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 } }
mod b { use super::one::L; #[inline(never)] pub fn make(x: i64) -> &'static L { super::host::keep(L { p: x as i32, q: 4 }) } #[inline(never)] pub fn fold(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 } }
pub fn probe(x: i64) -> i64 { a::fold(a::make(x)) * 1000 + b::fold(b::make(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let (l, m) = (a::make(x), b::make(x)); host::hold(gate); a::fold(l) * 1000 + b::fold(m) }
