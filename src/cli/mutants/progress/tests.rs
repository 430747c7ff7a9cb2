//! The estimate.

use super::*;

#[test]
fn the_estimate_goes_on_as_before() {
    let spent = Duration::from_secs(3);
    assert_eq!(left(spent, 30, 100), Some(Duration::from_secs(7)));
    assert_eq!(left(spent, 100, 100), None);
    assert_eq!(left(spent, 0, 2), Some(Duration::from_secs(6)));
}

#[test]
fn a_line_is_never_wider_than_the_terminal() {
    assert_eq!(cut("größer", 4), "größ");
    assert_eq!(cut("a", 4), "a");
}
