//! Loops controlled by floats, accumulated error, Newton's method, and bisection to the last bit.
//# inputs: 1 2 3 10 1000
fn root(x: f64) -> (f64, u64) {
    let (mut y, mut steps) = (x.max(1.0), 0);
    loop {
        let next = 0.5 * (y + x / y);
        steps += 1;
        if next >= y { return (y, steps) }
        y = next;
    }
}
fn bisect(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    while high - low > f64::EPSILON * high.abs() {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high { break }
        if f(middle) < 0.0 { low = middle } else { high = middle }
    }
    low
}
pub fn run(input: u64) -> u64 {
    let n = input as f64;
    let (y, steps) = root(n);
    let zero = bisect(|x| x * x * x - n - 1.0, 0.0, n + 1.0);
    let (mut t, mut count) = (0.0f32, 0u64);
    while t < 1.0 { t += 0.1 / input as f32; count += 1; }
    let mut integral = 0.0;
    let mut x = 0.0;
    while x <= n { integral += x.mul_add(x, 1.0) * 0.125; x += 0.125; }
    y.to_bits() ^ steps << 50 ^ zero.to_bits().rotate_left(13) ^ count << 20 ^ integral.to_bits().rotate_left(33)
}
