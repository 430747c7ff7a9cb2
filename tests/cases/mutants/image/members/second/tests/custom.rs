//! A harness of its own.

fn main() {
    assert_eq!(first::narrow(9), 4);
}
