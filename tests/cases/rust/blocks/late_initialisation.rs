//! Variables that are initialised later, on every path, and moved conditionally.
pub fn run(input: u64) -> u64 {
    let a;
    let b: u32;
    if input > 1 {
        a = input * 2;
        b = 7;
    } else {
        b = 9;
        a = b as u64;
    }
    let c;
    let mut count = 0;
    loop {
        count += 1;
        if count * count > input {
            c = count;
            break;
        }
    }
    let d: [u64; 3];
    match input {
        0 => d = [1, 2, 3],
        n if n < 3 => d = [n; 3],
        _ => return a + b as u64 + c,
    }
    a * 1000 + b as u64 * 100 + c * 10 + d[0] + d[2]
}
