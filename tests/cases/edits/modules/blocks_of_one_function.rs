//! Two blocks of one function exchange their types of one name.
//# probe: 3004 13014 23024 53054
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 {
    let one = { {} #[repr(C)] struct L { p: i32, q: i32 } #[inline(never)] fn fill(x: i64) -> &'static L { host::keep(L { p: x as i32, q: 3 }) } #[inline(never)] fn total(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 }
        let l = fill(x); host::hold(gate); total(l) };
    let two = { {} #[repr(C)] struct L { q: i32, p: i32 } #[inline(never)] fn fill(x: i64) -> &'static L { host::keep(L { p: x as i32, q: 4 }) } #[inline(never)] fn total(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 }
        let l = fill(x); host::hold(gate); total(l) };
    one * 1000 + two
}
//# after
//# expect: live
//# probe: 3004 13014 23024 53054
//# flight: old
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 {
    let one = { {} #[repr(C)] struct L { q: i32, p: i32 } #[inline(never)] fn fill(x: i64) -> &'static L { host::keep(L { p: x as i32, q: 3 }) } #[inline(never)] fn total(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 }
        let l = fill(x); host::hold(gate); total(l) };
    let two = { {} #[repr(C)] struct L { p: i32, q: i32 } #[inline(never)] fn fill(x: i64) -> &'static L { host::keep(L { p: x as i32, q: 4 }) } #[inline(never)] fn total(l: &'static L) -> i64 { l.p as i64 * 10 + l.q as i64 }
        let l = fill(x); host::hold(gate); total(l) };
    one * 1000 + two
}
