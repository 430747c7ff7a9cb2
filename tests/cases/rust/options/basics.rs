//! Option: asking, unwrapping with alternatives, mapping, filtering, combining.
//# inputs: 0 1 2 3 4 5 6 7
pub fn run(input: u64) -> u64 {
    let a = if input & 1 != 0 { Some(input * 10) } else { None };
    let b = if input & 2 != 0 { Some(7u64) } else { None };
    let c: Option<u64> = if input & 4 != 0 { Some(100) } else { None };
    let mut sum = a.unwrap_or(1) + b.unwrap_or_default() * 3 + c.unwrap_or_else(|| 5);
    sum = sum * 31 + a.map(|x| x + 1).unwrap_or(0);
    sum = sum * 31 + a.and_then(|x| if x > 20 { Some(x / 2) } else { None }).map_or(2, |x| x * 2);
    sum = sum * 31 + a.or(b).or(c).unwrap_or(3);
    sum = sum * 31 + a.xor(b).map_or_else(|| 4, |x| x + 4);
    sum = sum * 31 + a.and(c).is_some() as u64 + b.filter(|x| *x > input).is_none() as u64 * 2;
    sum = sum * 31 + a.zip(b).map_or(0, |(x, y)| x * y);
    sum = sum * 31 + a.is_some_and(|x| x % 20 == 10) as u64 + c.is_none_or(|x| x == 100) as u64;
    sum * 31 + a.into_iter().chain(b).chain(c).count() as u64
}
