//! Blocks, ifs and matches as operands; values of assignments and of blocks without tail.
pub fn run(input: u64) -> u64 {
    let mut log = 0u64;
    let mut step = |n: u64| {
        log = log * 7 + n;
        n
    };
    let value = { step(1); step(2) } + if input % 2 == 0 { step(3) } else { step(4) * 2 }
        * match input { 0 => step(5), 1 | 2 => { let a = step(6); a + 1 } _ => step(7) };
    let unit: () = { step(8); };
    let () = unit;
    let nested = {{{ step(9) + { let q = 3; q * q } }}};
    let un = -({ 5i64 - input as i64 });
    log.wrapping_mul(1000) + value * 100 + nested + (un + 10) as u64
}
