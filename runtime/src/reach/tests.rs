//! Which code a word belongs to.

use super::is_any_in;

#[test]
fn the_end_of_code_is_where_its_last_call_returns_to() {
    let (first, second) = (0x1000..0x1040, 0x1040..0x1080);
    let belongs = |word| (is_any_in(&[word], &first), is_any_in(&[word], &second));
    assert_eq!(belongs(0xfff), (false, false));
    assert_eq!(belongs(0x1000), (true, false));
    assert_eq!(belongs(0x103f), (true, false));
    assert_eq!(belongs(0x1040), (true, true), "nobody can say whose it is");
    assert_eq!(belongs(0x1080), (false, true));
    assert_eq!(belongs(0x1081), (false, false));
    assert!(is_any_in(&[0x10, 0x1020, 0x2000], &first));
    assert!(!is_any_in(&[0x10, 0x2000], &first), "on both sides");
}
