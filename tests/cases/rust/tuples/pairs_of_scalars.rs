//! Values of two scalars in every combination, through calls, options, arrays and returns: how pairs are passed.
type A = (u8, u64);
type B = (f32, i32);
type C = (bool, f64);
type D = (u64, f64);
#[derive(Clone, Copy)]
struct E { a: i16, b: char }
fn a((x, y): A, z: A) -> A { (x ^ z.0, y + z.1) }
fn b(p: B, q: B) -> (B, B) { ((p.0 + q.0, q.1), (q.0, p.1)) }
fn c(p: C, k: f64) -> Option<C> { if p.0 { Some((k > 1.0, p.1 * k)) } else { None } }
fn d(p: D, q: &mut D) -> D { std::mem::replace(q, (p.0 + q.0, p.1 - q.1)) }
fn e(e: E, n: u8) -> [E; 2] { [E { a: e.a + n as i16, ..e }, E { a: -1, b: (e.b as u8 + n) as char }] }
fn f(s: &[A], o: Option<(u8, u8)>) -> (usize, Option<u8>) { (s.len(), o.map(|(x, y)| x + y)) }
pub fn run(input: u64) -> u64 {
    let n = input as u8;
    let x = a((n, input), (7, 100));
    let (y, z) = b((n as f32, 5), (1.5, input as i32));
    let w = c((input > 0, 2.5), input as f64).unwrap_or((false, -1.0));
    let mut q = (input, 0.25);
    let v = d((10, 1.5), &mut q);
    let [g, h] = e(E { a: 300, b: 'k' }, n);
    let (len, sum) = f(&[x, (1, 2), (3, 4)][..n as usize % 4], if n > 1 { Some((n, 2)) } else { None });
    let hash = [x.0 as u64, x.1, y.0.to_bits() as u64, y.1 as u64, z.0.to_bits() as u64, z.1 as u64, w.0 as u64, w.1.to_bits(), v.0, v.1.to_bits(), q.0, q.1.to_bits(), g.a as u64, g.b as u64, h.a as u64, h.b as u64, len as u64, sum.map_or(99, u64::from)];
    hash.iter().fold(0u64, |s, x| s.rotate_left(7) ^ x)
}
