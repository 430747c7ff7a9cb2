//! How such a static is computed changes after it was: it keeps what it has.
//# probe: 1 2 3 3
use std::sync::LazyLock;
static TABLE: LazyLock<Vec<i64>> = LazyLock::new(|| vec![1, 2, 3]);
pub fn probe(x: i64) -> i64 { TABLE[x as usize % 3] }
//# after
//# expect: unchanged
//# static: TABLE: keeps
//# carries: TABLE
//# probe: 1 2 3 3
//# flight: old
use std::sync::LazyLock;
static TABLE: LazyLock<Vec<i64>> = LazyLock::new(|| vec![4, 5, 6]);
pub fn probe(x: i64) -> i64 { TABLE[x as usize % 3] }
