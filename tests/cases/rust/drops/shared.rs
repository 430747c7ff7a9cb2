//! Rc and Weak: counts, cycles broken by weak references, drops when the last owner goes, interior changes, make_mut.
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
struct Tree { value: u64, parent: RefCell<Weak<Tree>>, children: RefCell<Vec<Rc<Tree>>>, log: Rc<Cell<u64>> }
impl Drop for Tree { fn drop(&mut self) { self.log.set(self.log.get() * 10 + self.value); } }
fn leaf(value: u64, log: &Rc<Cell<u64>>) -> Rc<Tree> { Rc::new(Tree { value, parent: RefCell::default(), children: RefCell::default(), log: log.clone() }) }
fn depth(tree: &Rc<Tree>) -> u64 { tree.parent.borrow().upgrade().map_or(0, |p| 1 + depth(&p)) }
pub fn run(input: u64) -> u64 {
    let log = Rc::new(Cell::new(0));
    let (root, branch, twig) = (leaf(1, &log), leaf(2, &log), leaf(3, &log));
    for (parent, child) in [(&root, &branch), (&branch, &twig)] {
        *child.parent.borrow_mut() = Rc::downgrade(parent);
        parent.children.borrow_mut().push(child.clone());
    }
    let counts = Rc::strong_count(&branch) * 100 + Rc::weak_count(&branch) * 10 + depth(&twig) as usize;
    let weak = Rc::downgrade(&root);
    drop(branch);
    if input > 1 { drop(root) }
    let after = depth(&twig) * 10 + weak.upgrade().is_some() as u64;
    let mut shared = Rc::new([1u64, input]);
    let other = shared.clone();
    Rc::make_mut(&mut shared)[0] = 9;
    let same = Rc::ptr_eq(&shared, &other) as u64;
    drop(twig);
    log.get() * 1_000_000 + counts as u64 * 1000 + after * 10 + shared[0] + other[0] + same + Rc::try_unwrap(other).map_or(0, |a| a[1])
}
