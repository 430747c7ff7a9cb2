//! Functions with the C ABI and others, called directly and through pointers, with structs by pointer.
#[repr(C)]
#[derive(Clone, Copy)]
struct Point { x: f32, y: f32, tag: u8 }
extern "C" fn add(a: u32, b: i64, c: u8, d: f64, e: f32) -> f64 { a as f64 + b as f64 + c as f64 + d + e as f64 }
extern "C" fn tag(p: *const Point) -> u8 {
    // SAFETY: callers pass references.
    unsafe { (*p).tag }
}
extern "C" fn visit(f: extern "C" fn(u64) -> u64, n: u64) -> u64 { f(n) + f(n + 1) }
extern "C" fn square(x: u64) -> u64 { x * x }
unsafe extern "C-unwind" fn check(x: u64) -> u64 { if x > 2 { panic!("too many") } x }
pub fn run(input: u64) -> u64 {
    let p = Point { x: 1.5, y: input as f32, tag: 9 };
    let sum = add(input as u32, -3, 200, 0.25, p.x + p.y);
    // SAFETY: it asks nothing of its callers.
    sum.to_bits() ^ tag(&p) as u64 ^ visit(square, input) << 8 ^ unsafe { check(input) } << 20
}
