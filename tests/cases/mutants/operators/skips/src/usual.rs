fn main() { println!("{}", of_usual()) }
fn of_usual() -> u8 { 1 + 22 }
