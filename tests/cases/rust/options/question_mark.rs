//! `?` on Option and Result, nested, in loops and closures, with conversion of the error.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10
#[derive(Clone, Copy)]
enum Error { Small(u64), Large, Odd(bool) }
struct Wide(u64);
impl From<Error> for Wide {
    fn from(error: Error) -> Wide {
        Wide(match error { Error::Small(n) => n + 1000, Error::Large => 2000, Error::Odd(b) => 3000 + b as u64 })
    }
}
fn small(n: u64) -> Result<u64, Error> { if n < 2 { Err(Error::Small(n)) } else { Ok(n * 2) } }
fn large(n: u64) -> Result<u64, Error> { if n > 16 { Err(Error::Large) } else { Ok(small(n / 2)? + 1) } }
fn both(n: u64) -> Result<u64, Wide> {
    let mut sum = 0;
    for i in 0..3 {
        sum += large(n + i * 3)?;
        if sum % 7 == 0 { Err(Error::Odd(i > 0))? }
    }
    Ok(sum)
}
fn digits(n: u64) -> Option<u64> {
    let tens = n.checked_sub(3)?;
    let inner = || -> Option<u64> { Some(tens.checked_mul(2)? + 1) };
    let [a, b] = [inner()?, (n != 5).then_some(8)?];
    Some(a * 10 + b)
}
pub fn run(input: u64) -> u64 {
    let a = match both(input) { Ok(n) => n, Err(Wide(n)) => n };
    a * 1000 + digits(input).unwrap_or(999)
}
