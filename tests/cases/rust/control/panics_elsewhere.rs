//! A panic in a called function names its own place; with `#[track_caller]`, the caller's.
//# inputs: 0 1 2 3 4
fn plain(x: u64) -> u64 {
    if x == 0 { panic!("plain") } else { x }
}
#[track_caller]
fn tracked(x: u64) -> u64 {
    if x == 1 { panic!("tracked") } else { x }
}
#[track_caller]
fn through(x: u64) -> u64 {
    tracked(x - 1)
}
fn between(x: u64) -> u64 {
    through(x)
        + 1
}
pub fn run(input: u64) -> u64 {
    match input {
        0 => plain(0),
        1 => tracked(1),
        2 => between(2),
        3 => {
            let f = tracked;
            tracked(3) + f(4)
        }
        _ => plain(5) + tracked(6),
    }
}
