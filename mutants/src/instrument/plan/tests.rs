//! What the plan reads in texts.

use super::*;

#[test]
fn a_call_is_told_from_a_field() {
    let names = called("{ Self { len: 0, é: f (1), g: A::new::<u8>(h), } }");
    let names: Vec<_> = names.iter().filter(|name| !name.is_empty()).map(String::as_str).collect();
    assert_eq!(names, ["f", "new"]);
}
