//! `std` as programs see it that the compiler in the process (`jit`) compiles: all of our `core`, and what of the real
//! one needs a system below it. A crate with `#![no_std]` does not see it.

#![no_std]
#![allow(internal_features)]
#![feature(rustc_attrs)]

mod float;

pub use core::*;
