//! `std` as programs see it that the compiler in the process (`jit`) compiles: all of our `core`, and what of the real
//! one needs a system below it. A crate with `#![no_std]` does not see it.

#![no_std]
#![allow(internal_features)]
#![feature(rustc_attrs)]

mod float;
#[macro_use]
mod macros;

pub mod io;

pub use core::*;

/// What every program sees without naming it; with a module comes every macro of the crate that it stands in.
pub mod prelude {
    macro_rules! preludes {
        ($($name:ident)*) => {
            $(
                pub mod $name {
                    pub use core::prelude::$name::*;
                }
            )*
        };
    }
    preludes! { v1 rust_2015 rust_2018 rust_2021 rust_2024 }
}
