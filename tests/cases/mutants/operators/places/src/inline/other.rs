pub fn other() -> u8 { 1 + 9 }
