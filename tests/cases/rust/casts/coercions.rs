//! Coercions: arrays to slices, references to raw pointers, never to anything, closures to pointers, mutable to shared.
fn sum(s: &[u32]) -> u64 { s.iter().map(|x| *x as u64).sum() }
fn len<T>(s: &[T]) -> u64 { s.len() as u64 }
fn first(p: *const u32) -> u64 {
    // SAFETY: the callers pass references.
    unsafe { *p as u64 }
}
fn pick<'a>(n: u64, a: &'a [u32; 2], b: &'a [u32; 3]) -> &'a [u32] { if n == 0 { a } else { b } }
pub fn run(input: u64) -> u64 {
    let mut a = [1u32, 2, 3];
    let b = [input as u32, 9];
    let s: &[u32] = if input > 1 { &a } else { &b };
    let total = sum(s) + sum(&a) * 3 + len(&[[0u8; 4]; 6]) + first(&b[0]) + first(a.as_ptr());
    let f: fn(u32) -> u32 = if input > 2 { |x| x + 1 } else { |x| x * 2 };
    let m = &mut a;
    let shared: &[u32; 3] = m;
    let value: u64 = match input { 7 => unreachable!(), 8 => return 8, n => n };
    let nested: [&[u32]; 3] = [&b, shared, pick(input, &b, shared)];
    total * 1000 + f(5) as u64 + value + nested.iter().map(|s| s.len() as u64).sum::<u64>() * 100
}
