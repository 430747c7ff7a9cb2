//! Bindings: by value, ref, ref mut, with @, through references with default binding modes.
#[derive(Clone, Copy)]
struct Inner { a: u32, b: u64 }
struct Outer { inner: Inner, other: (u8, Inner), flag: bool }
pub fn run(input: u64) -> u64 {
    let mut outer = Outer { inner: Inner { a: 1, b: input }, other: (3, Inner { a: 4, b: 5 }), flag: true };
    let Outer { inner: Inner { a, ref mut b }, ref other, flag: _ } = outer;
    *b += a as u64 * 10;
    let seen = other.1.b + other.0 as u64;
    match &mut outer {
        Outer { other: (n, Inner { b, .. }), flag, .. } if *n < 4 => {
            *b *= 3;
            *flag = false;
            *n += 1;
        }
        Outer { inner, .. } => inner.a = 0,
    }
    match &outer {
        whole @ Outer { flag: false, inner: part @ Inner { a, .. }, .. } => {
            whole.other.1.b + part.b * 7 + *a as u64 * 100 + seen * 1000 + whole.other.0 as u64 * 10_000
        }
        _ => 0,
    }
}
