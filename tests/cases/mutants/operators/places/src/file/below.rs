pub fn below() -> u8 { 1 + 3 }
