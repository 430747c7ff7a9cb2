//! A discriminant gets another number.
//# probe: 2 2 1 1
#[derive(Clone, Copy)] enum Key { A = 1, B = 2 }
#[inline(never)] fn make(x: i64) -> Key { if x > 1 { Key::A } else { Key::B } }
#[inline(never)] fn fold(key: Key) -> i64 { key as i64 }
//# after
//# expect: live, changed make
//# probe: 1 1 2 2
//# flight: old
#[derive(Clone, Copy)] enum Key { A = 2, B = 1 }
#[inline(never)] fn make(x: i64) -> Key { if x > 1 { Key::A } else { Key::B } }
#[inline(never)] fn fold(key: Key) -> i64 { key as i64 }
