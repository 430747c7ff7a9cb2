//! try_fold, try_for_each, rfold, ControlFlow, sum by reference, min and max ties, unzip by hand, partition_point.
use std::ops::ControlFlow;
pub fn run(input: u64) -> u64 {
    let data = [4u32, 8, 15, 16, 23, 42, 8];
    let limit = 10 + input as u32 * 10;
    let broke = data.iter().try_fold(0u32, |sum, x| if sum + x > limit { ControlFlow::Break((sum, *x)) } else { ControlFlow::Continue(sum + x) });
    let a = match broke { ControlFlow::Break((sum, x)) => sum * 100 + x, ControlFlow::Continue(sum) => sum };
    let mut seen = 0;
    let b = data.iter().try_for_each(|x| { seen += 1; if x % 5 == input as u32 % 5 { Err(*x) } else { Ok(()) } }).err().unwrap_or(0);
    let c = data.iter().rev().try_fold(0u8, |s, x| s.checked_mul(3)?.checked_add(*x as u8)).map_or(7, u32::from);
    let tied_max = data.iter().enumerate().max_by_key(|(_, x)| **x % 8).map_or(0, |(i, _)| i);
    let tied_min = data.iter().enumerate().min_by_key(|(_, x)| **x % 8).map_or(0, |(i, _)| i);
    let (mut even, mut odd, mut ne, mut no) = ([0u32; 8], [0u32; 8], 0, 0);
    data.iter().for_each(|x| if x % 2 == 0 { even[ne] = *x; ne += 1 } else { odd[no] = *x; no += 1 });
    let mut it = data.iter();
    let before: u32 = it.by_ref().take_while(|x| **x < 16).sum();
    let after: u32 = it.sum();
    let product: u64 = data.iter().map(|x| *x as u64).product();
    let compare = data.iter().partial_cmp(even.iter()).map_or(5, |o| (o as i8 + 1) as u64);
    (a as u64) << 32 ^ b as u64 ^ (seen as u64) << 8 ^ (c as u64) << 12 ^ (tied_max * 8 + tied_min) as u64 ^ (before * 1000 + after) as u64 ^ product ^ compare << 60 ^ (no as u64) << 50
}
