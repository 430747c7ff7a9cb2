//! What `super` means for a type that moves to another module.
//# probe: 3 13 23 53
mod a { #[repr(C)] pub struct X { pub p: i32, pub q: i32 } pub mod s { #[repr(C)] pub struct S { pub x: super::X } } }
mod c { #[repr(C)] pub struct X { pub q: i32, pub p: i32 } pub mod s {} }
use a as chosen; use chosen::s::S;
#[inline(never)] fn make(x: i64) -> &'static S { host::keep(S { x: chosen::X { p: x as i32, q: 3 } }) }
#[inline(never)] fn fold(s: &'static S) -> i64 { s.x.p as i64 * 10 + s.x.q as i64 }
//# after
//# expect: live
//# probe: 3 13 23 53
//# flight: old
mod a { #[repr(C)] pub struct X { pub p: i32, pub q: i32 } pub mod s {} }
mod c { #[repr(C)] pub struct X { pub q: i32, pub p: i32 } pub mod s { #[repr(C)] pub struct S { pub x: super::X } } }
use c as chosen; use chosen::s::S;
#[inline(never)] fn make(x: i64) -> &'static S { host::keep(S { x: chosen::X { p: x as i32, q: 3 } }) }
#[inline(never)] fn fold(s: &'static S) -> i64 { s.x.p as i64 * 10 + s.x.q as i64 }
