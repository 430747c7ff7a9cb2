//! The types that unsuffixed literals get from later uses, from methods, from array elements and from defaults.
pub fn run(input: u64) -> u64 {
    let a = 200;
    let b = [a, input as u8, 7];
    let mut c = 1;
    c <<= 40;
    let d: u64 = c;
    let e = 3.0;
    let f: f32 = e;
    let g = if input > 1 { -1 } else { 1 };
    let h = [g; 2].iter().map(|x: &i16| *x as i64 * 1000).sum::<i64>();
    let i = 5.max(input as u128 as _);
    let j = { let mut x = Default::default(); if input == 0 { x = 9i8; } x };
    b[0] as u64 + b[1] as u64 + d + f.to_bits() as u64 + (h + 9000) as u64 + i as u64 + j as u64 + size_of_val(&a) as u64 + size_of_val(&1) as u64 * 10 + size_of_val(&1.0) as u64 * 100
}
