//! Fn, FnMut and FnOnce as parameters, by value and by reference; function items and pointers count too.
fn call<F: Fn(u64) -> u64>(f: F, x: u64) -> u64 { f(x) + f(x + 1) }
fn call_mut(mut f: impl FnMut(u64) -> u64, x: u64) -> u64 { f(x) * 10 + f(x) }
fn call_once<F, R>(f: F) -> R where F: FnOnce() -> R { f() }
fn by_reference(f: &dyn_free::Holder<impl Fn(u64) -> u64>) -> u64 { (f.0)(4) }
mod dyn_free { pub struct Holder<F>(pub F); }
fn through_mut<F: FnMut(u64) -> u64>(f: &mut F) -> u64 { f(2) + f(3) }
fn plain(x: u64) -> u64 { x * 7 }
pub fn run(input: u64) -> u64 {
    let k = input + 3;
    let mut total = 0;
    let a = call(|x| x * k, 2) + call(plain, 1) + call(plain as fn(u64) -> u64, 2) + call(&|x| x ^ k, 9);
    let b = call_mut(|x| { total += x; total }, 5);
    let mut counter = |x: u64| { total += x * k; total };
    let c = through_mut(&mut counter) + call_mut(&mut counter, 1);
    let d = call_once(|| total + 1) + call_once(move || k) + call_once(u64::default);
    let e = by_reference(&dyn_free::Holder(|x| x + input));
    ((a * 100 + b) * 1000 + c) * 1000 + d * 10 + e
}
