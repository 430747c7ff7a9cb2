//! A linked list of boxes: pushed, popped, reversed, inserted in order, iterated by reference and by value.
struct Node { value: u64, next: Option<Box<Node>> }
#[derive(Default)]
struct List { head: Option<Box<Node>>, len: usize }
impl List {
    fn push(&mut self, value: u64) { let next = self.head.take(); self.head = Some(Box::new(Node { value, next })); self.len += 1; }
    fn pop(&mut self) -> Option<u64> { let node = self.head.take()?; self.head = node.next; self.len -= 1; Some(node.value) }
    fn reverse(&mut self) {
        let mut rest = self.head.take();
        while let Some(mut node) = rest { rest = node.next.take(); node.next = self.head.take(); self.head = Some(node); }
    }
    fn insert_sorted(&mut self, value: u64) {
        let mut at = &mut self.head;
        while at.as_ref().is_some_and(|n| n.value < value) { at = &mut at.as_mut().expect("just seen").next; }
        let next = at.take();
        *at = Some(Box::new(Node { value, next }));
        self.len += 1;
    }
    fn iter(&self) -> impl Iterator<Item = u64> + '_ { let mut at = self.head.as_deref(); std::iter::from_fn(move || { let node = at?; at = node.next.as_deref(); Some(node.value) }) }
}
pub fn run(input: u64) -> u64 {
    let mut list = List::default();
    for x in [9, 5, 3] { list.push(x); }
    list.insert_sorted(input * 2);
    list.insert_sorted(7);
    let first = list.iter().fold(0, |s, x| s * 11 + x);
    list.reverse();
    let second = list.iter().fold(0, |s, x| s * 11 + x);
    let popped = list.pop().unwrap_or(0) * 10 + list.pop().unwrap_or(0);
    first * 1_000_000 + second + popped * 31 + list.len as u64 * 7
}
