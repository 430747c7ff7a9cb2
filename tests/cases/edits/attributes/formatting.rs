//! The same tokens in other lines.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: unchanged
//# probe: 1 4 7 16
//# flight: old
#[inline(never)]
fn level( x : i64 , ) -> i64 {
    // Three times and one.
    x * 3
        + 1
}

pub fn probe(x: i64) -> i64 { level(x) }
