//! Two blocks become one.
//# probe: 0 302 604 1510
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn a(&self) -> i64 { self.pitch * 2 } }
impl Note { #[inline(never)] fn b(&self) -> i64 { self.pitch * 3 } }
pub fn probe(x: i64) -> i64 { let note = Note { pitch: x }; note.a() + 100 * note.b() }
//# after
//# expect: live
//# probe: 0 402 804 2010
//# flight: old
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn a(&self) -> i64 { self.pitch * 2 } #[inline(never)] fn b(&self) -> i64 { self.pitch * 4 } }
pub fn probe(x: i64) -> i64 { let note = Note { pitch: x }; note.a() + 100 * note.b() }
