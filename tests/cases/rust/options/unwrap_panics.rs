//! unwrap and expect of None and Err: messages hold the error's debug form, places are the caller's.
//# inputs: 0 1 2 3 4 5 6
#[derive(Debug)]
enum Why { Low }
fn find(n: u64) -> Option<u64> { if n > 100 { Some(n) } else { None } }
fn check(n: u64) -> Result<u64, Why> { if n > 100 { Ok(n) } else { Err(Why::Low) } }
fn sum(n: u64) -> Result<u64, u64> { if n % 2 == 0 { Ok(n) } else { Err(n) } }
pub fn run(input: u64) -> u64 {
    match input {
        0 => find(1).unwrap(),
        1 => find(2).expect("a number above a hundred"),
        2 => check(3).unwrap(),
        3 => check(4)
            .map(|x| x + 1)
            .expect("checked"),
        4 => sum(2).unwrap_err(),
        5 => find(500).unwrap() + check(101).unwrap() + sum(7).unwrap_err(),
        _ => sum(4).expect_err("odd"),
    }
}
