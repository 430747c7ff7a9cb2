fn apply<F: Fn(u64) -> u64>(f: F, times: u32) -> u64 {
    let mut x = 1;
    for _ in 0..times { x = f(x); }
    x * 1000 + size_of::<F>() as u64
}
fn one(a: u64) -> u64 { apply(|x| x + a, 3) }
fn two(a: u64) -> u64 { apply(move |x| x * a, 2) }
pub fn answer() -> u64 { one(2) + two(3) }
//# gives: 16016
//# edit: apply(|x| x + a, 3) => apply(|x| x + 1, 3)
//# gives: 13008
//# edit: move |x| x * a => { let b = a as u8; move |x| x * a + b as u64 }
//# gives: 25016
//# edit: x * 1000 + => x * 2000 +
//# gives: 50016
