//! Tests of texts; what is noted at a link is tested in `loader/tests/tools/`.

use super::Location;

#[test]
fn a_location_says_what_is_known() {
    let bare = Location::of("kick".to_owned());
    assert_eq!(bare.to_string(), "kick");
    let file = Some("/song.rs".to_owned());
    let full = Location { generation: Some(3), file, line: Some(12), column: Some(5), ..bare };
    assert_eq!(full.to_string(), "kick#3 at /song.rs:12:5");
}
