//! A labelled loop and a let-else.
//# probe: 0 0 0 7
pub fn probe(x: i64) -> i64 { let Some(n) = x.checked_sub(1) else { return -1 }; let mut sum = 0; 'outer: for i in 0..=n { for j in 0..i { if j == 3 { break 'outer } sum += j } } sum }
//# after
//# expect: live, changed probe
//# probe: 0 0 0 2
//# flight: old
pub fn probe(x: i64) -> i64 { let Some(n) = x.checked_sub(1) else { return -1 }; let mut sum = 0; 'outer: for i in 0..=n { for j in 0..i { if j == 2 { break 'outer } sum += j } } sum }
