//! `&&` and `||` evaluate the right side only where it matters; `&` and `|` evaluate both.
//# inputs: 0 1 2 3 4 5 6 7
fn seen(log: &mut u64, mark: u64, value: bool) -> bool {
    *log = *log * 10 + mark;
    value
}
pub fn run(input: u64) -> u64 {
    let (a, b, c) = (input & 1 != 0, input & 2 != 0, input & 4 != 0);
    let mut log = 0;
    let x = seen(&mut log, 1, a) && seen(&mut log, 2, b) || seen(&mut log, 3, c);
    let y = seen(&mut log, 4, a) | seen(&mut log, 5, b) & seen(&mut log, 6, c);
    let z = !(seen(&mut log, 7, a) ^ b) && !seen(&mut log, 8, c);
    let w = a < b || b <= c && a != c;
    log * 16 + (x as u64) * 8 + (y as u64) * 4 + (z as u64) * 2 + w as u64
}
