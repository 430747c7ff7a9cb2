pub fn of_windows() -> u8 { 1 + 18 }
