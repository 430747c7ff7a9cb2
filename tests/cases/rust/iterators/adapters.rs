//! map, filter, filter_map, flat_map, take, skip, step_by, enumerate, zip, chain, rev, inspect.
pub fn run(input: u64) -> u64 {
    let a = [5u64, 3, 8, 1, 9, 2, 7];
    let mut log = 0u64;
    let mut sum = a.iter().map(|x| x * input).filter(|x| x % 2 == 0).sum::<u64>();
    sum = sum * 31 + a.iter().filter_map(|x| x.checked_sub(input + 2)).sum::<u64>();
    sum = sum * 31 + a.iter().flat_map(|x| 0..*x % 4).map(|x| x * x).sum::<u64>();
    sum = sum * 31 + a.iter().skip(input as usize).step_by(2).take(3).fold(0, |s, x| s * 10 + x);
    sum = sum * 31 + a.iter().enumerate().map(|(i, x)| i as u64 * x).sum::<u64>();
    sum = sum * 31 + a.iter().zip(a.iter().rev()).map(|(x, y)| x.abs_diff(*y)).max().unwrap_or(0);
    sum = sum * 31 + a.iter().chain([input, 4].iter()).rev().skip(1).fold(0, |s, x| s.max(*x) + 1);
    sum = sum * 31 + a.iter().inspect(|x| log = log * 10 + **x).take_while(|x| **x > 1 + input).count() as u64;
    sum = sum * 31 + a.iter().skip_while(|x| **x > 2).map_while(|x| if *x == 2 { None } else { Some(x + 1) }).sum::<u64>();
    sum = sum * 31 + a.iter().copied().scan(input, |s, x| { *s += x; if *s > 30 { None } else { Some(*s) } }).last().unwrap_or(1);
    sum.wrapping_mul(31) ^ log
}
