#[test]
fn seven_is_in() {
    assert!(narrow::is_in(7));
}

#[test]
fn there_are_spare_ones() {
    assert!(narrow::SPARE < 8);
}
