#[test] fn test() { assert!(1 + 1 == 2); }
fn of_the_test() -> u8 { 1 + 1 }
