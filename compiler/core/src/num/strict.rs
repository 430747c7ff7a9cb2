//! Arithmetic that panics where it overflows, whatever the program was compiled with.

macro_rules! strict {
    ($($t:ident)*) => {
        $(
            impl $t {
                strict! { $t
                    strict_add(rhs: $t) = checked_add, "attempt to add with overflow";
                    strict_sub(rhs: $t) = checked_sub, "attempt to subtract with overflow";
                    strict_mul(rhs: $t) = checked_mul, "attempt to multiply with overflow";
                    strict_pow(exp: u32) = checked_pow, "attempt to multiply with overflow";
                    strict_shl(rhs: u32) = checked_shl, "attempt to shift left with overflow";
                    strict_shr(rhs: u32) = checked_shr, "attempt to shift right with overflow";
                    strict_neg() = checked_neg, "attempt to negate with overflow";
                }

                #[inline]
                #[track_caller]
                pub const fn strict_div(self, rhs: $t) -> $t {
                    self / rhs
                }

                #[inline]
                #[track_caller]
                pub const fn strict_rem(self, rhs: $t) -> $t {
                    self % rhs
                }
            }
        )*
    };
    ($t:ident $($name:ident($($argument:ident: $type:ty)?) = $checked:ident, $text:literal;)*) => {
        $(
            #[inline]
            #[track_caller]
            pub const fn $name(self, $($argument: $type)?) -> $t {
                match self.$checked($($argument)?) {
                    Some(value) => value,
                    None => crate::panicking::panic($text),
                }
            }
        )*
    };
}
strict! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! strict_abs {
    ($($t:ident)*) => {
        $(
            impl $t {
                #[inline]
                #[track_caller]
                pub const fn strict_abs(self) -> $t {
                    match self.checked_abs() {
                        Some(value) => value,
                        None => crate::panicking::panic("attempt to negate with overflow"),
                    }
                }
            }
        )*
    };
}
strict_abs! { i8 i16 i32 i64 i128 isize }
