#![no_std]
extern crate outside;

mod deeper;

pub use deeper::{Wide, narrow};

pub fn first(number: u8) -> u8 {
    outside::ten() + number
}

pub fn letter(c: u8) -> u8 {
    c - b'A' + 10
}
