//! States whose drop faulted: noted by whoever drops them, under the core's lock, and told by the
//! core before it lets go of that lock.

use std::cell::RefCell;

use super::Caught;

thread_local! {
    static LOST: RefCell<Vec<(String, Caught)>> = const { RefCell::new(Vec::new()) };
}

/// Notes that dropping a value of `state` ended in `caught`: what it had left is leaked.
pub(crate) fn lose(state: &str, caught: Caught) {
    LOST.with_borrow_mut(|lost| lost.push((state.to_owned(), caught)));
}

/// What was lost on this thread since the last time.
pub(crate) fn take_lost() -> Vec<(String, Caught)> {
    LOST.with_borrow_mut(std::mem::take)
}
