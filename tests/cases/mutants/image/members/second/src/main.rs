fn answer() -> u8 {
    first::first(32) + first::narrow(0)
}

fn main() {
    println!("{}", answer());
}

#[test]
fn unit() {
    assert_eq!(answer(), 42);
}
