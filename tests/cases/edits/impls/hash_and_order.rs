//! Derived comparison by another order of fields.
//# probe: 10 11 21 51
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)] #[repr(C)] struct Key { a: i32, b: i32 }
#[inline(never)] fn make(x: i64) -> [Key; 2] { [Key { a: x as i32, b: 1 }, Key { a: 1, b: x as i32 }] }
#[inline(never)] fn fold(keys: [Key; 2]) -> i64 { let top = keys[0].max(keys[1]); top.a as i64 * 10 + top.b as i64 }
//# after
//# expect: live
//# probe: 1 11 12 15
//# flight: old
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)] #[repr(C)] struct Key { b: i32, a: i32 }
#[inline(never)] fn make(x: i64) -> [Key; 2] { [Key { a: x as i32, b: 1 }, Key { a: 1, b: x as i32 }] }
#[inline(never)] fn fold(keys: [Key; 2]) -> i64 { let top = keys[0].max(keys[1]); top.a as i64 * 10 + top.b as i64 }
