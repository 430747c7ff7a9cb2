//! Arithmetic wraps, in this text as in the last.
//# probe: 250 251 252 255
pub fn probe(x: i64) -> i64 { (x as u8 + 250) as i64 }
//# after
//# expect: live, changed probe
//# probe: 253 254 255 2
//# flight: old
pub fn probe(x: i64) -> i64 { (x as u8 + 253) as i64 }
