//! A binary search tree of boxes: inserted, searched, removed, measured, walked in order.
#[derive(Default)]
struct Tree { root: Link }
type Link = Option<Box<Node>>;
struct Node { key: u32, left: Link, right: Link }
fn insert(link: &mut Link, key: u32) -> bool {
    match link {
        None => { *link = Some(Box::new(Node { key, left: None, right: None })); true }
        Some(node) if key < node.key => insert(&mut node.left, key),
        Some(node) if key > node.key => insert(&mut node.right, key),
        Some(_) => false,
    }
}
fn least(link: &mut Link) -> Option<u32> {
    if link.as_ref()?.left.is_some() { return least(&mut link.as_mut()?.left) }
    let node = link.take()?;
    *link = node.right;
    Some(node.key)
}
fn remove(link: &mut Link, key: u32) -> bool {
    let Some(node) = link else { return false };
    if key < node.key { return remove(&mut node.left, key) }
    if key > node.key { return remove(&mut node.right, key) }
    match (node.left.take(), node.right.take()) {
        (None, other) | (other, None) => *link = other,
        (left, right) => { node.left = left; node.right = right; node.key = least(&mut node.right).expect("there is one"); }
    }
    true
}
fn depth(link: &Link) -> u64 { link.as_ref().map_or(0, |n| 1 + depth(&n.left).max(depth(&n.right))) }
fn walk(link: &Link, visit: &mut impl FnMut(u32)) { if let Some(n) = link { walk(&n.left, visit); visit(n.key); walk(&n.right, visit); } }
pub fn run(input: u64) -> u64 {
    let mut tree = Tree::default();
    let mut added = 0;
    for i in 0..20u32 { added += insert(&mut tree.root, (i * 7 + input as u32) % 17) as u64; }
    let before = depth(&tree.root);
    let gone = [3, 8, 99, input as u32].iter().filter(|k| remove(&mut tree.root, **k)).count() as u64;
    let mut hash = 0u64;
    walk(&tree.root, &mut |k| hash = hash.wrapping_mul(31) + k as u64);
    hash ^ added << 50 ^ before << 55 ^ depth(&tree.root) << 45 ^ gone << 60
}
