//! `Arc` and its `Weak`: counted, taken back, changed when nobody else has it; shared slices and texts, `Rc`'s too.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

struct Counted<'a>(&'a AtomicU64, u64);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(self.1, Ordering::Relaxed);
    }
}

fn counts(input: u64) -> u64 {
    let dropped = AtomicU64::new(0);
    let one = Arc::new(Counted(&dropped, 1000));
    let other = one.clone();
    let weak = Arc::downgrade(&other);
    let mut sum = (Arc::strong_count(&one) * 10 + Arc::weak_count(&one)) as u64;
    sum += Arc::ptr_eq(&one, &other) as u64 * 100;
    let back = Arc::try_unwrap(one);
    sum += back.is_err() as u64 * 7;
    drop(back);
    sum += weak.upgrade().map_or(0, |it| it.1) + weak.strong_count() as u64;
    if input % 2 == 0 {
        drop(other);
    } else {
        sum += Arc::into_inner(other).map_or(0, |it| it.1 * 2);
    }
    sum += weak.upgrade().is_none() as u64 * 10_000 + weak.weak_count() as u64;
    sum + dropped.load(Ordering::Relaxed)
}

fn changed(input: u64) -> u64 {
    let mut one = Arc::new(vec![input]);
    Arc::make_mut(&mut one).push(2);
    let mut other = one.clone();
    Arc::make_mut(&mut other).push(3);
    let weak = Arc::downgrade(&one);
    Arc::make_mut(&mut one).push(4);
    let gone = weak.upgrade().is_none();
    let alone = Arc::get_mut(&mut one).map(|list| list.len());
    let _again = Arc::downgrade(&one);
    let seen = Arc::get_mut(&mut one).is_none();
    format!("{one:?} {other:?} {gone} {alone:?} {seen} {}", one < other).bytes().map(u64::from).sum()
}

struct Node {
    value: u64,
    parent: Weak<Node>,
    children: Vec<Arc<Node>>,
}

fn tree(depth: u64, parent: &Weak<Node>) -> Arc<Node> {
    Arc::new_cyclic(|own| Node {
        value: depth * 3,
        parent: parent.clone(),
        children: (0..depth).map(|_| tree(depth - 1, own)).collect(),
    })
}

fn walked(node: &Node) -> u64 {
    let above = node.parent.upgrade().map_or(1, |it| it.value);
    above * node.value + node.children.iter().map(|it| walked(it)).sum::<u64>()
}

fn objects(input: u64) -> u64 {
    let all: Vec<Arc<dyn Display + Send + Sync>> = vec![Arc::new(input), Arc::new("text"), Arc::new(String::from("own"))];
    let call: Arc<dyn Fn(u64) -> u64> = Arc::new(move |it| it * input);
    let part: Arc<[u32]> = Arc::new([1, 2, 3]);
    let text: String = all.iter().map(|it| it.to_string()).collect();
    text.len() as u64 + call(5) + part.iter().map(|it| u64::from(*it)).sum::<u64>()
}

fn slices(input: u64) -> u64 {
    let text: Arc<str> = Arc::from("shared");
    let short: Rc<str> = "s".repeat(input as usize).into();
    let bytes: Rc<[u8]> = Rc::from(&[1u8, 2, 3][..]);
    let words: Arc<[String]> = ["a", "b"].iter().map(|it| it.to_string()).collect();
    let wide: Rc<[u128]> = Rc::from(vec![input as u128; 3]);
    let none: Arc<[u16]> = Arc::from([]);
    let table: BTreeMap<Rc<str>, u64> = [(short.clone(), 5), ("key".into(), 6)].into();
    let again = text.clone();
    let told = format!("{text} {short:?} {bytes:?} {words:?} {wide:?} {none:?} {:?} {}", table.get("key"), again == text);
    told.bytes().fold(0, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

pub fn run(input: u64) -> u64 {
    let root = tree(input % 4, &Weak::new());
    let default: Arc<u64> = Arc::default();
    counts(input) + changed(input) + walked(&root) + objects(input) + slices(input) + *default + *Arc::<u64>::from(Box::new(3))
}
