//! A discriminant is a constant of the file, whose value changes.
//# probe: 6 6 5 5
const FIRST: isize = 1;
#[derive(Clone, Copy)] enum Key { A = FIRST, B = 10 }
#[inline(never)] fn make(x: i64) -> Key { if x > 1 { Key::A } else { Key::B } }
#[inline(never)] fn fold(key: Key) -> i64 { match key { Key::A => 5, Key::B => 6 } }
//# after
//# expect: live
//# probe: 6 6 5 5
//# flight: old
const FIRST: isize = 30;
#[derive(Clone, Copy)] enum Key { A = FIRST, B = 10 }
#[inline(never)] fn make(x: i64) -> Key { if x > 1 { Key::A } else { Key::B } }
#[inline(never)] fn fold(key: Key) -> i64 { match key { Key::A => 5, Key::B => 6 } }
