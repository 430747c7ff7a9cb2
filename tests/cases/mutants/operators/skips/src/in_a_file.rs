#![cfg_attr(test, mutants::skip)]
pub fn in_a_file() -> u8 { 1 + 1 }
