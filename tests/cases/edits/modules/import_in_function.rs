//! An import inside of a function, under a name that the file has too.
//# probe: 80003 80013 80023 80053
#[repr(C)] pub struct L { p: i32, q: i32 }
mod other;
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) + std::mem::size_of::<L>() as i64 * 10000 }
pub fn flight(gate: *mut u32, x: i64) -> i64 {
    use other::one::L;
    #[inline(never)] fn fill(x: i64) -> &'static L { host::keep(L { p: x as i32, q: 3 }) }
    #[inline(never)] fn total(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 }
    let l = fill(x); host::hold(gate); total(l)
}
//# file: other.rs
pub mod one { #[repr(C)] pub struct L { pub p: i32, pub q: i32 } }
pub mod two { #[repr(C)] pub struct L { pub q: i32, pub p: i32 } }
//# after
//# expect: live
//# probe: 80003 80013 80023 80053
//# flight: old
#[repr(C)] pub struct L { p: i32, q: i32 }
mod other;
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) + std::mem::size_of::<L>() as i64 * 10000 }
pub fn flight(gate: *mut u32, x: i64) -> i64 {
    use other::two::L;
    #[inline(never)] fn fill(x: i64) -> &'static L { host::keep(L { p: x as i32, q: 3 }) }
    #[inline(never)] fn total(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 }
    let l = fill(x); host::hold(gate); total(l)
}
