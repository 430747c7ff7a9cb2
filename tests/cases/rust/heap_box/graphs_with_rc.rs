//! Doubly linked lists, graphs and observers with Rc, Weak and RefCell, with cycles taken apart.
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
struct Node { value: u64, edges: RefCell<Vec<Weak<Node>>>, seen: RefCell<Option<u64>> }
fn node(value: u64) -> Rc<Node> { Rc::new(Node { value, edges: RefCell::default(), seen: RefCell::default() }) }
fn reach(start: &Rc<Node>) -> u64 {
    let mut queue = VecDeque::from([(start.clone(), 0)]);
    let mut sum = 0;
    while let Some((n, d)) = queue.pop_front() {
        if n.seen.borrow().is_some() { continue }
        *n.seen.borrow_mut() = Some(d);
        sum = sum * 10 + n.value * d;
        queue.extend(n.edges.borrow().iter().filter_map(Weak::upgrade).map(|e| (e, d + 1)));
    }
    sum
}
#[derive(Default)]
struct Deque { front: Option<Rc<RefCell<Link>>>, back: Option<Weak<RefCell<Link>>> }
struct Link { value: u64, next: Option<Rc<RefCell<Link>>>, before: Option<Weak<RefCell<Link>>> }
impl Deque {
    fn push_back(&mut self, value: u64) {
        let link = Rc::new(RefCell::new(Link { value, next: None, before: self.back.clone() }));
        match self.back.replace(Rc::downgrade(&link)).and_then(|b| b.upgrade()) { Some(last) => last.borrow_mut().next = Some(link), None => self.front = Some(link) }
    }
    fn pop_back(&mut self) -> Option<u64> {
        let last = self.back.take()?.upgrade()?;
        match last.borrow_mut().before.take().and_then(|b| b.upgrade()) { Some(before) => { before.borrow_mut().next = None; self.back = Some(Rc::downgrade(&before)); } None => self.front = None }
        Some(Rc::try_unwrap(last).ok()?.into_inner().value)
    }
}
pub fn run(input: u64) -> u64 {
    let nodes: Vec<_> = (1..=5).map(node).collect();
    for (a, b) in [(0, 1), (1, 2), (2, 0), (2, 3), (0, input as usize + 1), (3, 4)] { nodes[a].edges.borrow_mut().push(Rc::downgrade(&nodes[b % 5])); }
    let sum = reach(&nodes[input as usize % 5]);
    let gone = { let mut nodes = nodes; let kept = nodes.swap_remove(2); drop(nodes); kept.edges.borrow().iter().filter(|w| w.upgrade().is_none()).count() as u64 };
    let mut deque = Deque::default();
    for i in 0..input + 2 { deque.push_back(i * i); }
    let popped = (0..3).map(|_| deque.pop_back().unwrap_or(99)).fold(0, |h, x| h * 100 + x);
    deque.push_back(7);
    sum * 10 + gone + popped * 1_000_000 + deque.pop_back().unwrap_or(0)
}
