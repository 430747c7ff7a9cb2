pub fn named() -> u8 { 1 + 7 }
