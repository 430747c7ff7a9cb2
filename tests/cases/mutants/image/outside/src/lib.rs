#![no_std]

pub fn ten() -> u8 {
    10
}
