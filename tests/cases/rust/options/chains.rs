//! Long chains of combinators with closures that capture, early ends, and side effects that must not happen.
//# inputs: 0 1 2 3 4 5 6 9 12
pub fn run(input: u64) -> u64 {
    let calls = std::cell::Cell::new(0u64);
    let note = |n: u64| { calls.set(calls.get() * 10 + n); n };
    let a = Some(input)
        .filter(|x| note(1) > 0 && x % 2 == 0)
        .map(|x| x + note(2))
        .and_then(|x| x.checked_sub(note(3) * 2))
        .or_else(|| { note(4); if input > 3 { Some(50) } else { None } })
        .inspect(|_| { note(5); })
        .unwrap_or_else(|| note(6));
    let b: Result<u64, u64> = Ok(input).and_then(|x| if x > 4 { Err(x) } else { Ok(note(7) + x) }).map_err(|e| e * note(8)).or_else(|e| if e > 50 { Ok(e) } else { Err(e) });
    let c = b.as_ref().ok().zip(a.checked_sub(40)).map(|(x, y)| x * y).is_some_and(|x| x > 5);
    let d = b.iter().chain(b.as_ref().err()).map(|x| x + 1).sum::<u64>();
    a * 1_000_000 + d * 1000 + c as u64 + calls.get() * 100_000_000
}
