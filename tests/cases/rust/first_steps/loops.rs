//! while and loop with break, on integers only.
//# inputs: 0 1 2 10 50
pub fn run(input: u64) -> u64 {
    let mut sum = 0;
    let mut i = 0;
    while i < input {
        sum += i * i;
        i += 1;
    }
    let mut n = sum;
    loop {
        if n < 10 {
            break;
        }
        n = n / 10 + n % 10;
    }
    sum * 10 + n
}
