pub fn keyword() -> u8 { 1 + 4 }
