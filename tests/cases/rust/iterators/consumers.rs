//! fold, sum, product, count, last, nth, min, max, by key, all, any, find, position, partition by hand.
pub fn run(input: u64) -> u64 {
    let a = [4i64, -7, 12, 0, -3, 12, 5];
    let n = input as i64;
    let mut out = [0i64; 14];
    out[0] = a.iter().sum::<i64>() * a.iter().filter(|x| **x != 0).product::<i64>();
    out[1] = a.iter().map(|x| x + n).min().unwrap_or(0) * 100 + a.iter().max().copied().unwrap_or(0);
    out[2] = *a.iter().min_by_key(|x| (**x - n).abs()).unwrap_or(&99) * 100 + *a.iter().max_by_key(|x| **x * **x).unwrap_or(&99);
    out[3] = a.iter().position(|x| *x == 12).map_or(-1, |i| i as i64) * 10 + a.iter().rposition(|x| *x == 12).map_or(-1, |i| i as i64);
    out[4] = a.iter().all(|x| *x > -8 + n) as i64 * 2 + a.iter().any(|x| *x == n) as i64;
    out[5] = a.iter().find(|x| **x < n && **x > -5).copied().unwrap_or(50);
    out[6] = a.iter().nth(input as usize).copied().unwrap_or(60) * 10 + *a.iter().last().unwrap_or(&0);
    out[7] = a.iter().find_map(|x| if *x > 4 { Some(x * 2 + n) } else { None }).unwrap_or(0);
    out[8] = a.iter().copied().reduce(|x, y| if x.abs() > y.abs() { x } else { y - 1 }).unwrap_or(0);
    out[9] = a.iter().try_fold(0i8, |s, x| s.checked_add(*x as i8 * 6)).map_or(-1, i64::from);
    out[10] = a.iter().min_by(|x, y| y.cmp(x)).copied().unwrap_or(0) + a.iter().rev().rfold(1, |s, x| s * 2 - x);
    out[11] = a.iter().cmp([4, -7, 12, n].iter()) as i64 + a.iter().eq(a.iter()) as i64 * 10;
    out[12] = a.iter().is_sorted() as i64 + a.iter().lt([5].iter()) as i64 * 2;
    a.iter().for_each(|x| out[13] = out[13] * 3 + x);
    out.iter().fold(0u64, |s, x| s.wrapping_mul(1_000_003) ^ *x as u64)
}
