//! A macro inside of a function makes the constant that is a length there.
//# probe: 7 27 47 107
macro_rules! size { ($n:expr) => { const N: usize = $n; } }
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 {
    size!(2);
    #[repr(C)] struct Local { all: [i32; N], last: i32 }
    #[inline(never)] fn fill(x: i64) -> &'static Local { host::keep(Local { all: [x as i32; N], last: 7 }) }
    #[inline(never)] fn total(local: &'static Local) -> i64 { local.all.iter().sum::<i32>() as i64 * 10 + local.last as i64 }
    let local = fill(x); host::hold(gate); total(local)
}
//# after
//# expect: live
//# probe: 7 67 127 307
//# flight: old
macro_rules! size { ($n:expr) => { const N: usize = $n; } }
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 {
    size!(6);
    #[repr(C)] struct Local { all: [i32; N], last: i32 }
    #[inline(never)] fn fill(x: i64) -> &'static Local { host::keep(Local { all: [x as i32; N], last: 7 }) }
    #[inline(never)] fn total(local: &'static Local) -> i64 { local.all.iter().sum::<i32>() as i64 * 10 + local.last as i64 }
    let local = fill(x); host::hold(gate); total(local)
}
