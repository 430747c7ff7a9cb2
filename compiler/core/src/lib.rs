//! `core` as programs see it that the compiler in the process (`jit`) compiles: our own text, with the
//! names, signatures and meaning of the real one.
//!
//! It is read by rust-analyzer's front end and never by rustc, and is lowered through the same pipeline as
//! the user's own functions. So bodies are short and loops go over pointers: what they cost is what they
//! cost in every program. `macros.rs` has the conventions on arithmetic and on panics.

#![no_core]
#![rustc_coherence_is_core]
#![allow(internal_features)]
#![feature(lang_items, no_core, intrinsics, decl_macro, rustc_attrs, auto_traits, negative_impls, unboxed_closures)]

#[macro_use]
mod macros;

pub mod intrinsics;

pub mod marker;
pub mod clone;
pub mod default;
pub mod ops;
pub mod cmp;
pub mod convert;
pub mod borrow;

pub mod option;
pub mod result;
pub mod mem;
pub mod ptr;
pub mod hint;
pub mod cell;
pub mod any;
pub mod pin;
pub mod primitive;

pub mod hash;
pub mod error;
pub mod ffi;
pub mod fmt;
pub mod panic;
pub mod panicking;

pub mod num;
pub mod f32;
pub mod f64;
pub mod bool;
pub mod ascii;
pub mod char;
pub mod tuple;

pub mod iter;
pub mod slice;
pub mod array;
pub mod str;

pub mod sync;
pub mod time;

pub mod alloc;
pub mod boxed;
pub mod vec;
pub mod string;
pub mod rc;
pub mod collections;

pub mod prelude;

#[prelude_import]
#[allow(unused)]
use prelude::rust_2024::*;

macro_rules! integer_modules {
    ($($name:ident)*) => {
        $(
            pub mod $name {
                //! Kept for old programs: the constants are associated ones now.
                pub const MIN: $name = $name::MIN;
                pub const MAX: $name = $name::MAX;
            }
        )*
    };
}
integer_modules! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }
