//! if, else and comparisons, nothing else.
//# inputs: 0 1 9 10 11 99 100
pub fn run(input: u64) -> u64 {
    let mut x = 1;
    if input < 10 {
        x = 2;
    } else if input == 10 {
        x = 3;
    } else {
        if input >= 100 { x = 4; }
    }
    if input != 1 && input <= 50 { x * 10 } else { x * 100 }
}
