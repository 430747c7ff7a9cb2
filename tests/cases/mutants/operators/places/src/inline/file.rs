pub fn in_inline() -> u8 { 1 + 8 }
