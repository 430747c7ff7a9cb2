//! A re-export two modules away comes to mean another type.
//# probe: 3 13 23 53
mod a { #[repr(C)] pub struct L { pub p: i32, pub q: i32 } } mod b { #[repr(C)] pub struct L { pub q: i32, pub p: i32 } }
mod c { pub use super::a::L; } mod d { pub use super::c::L; }
#[inline(never)] fn make(x: i64) -> &'static d::L { host::keep(d::L { p: x as i32, q: 3 }) }
#[inline(never)] fn fold(l: &'static d::L) -> i64 { l.p as i64 * 10 + l.q as i64 }
//# after
//# expect: live, changed fold
//# probe: 3 13 23 53
//# flight: old
mod a { #[repr(C)] pub struct L { pub p: i32, pub q: i32 } } mod b { #[repr(C)] pub struct L { pub q: i32, pub p: i32 } }
mod c { pub use super::b::L; } mod d { pub use super::c::L; }
#[inline(never)] fn make(x: i64) -> &'static d::L { host::keep(d::L { p: x as i32, q: 3 }) }
#[inline(never)] fn fold(l: &'static d::L) -> i64 { l.p as i64 * 10 + l.q as i64 }
