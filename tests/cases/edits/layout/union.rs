//! A field of a union changes its type.
//# probe: 0 1016 1024 1034
#[repr(C)] union Bits { number: u32, float: f32 }
#[inline(never)] fn make(x: i64) -> Bits { Bits { float: x as f32 } }
#[inline(never)] fn fold(bits: Bits) -> i64 { unsafe { bits.number as i64 >> 20 } }
//# after
//# expect: live, changed fold make
//# probe: 0 4092 4096 4101
//# flight: old
#[repr(C)] union Bits { number: u64, float: f64 }
#[inline(never)] fn make(x: i64) -> Bits { Bits { float: x as f64 } }
#[inline(never)] fn fold(bits: Bits) -> i64 { unsafe { bits.number as i64 >> 50 } }
