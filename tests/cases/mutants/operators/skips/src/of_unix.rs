pub fn of_unix() -> u8 { 1 + 19 }
