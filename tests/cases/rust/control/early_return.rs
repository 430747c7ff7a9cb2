//! return, break and panics inside of expressions, with types that never come to be.
//# inputs: 0 1 2 3 4 5
fn never(input: u64) -> u64 {
    let x: u64 = if input == 0 { return 7 } else { input };
    let y = x + match x { 1 => return 8, 2 => panic!("two"), n => n };
    let z = [y, if y > 7 { return y + 100 } else { 3 }];
    z[0] * { if z[1] == 3 { 5 } else { unreachable!() } }
}
pub fn run(input: u64) -> u64 {
    let mut sum = 0;
    for i in 0..10 {
        sum += if i == input { break } else if i % 2 == 1 { continue } else { i };
    }
    never(input) * 100 + sum
}
