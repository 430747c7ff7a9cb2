//! A macro is defined twice; the second definition counts below it.
//# probe: 102 103 104 107
macro_rules! n { () => { 1 } }
#[inline(never)] fn a() -> i64 { n!() }
macro_rules! n { () => { 2 } }
pub fn probe(x: i64) -> i64 { a() * 100 + n!() + x }
//# after
//# expect: live, changed probe
//# probe: 103 104 105 108
//# flight: old
macro_rules! n { () => { 1 } }
#[inline(never)] fn a() -> i64 { n!() }
macro_rules! n { () => { 3 } }
pub fn probe(x: i64) -> i64 { a() * 100 + n!() + x }
//# after
//# expect: live, changed a
//# probe: 403 404 405 408
//# flight: 408
macro_rules! n { () => { 4 } }
#[inline(never)] fn a() -> i64 { n!() }
macro_rules! n { () => { 3 } }
pub fn probe(x: i64) -> i64 { a() * 100 + n!() + x }
