//! Statics of one name in two modules.
//# probe: 1002 1002 2003 4005
mod a { use std::sync::atomic::*; pub static N: AtomicI64 = AtomicI64::new(1); }
mod b { use std::sync::atomic::*; pub static N: AtomicI64 = AtomicI64::new(2); }
use std::sync::atomic::Ordering::Relaxed;
pub fn probe(x: i64) -> i64 { a::N.fetch_add(x, Relaxed) * 1000 + b::N.fetch_add(x, Relaxed) }
//# after
//# expect: live, changed probe
//# carries: N
//# probe: 20019 20019 21020 23022
//# flight: 14015
mod a { use std::sync::atomic::*; pub static N: AtomicI64 = AtomicI64::new(1); }
mod b { use std::sync::atomic::*; pub static N: AtomicI64 = AtomicI64::new(2); }
use std::sync::atomic::Ordering::Relaxed;
pub fn probe(x: i64) -> i64 { b::N.fetch_add(x, Relaxed) * 1000 + a::N.fetch_add(x, Relaxed) }
