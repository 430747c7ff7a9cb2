//! How long ago something was. What the lines hold is tested in a terminal (`tests/command/terminal.rs`).

use super::*;

#[test]
fn times_are_told_in_one_unit() {
    let said = |seconds| ago(Duration::from_secs(seconds));
    assert_eq!([said(0), said(59), said(60), said(3599)], ["0 s", "59 s", "1 min", "59 min"]);
    assert_eq!([said(3600), said(200_000)], ["1 h", "55 h"]);
}
