//! A thread-local that is computed at its first use, with a destructor.
//# probe: 1 2 4 9
use std::cell::RefCell;
thread_local! { static ALL: RefCell<Vec<i64>> = RefCell::new(vec![1]); }
pub fn probe(x: i64) -> i64 { ALL.with_borrow_mut(|all| { all.push(x); all.iter().sum() }) }
//# after
//# expect: live
//# carries: ALL
//# probe: 14 114 314 814
//# flight: 501
use std::cell::RefCell;
thread_local! { static ALL: RefCell<Vec<i64>> = RefCell::new(vec![1]); }
pub fn probe(x: i64) -> i64 { ALL.with_borrow_mut(|all| { all.push(x * 100); all.iter().sum() }) }
