//! Runs of cargo that go on at the same time.

use super::*;

#[test]
fn a_run_was_alone_where_no_other_went_on() {
    let one = Running::begin();
    assert!(one.was_alone());
    let other = Running::begin();
    assert!(!one.was_alone() && !other.was_alone());
    drop(one);
    assert!(!other.was_alone());
    drop(other);
    assert!(Running::begin().was_alone());
}
