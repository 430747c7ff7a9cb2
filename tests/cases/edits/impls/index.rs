//! Index and deref through types of the file.
//# probe: 2 12 22 52
use std::ops::{Deref, Index};
struct Inner([i64; 3]); struct Outer(Inner);
impl Deref for Outer { type Target = Inner; #[inline(never)] fn deref(&self) -> &Inner { &self.0 } }
impl Index<usize> for Inner { type Output = i64; #[inline(never)] fn index(&self, at: usize) -> &i64 { &self.0[at] } }
#[inline(never)] fn make(x: i64) -> &'static Outer { host::keep(Outer(Inner([x, 2, 3]))) }
#[inline(never)] fn fold(all: &'static Outer) -> i64 { all[0] * 10 + all[1] }
//# after
//# expect: live, changed fold make
//# probe: 10 11 12 15
//# flight: old
use std::ops::{Deref, Index};
struct Inner([i32; 4]); struct Outer(Inner);
impl Deref for Outer { type Target = Inner; #[inline(never)] fn deref(&self) -> &Inner { &self.0 } }
impl Index<usize> for Inner { type Output = i32; #[inline(never)] fn index(&self, at: usize) -> &i32 { &self.0[at] } }
#[inline(never)] fn make(x: i64) -> &'static Outer { host::keep(Outer(Inner([1, x as i32, 2, 3]))) }
#[inline(never)] fn fold(all: &'static Outer) -> i64 { all[0] as i64 * 10 + all[1] as i64 }
