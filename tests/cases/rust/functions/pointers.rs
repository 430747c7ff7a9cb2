//! Function pointers in variables, arrays, structs and as parameters; fn items and closures without captures coerce.
fn double(x: u64) -> u64 { x * 2 }
fn square(x: u64) -> u64 { x * x }
fn apply(f: fn(u64) -> u64, times: u32, x: u64) -> u64 {
    let mut x = x;
    for _ in 0..times {
        x = f(x);
    }
    x
}
fn choose(n: u64) -> fn(u64) -> u64 {
    if n % 2 == 0 { double } else { square }
}
struct Table { of: [fn(u64) -> u64; 3], two: fn(u8, &mut u64) -> bool }
fn two(a: u8, b: &mut u64) -> bool {
    *b += a as u64;
    *b > 10
}
pub fn run(input: u64) -> u64 {
    let table = Table { of: [double, square, |x| x + 100], two };
    let mut sum = apply(table.of[input as usize % 3], 2, input + 1);
    sum = sum * 31 + choose(input)(5);
    let mut count = input;
    while !(table.two)(4, &mut count) {
        sum += 1;
    }
    let generic: fn(u64) -> Option<u64> = Some;
    sum * 1000 + count + generic(input).map_or(0, double)
}
