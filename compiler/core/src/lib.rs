//! The `core` that jit programs see: for rust-analyzer's front end, not for rustc.

#![no_core]
#![rustc_coherence_is_core]
#![feature(no_core, lang_items, rustc_attrs)]

/// What the compiler knows of types.
pub mod marker {
    #[lang = "sized"]
    pub trait Sized {}

    #[lang = "copy"]
    pub trait Copy {}

    #[lang = "unsize"]
    pub trait Unsize<T: ?Sized> {}

    #[lang = "coerce_unsized"]
    pub trait CoerceUnsized<T: ?Sized> {}

    impl<'a, 'b: 'a, T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<&'a U> for &'b T {}

    macro_rules! copy {
        ($($ty:ty)*) => { $(impl Copy for $ty {})* };
    }
    copy! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char }
}

/// What each edition sees without asking.
pub mod prelude {
    pub mod rust_2024 {
        pub use crate::marker::{Copy, Sized};
    }
}
