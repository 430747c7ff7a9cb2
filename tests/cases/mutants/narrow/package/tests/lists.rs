#[test]
fn the_list_begins_with_one() {
    assert_eq!(narrow::LIST[0], 1);
}
