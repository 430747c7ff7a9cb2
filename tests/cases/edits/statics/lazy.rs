//! A static that is computed at its first use.
//# probe: 1 2 3 3
use std::sync::LazyLock;
static TABLE: LazyLock<Vec<i64>> = LazyLock::new(|| vec![1, 2, 3]);
pub fn probe(x: i64) -> i64 { TABLE[x as usize % 3] }
//# after
//# expect: live
//# carries: TABLE
//# probe: 20 30 10 10
//# flight: old
use std::sync::LazyLock;
static TABLE: LazyLock<Vec<i64>> = LazyLock::new(|| vec![1, 2, 3]);
pub fn probe(x: i64) -> i64 { TABLE[(x as usize + 1) % 3] * 10 }
