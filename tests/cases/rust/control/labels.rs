//! Labelled loops and blocks: breaks with values out of several levels, continues of outer loops.
//# inputs: 0 1 2 5 12 30
pub fn run(input: u64) -> u64 {
    let mut visited = 0u64;
    let found = 'search: {
        for a in 1..20u64 {
            for b in a..20 {
                visited += 1;
                if a * b == input {
                    break 'search a * 100 + b;
                }
                if a * b > input + 20 {
                    break;
                }
            }
        }
        9999
    };
    let mut sum = 0;
    'outer: for i in 0..6u64 {
        let mut j = 0;
        loop {
            j += 1;
            if j == i + 1 {
                continue 'outer;
            }
            if i * j == input {
                break 'outer;
            }
            sum += i ^ j;
        }
    }
    let nested = 'a: loop {
        let inner = 'b: loop {
            if input > 2 { break 'a 1 } else { break 'b 2 }
        };
        break inner + 10;
    };
    visited * 1_000_000 + found * 100 + sum + nested
}
