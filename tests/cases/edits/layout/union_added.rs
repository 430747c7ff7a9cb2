//! A union becomes larger.
//# probe: 0 1 2 5
#[repr(C)] union Bits { number: u32, float: f32 }
#[inline(never)] fn make(x: i64) -> Bits { Bits { number: x as u32 } }
#[inline(never)] fn fold(bits: Bits) -> i64 { unsafe { bits.number as i64 } }
//# after
//# expect: live, changed fold make
//# probe: 1 2 3 6
//# flight: old
#[repr(C)] union Bits { number: u32, float: f32, bytes: [u8; 24] }
#[inline(never)] fn make(x: i64) -> Bits { { let mut bits = Bits { bytes: [0; 24] }; bits.number = x as u32 + 1; bits } }
#[inline(never)] fn fold(bits: Bits) -> i64 { unsafe { bits.number as i64 } }
