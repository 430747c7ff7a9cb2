//! Result: mapping both sides, chaining, alternatives, turning into Option and back, iterating.
//# inputs: 0 1 2 3 4 5
fn half(n: u64) -> Result<u64, i8> { if n % 2 == 0 { Ok(n / 2) } else { Err(-(n as i8)) } }
pub fn run(input: u64) -> u64 {
    let r = half(input);
    let mut sum = r.map(|x| x + 1).map_err(|e| e as u8 as u64).unwrap_or_else(|e| e + 300);
    sum = sum * 37 + r.and_then(half).ok().unwrap_or(11);
    sum = sum * 37 + r.or_else(|e| if e < -1 { Ok(5) } else { Err(e) }).is_ok() as u64;
    sum = sum * 37 + r.err().map_or(0, |e| (e + 100) as u64);
    sum = sum * 37 + r.iter().count() as u64 + r.is_err() as u64 * 2;
    sum = sum * 37 + r.and(half(input + 2)).unwrap_or(3) + r.or::<()>(Ok(6)).unwrap_or_default();
    sum = sum * 37 + r.map_or(1, |x| x) + r.map_or_else(|e| e as u8 as u64, |x| x * 3);
    let turned: Option<Result<u64, i8>> = r.map(|x| if x > 1 { Some(x) } else { None }).transpose();
    sum = sum * 37 + match turned { None => 1, Some(Ok(x)) => x + 2, Some(Err(e)) => (e + 90) as u64 };
    let from: Result<u64, u8> = input.checked_sub(2).ok_or(4);
    sum * 37 + from.unwrap_or_else(u64::from)
}
