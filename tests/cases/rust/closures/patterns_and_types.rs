//! Closures with patterns and annotated types as parameters, blocks, early returns, and generic results.
pub fn run(input: u64) -> u64 {
    let swap = |(a, b): (u64, u8)| (b, a);
    let third = |&[_, _, x]: &[u64; 3]| x;
    let classify = |n: u64| -> &'static str {
        if n == 0 { return "zero" }
        match n { 1..=2 => "few", _ => "many" }
    };
    let checked = |n: u64| -> Result<u64, ()> { let half = n.checked_sub(1).ok_or(())?; Ok(half * 2) };
    let unit = || ();
    unit();
    let recursion = |n: u64| { fn factorial(n: u64) -> u64 { if n == 0 { 1 } else { n * factorial(n - 1) } } factorial(n) };
    let (b, a) = swap((input, 9));
    a + b as u64 * 10 + third(&[1, 2, input]) * 100 + classify(input).len() as u64 * 1000 + checked(input).unwrap_or(5) * 10_000
        + recursion(input + 3) * 100_000
}
