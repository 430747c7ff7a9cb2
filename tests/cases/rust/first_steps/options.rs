//! Option and Result: matched, mapped, unwrapped, and `?`.
fn half(n: u64) -> Option<u64> { if n % 2 == 0 { Some(n / 2) } else { None } }
fn quarter(n: u64) -> Option<u64> { let h = half(n)?; half(h) }
fn check(n: u64) -> Result<u64, u8> { if n > 2 { Err(n as u8) } else { Ok(n) } }
pub fn run(input: u64) -> u64 {
    let a = match quarter(input * 2) { Some(n) => n + 10, None => 1 };
    let b = half(input).map(|n| n * 3).unwrap_or(7);
    let c = check(input).unwrap_or(99);
    a + b * 100 + c * 10_000
}
