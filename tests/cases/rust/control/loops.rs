//! loop with a value, while, while let, for over ranges, with break and continue.
//# inputs: 0 1 2 7 27 97
pub fn run(input: u64) -> u64 {
    let mut n = input + 1;
    let mut steps = 0;
    let peak = loop {
        if n == 1 {
            break steps * 1000;
        }
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
        steps += 1;
        if n > 9000 {
            break n;
        }
    };
    let mut sum = 0;
    let mut k = 0;
    while k < 20 {
        k += 1;
        if k % 3 == 0 {
            continue;
        }
        if k > 15 + input {
            break;
        }
        sum += k;
    }
    let mut stack = Some(input % 10);
    while let Some(top) = stack {
        sum += top * 100;
        stack = if top > 2 { Some(top - 2) } else { None };
    }
    for i in (0..input % 7).rev() {
        sum = sum * 3 + i;
    }
    peak * 1_000_003 + sum
}
