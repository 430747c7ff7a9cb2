//! Closures that are Copy when their captures are, cloned state, and arrays and tuples of closures.
#[derive(Clone, Copy)]
struct Small(u64);
fn three<F: Fn(u64) -> u64 + Copy>(f: F) -> u64 { let g = f; f(1) + g(2) + { let h = g; h(3) } }
fn pair<F, G>((f, g): (F, G), x: u64) -> u64 where F: Fn(u64) -> u64, G: Fn(u64) -> u64 { g(f(x)) }
pub fn run(input: u64) -> u64 {
    let small = Small(input);
    let by_copy = move |x: u64| small.0 * x;
    let mut state = Small(5);
    let mut tick = move || { state.0 += 1; state.0 };
    let mut other = tick;
    let a = tick() + tick() * 10 + other() * 100;
    let table: [fn(u64) -> u64; 3] = [|x| x + 1, |x| x * 3, |x| x ^ 0x55];
    let b = table.iter().fold(input, |x, f| f(x));
    let same = [by_copy; 3];
    let c: u64 = same.iter().enumerate().map(|(i, f)| f(i as u64)).sum();
    state.0 += a;
    three(by_copy) + pair((by_copy, |x| x + 9), 4) * 10 + a * 1000 + b * 1_000_000 + c + state.0
}
