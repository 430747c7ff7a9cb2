//! Bounds that hold for all lifetimes, functions of references as parameters, and returned references.
fn each<F>(items: &[u64], f: F) -> u64 where F: for<'a> Fn(&'a [u64]) -> &'a u64 {
    let (l, r) = items.split_at(items.len() / 2);
    f(l) * 10 + *f(r)
}
fn first(s: &[u64]) -> &u64 { &s[0] }
fn largest(s: &[u64]) -> &u64 { s.iter().max().expect("not empty") }
fn longest<'a, 'b: 'a>(a: &'a [u64], b: &'b [u64]) -> &'a [u64] { if a.len() >= b.len() { a } else { b } }
struct Cursor<'t> { rest: &'t [u64] }
impl<'t> Cursor<'t> {
    fn next(&mut self) -> Option<&'t u64> { let (head, tail) = self.rest.split_first()?; self.rest = tail; Some(head) }
    fn peek(&self) -> u64 { self.rest.first().copied().unwrap_or(0) }
}
pub fn run(input: u64) -> u64 {
    let items = [4, input, 7, 1, 9, 3];
    let mut cursor = Cursor { rest: &items };
    let a = cursor.next().expect("one");
    let b = cursor.peek();
    cursor.next();
    let c = cursor.next().map_or(0, |x| *x + *a);
    each(&items, first) * 1000 + each(&items, largest) + each(&items, |s| &s[s.len() - 1]) * 3 + longest(&items[2..], cursor.rest).len() as u64 * 50_000 + b * 7 + c
}
