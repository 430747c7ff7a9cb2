//! Reborrows: through parameters, of parts, in loops, and mutable references handed on and returned.
struct List { items: [u64; 6], used: usize }
impl List {
    fn push(&mut self, x: u64) -> &mut u64 {
        let at = self.used;
        self.used += 1;
        self.items[at] = x;
        &mut self.items[at]
    }
    fn pair(&mut self) -> (&mut u64, &mut [u64]) {
        let (first, rest) = self.items.split_first_mut().expect("six");
        (first, rest)
    }
}
fn bump(x: &mut u64) -> &mut u64 { *x += 1; x }
fn twice(x: &mut u64) { bump(bump(x)); *x *= 2; }
fn largest<'a>(list: &'a mut [u64]) -> &'a mut u64 {
    let mut at = 0;
    for i in 1..list.len() {
        if list[i] > list[at] { at = i }
    }
    &mut list[at]
}
pub fn run(input: u64) -> u64 {
    let mut list = List { items: [0; 6], used: 0 };
    *list.push(input) += 5;
    twice(list.push(7));
    let r = &mut list;
    r.push(3);
    let s = &mut *r;
    s.push(9);
    r.used += 0;
    *largest(&mut list.items) -= 4;
    let (first, rest) = list.pair();
    *first += rest[0];
    rest[3] = *first;
    let mut x = 5;
    let mut y = &mut x;
    for _ in 0..input { y = bump(y); }
    let z = *y;
    list.items.iter().fold(z, |a, b| a * 31 + b)
}
