fn main() { println!("{}", of_chosen()) }
fn of_chosen() -> u8 { 1 + 23 }
