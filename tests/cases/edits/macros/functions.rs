//! A macro that makes functions.
//# probe: 0 302 604 1510
macro_rules! gain { ($name:ident $by:expr) => { #[inline(never)] fn $name(x: i64) -> i64 { x * $by } } }
gain!(twice 2); gain!(thrice 3);
pub fn probe(x: i64) -> i64 { twice(x) + 100 * thrice(x) }
//# after
//# expect: live, changed thrice
//# probe: 0 402 804 2010
//# flight: old
macro_rules! gain { ($name:ident $by:expr) => { #[inline(never)] fn $name(x: i64) -> i64 { x * $by } } }
gain!(twice 2); gain!(thrice 4);
pub fn probe(x: i64) -> i64 { twice(x) + 100 * thrice(x) }
//# after
//# expect: live, changed twice thrice
//# probe: 101 503 905 2111
//# flight: old
macro_rules! gain { ($name:ident $by:expr) => { #[inline(never)] fn $name(x: i64) -> i64 { x * $by + 1 } } }
gain!(twice 2); gain!(thrice 4);
pub fn probe(x: i64) -> i64 { twice(x) + 100 * thrice(x) }
