//! Disjoint captures of fields, through references and tuples, by move of one part, in match arms, and of copies in loops.
struct State { count: u64, name: [u8; 4], inner: Inner }
struct Inner { a: u64, b: Option<u64>, list: [u64; 3] }
fn call_twice(mut f: impl FnMut()) { f(); f(); }
pub fn run(input: u64) -> u64 {
    let mut s = State { count: input, name: *b"abcd", inner: Inner { a: 1, b: Some(2), list: [3, 4, 5] } };
    {
        let mut up = || s.count += 10;
        let name = &mut s.name;
        let first = &s.inner.list[0];
        up();
        name[1] = b'z';
        up();
        s.inner.a += *first;
    }
    let Inner { a, b, .. } = &mut s.inner;
    call_twice(|| { *a *= 3; if let Some(x) = b { *x += *a } });
    let reference = &mut s;
    let mut through = || { reference.inner.list[2] += reference.count; reference.inner.list.iter().sum::<u64>() };
    let total = through() + through();
    let pair = (s.inner.list, s.count);
    let read = move || pair.0[2] * 7 + pair.1;
    let mut fs = [0u64; 4];
    for (i, slot) in fs.iter_mut().enumerate() { let f = |x: u64| x * i as u64 + s.count; *slot = f(input); }
    let chosen: &dyn_free = &match input { 0 => dyn_free { f: |x| x + 1, k: s.inner.a }, n if n < 3 => dyn_free { f: |x| x * 2, k: n }, _ => dyn_free { f: |x| x, k: 5 } };
    total + read() * 3 + fs.iter().sum::<u64>() + (chosen.f)(chosen.k) * 1000 + s.inner.b.unwrap_or(0) * 10_000 + s.name[1] as u64
}
#[allow(non_camel_case_types)]
struct dyn_free { f: fn(u64) -> u64, k: u64 }
