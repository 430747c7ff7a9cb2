//! Arms are tried in order, guards run only for arms whose pattern fits, and bindings of failed guards are undone.
//# inputs: 0 1 2 3 4 5 6 7 8
fn note(log: &mut u64, mark: u64, value: bool) -> bool {
    *log = *log * 10 + mark;
    value
}
pub fn run(input: u64) -> u64 {
    let mut log = 0;
    let pair = (input / 3, input % 3);
    let value = match pair {
        (0, x) if note(&mut log, 1, x == 2) => 10 + x,
        (x, 0) if note(&mut log, 2, x > 1) => 20 + x,
        (x, y) | (y, x) if note(&mut log, 3, x < y) => 30 + x * 3 + y,
        (1, _) => 40,
        (_, 1) if note(&mut log, 4, false) => 50,
        _ => 60,
    };
    log * 100 + value
}
