#[test]
fn two_steps_are_four() {
    assert_eq!(user::twice(), 4);
}
