//! Values that a type has when nobody says which.

pub trait Default: Sized {
    fn default() -> Self;
}

#[rustc_builtin_macro(Default, attributes(default))]
pub macro Default($item:item) {}

macro_rules! default {
    ($($t:ty, $value:expr;)*) => {
        $(
            impl Default for $t {
                #[inline(always)]
                fn default() -> $t {
                    $value
                }
            }
        )*
    };
}
default! {
    (), ();
    bool, false;
    char, '\x00';
    u8, 0; u16, 0; u32, 0; u64, 0; u128, 0; usize, 0;
    i8, 0; i16, 0; i32, 0; i64, 0; i128, 0; isize, 0;
    f32, 0.0; f64, 0.0;
}
