//! Matches in matches in ifs in loops, with breaks and continues in arms, and results from each level.
//# inputs: 0 1 2 3 5 8 13
#[derive(Clone, Copy)]
enum Op { Skip(u8), Add(i32), Again { times: u8, of: i32 }, Stop }
fn op(n: u64, i: u64) -> Op {
    match (n * 7 + i * 3) % 5 { 0 => Op::Skip((i % 3) as u8), 1 | 2 => Op::Add(i as i32 - 4), 3 => Op::Again { times: (n % 4) as u8, of: -(i as i32) }, _ => Op::Stop }
}
pub fn run(input: u64) -> u64 {
    let mut i = 0;
    let mut acc = 1000i32;
    let mut path = 0u64;
    let end = 'run: loop {
        i += 1;
        path = path.wrapping_mul(5) + match op(input, i) {
            Op::Skip(0) => continue,
            Op::Skip(n) => { i += n as u64; 1 }
            Op::Add(x) if x < 0 => { acc += match x { -1 => 10, -2 | -3 => { if acc > 1010 { break 'run 77 } x * 2 } other => other }; 2 }
            Op::Add(x) => { acc -= x; 3 }
            Op::Again { times, of } => {
                let mut left = times;
                let total = loop { if left == 0 { break acc } left -= 1; acc += of; if acc < 900 { break 'run 88 } };
                if total % 2 == 0 { 4 } else { 5 }
            }
            Op::Stop => match i { 0..6 => { acc += 1; continue 'run } 6..20 => 6, _ => break i },
        };
        if i > 40 { break 99 }
    };
    path ^ end << 40 ^ (acc as u64) << 48
}
