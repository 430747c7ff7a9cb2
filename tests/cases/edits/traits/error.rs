//! A boxed error that a thread-local keeps, of a type whose layout changes.
//# probe: 39 40 41 44
use std::{cell::RefCell, error::Error, fmt};
#[derive(Debug)] #[repr(C)] struct Why { line: i32, code: i32 }
impl fmt::Display for Why { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("why") } }
impl Error for Why {}
thread_local! { static LAST: RefCell<Option<Box<dyn Error>>> = const { RefCell::new(None) }; }
pub fn probe(x: i64) -> i64 {
    LAST.with_borrow_mut(|last| {
        let error = last.get_or_insert_with(|| Box::new(Why { line: 3, code: 9 }));
        error.downcast_ref::<Why>().map_or(-1, |why| why.line as i64 * 10 + why.code as i64 + x)
    })
}
//# after
//# expect: live
//# static: LAST: starts anew
//# carries: LAST
//# probe: 39 40 41 44
//# flight: old
use std::{cell::RefCell, error::Error, fmt};
#[derive(Debug)] #[repr(C)] struct Why { line: i64, code: i32 }
impl fmt::Display for Why { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("why") } }
impl Error for Why {}
thread_local! { static LAST: RefCell<Option<Box<dyn Error>>> = const { RefCell::new(None) }; }
pub fn probe(x: i64) -> i64 {
    LAST.with_borrow_mut(|last| {
        let error = last.get_or_insert_with(|| Box::new(Why { line: 3, code: 9 }));
        error.downcast_ref::<Why>().map_or(-1, |why| why.line * 10 + why.code as i64 + x)
    })
}
