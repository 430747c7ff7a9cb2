//! Two modules exchange their types of one name.
//# probe: 3003 13013 23023 53053
mod a { #[repr(C)] pub struct L { p: i32, q: i32 } #[inline(never)] pub fn make(x: i64) -> &'static L { host::keep(L { p: x as i32, q: 3 }) } #[inline(never)] pub fn fold(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 } use super::host; }
mod b { #[repr(C)] pub struct L { q: i32, p: i32 } #[inline(never)] pub fn make(x: i64) -> &'static L { host::keep(L { p: x as i32, q: 3 }) } #[inline(never)] pub fn fold(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 } use super::host; }
pub fn probe(x: i64) -> i64 { a::fold(a::make(x)) * 1000 + b::fold(b::make(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let (l, m) = (a::make(x), b::make(x)); host::hold(gate); a::fold(l) * 1000 + b::fold(m) }
//# after
//# expect: live, changed a::fold b::fold
//# probe: 3003 13013 23023 53053
//# flight: old
mod a { #[repr(C)] pub struct L { q: i32, p: i32 } #[inline(never)] pub fn make(x: i64) -> &'static L { host::keep(L { p: x as i32, q: 3 }) } #[inline(never)] pub fn fold(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 } use super::host; }
mod b { #[repr(C)] pub struct L { p: i32, q: i32 } #[inline(never)] pub fn make(x: i64) -> &'static L { host::keep(L { p: x as i32, q: 3 }) } #[inline(never)] pub fn fold(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 } use super::host; }
pub fn probe(x: i64) -> i64 { a::fold(a::make(x)) * 1000 + b::fold(b::make(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let (l, m) = (a::make(x), b::make(x)); host::hold(gate); a::fold(l) * 1000 + b::fold(m) }
