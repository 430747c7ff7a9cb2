fn main() { println!("{}", 1 + 10) }
fn of_the_program() -> u8 { 1 + 11 }
