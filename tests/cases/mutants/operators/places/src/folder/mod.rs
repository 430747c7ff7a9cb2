mod leaf;
pub fn folder() -> u8 { 1 + 5 }
