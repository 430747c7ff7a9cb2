mod leaf;
pub fn left() -> u8 { 1 + 2 }
