//! `+ - * / % & | ^ << >> ! -` and their assigning forms, for all primitive numbers and references to them.

macro_rules! binary_traits {
    ($($trait:ident $method:ident $lang:literal, $assign:ident $assign_method:ident $assign_lang:literal;)*) => {
        $(
            #[lang = $lang]
            pub trait $trait<Rhs = Self> {
                type Output;
                fn $method(self, rhs: Rhs) -> Self::Output;
            }

            #[lang = $assign_lang]
            pub trait $assign<Rhs = Self> {
                fn $assign_method(&mut self, rhs: Rhs);
            }
        )*
    };
}
binary_traits! {
    Add add "add", AddAssign add_assign "add_assign";
    Sub sub "sub", SubAssign sub_assign "sub_assign";
    Mul mul "mul", MulAssign mul_assign "mul_assign";
    Div div "div", DivAssign div_assign "div_assign";
    Rem rem "rem", RemAssign rem_assign "rem_assign";
    BitAnd bitand "bitand", BitAndAssign bitand_assign "bitand_assign";
    BitOr bitor "bitor", BitOrAssign bitor_assign "bitor_assign";
    BitXor bitxor "bitxor", BitXorAssign bitxor_assign "bitxor_assign";
    Shl shl "shl", ShlAssign shl_assign "shl_assign";
    Shr shr "shr", ShrAssign shr_assign "shr_assign";
}

#[lang = "neg"]
pub trait Neg {
    type Output;
    fn neg(self) -> Self::Output;
}

#[lang = "not"]
pub trait Not {
    type Output;
    fn not(self) -> Self::Output;
}

macro_rules! binary {
    ($trait:ident $method:ident $assign:ident $assign_method:ident $operator:tt $assign_operator:tt; $($t:ty)*) => {
        $(binary_of! { $trait $method $assign $assign_method $operator $assign_operator $t, $t })*
    };
}
macro_rules! binary_of {
    ($trait:ident $method:ident $assign:ident $assign_method:ident $operator:tt $assign_operator:tt $t:ty, $r:ty) => {
        impl $trait<$r> for $t {
            type Output = $t;
            #[inline(always)]
            #[track_caller]
            fn $method(self, other: $r) -> $t {
                self $operator other
            }
        }

        impl<'a> $trait<$r> for &'a $t {
            type Output = $t;
            #[inline(always)]
            #[track_caller]
            fn $method(self, other: $r) -> $t {
                *self $operator other
            }
        }

        impl $trait<&$r> for $t {
            type Output = $t;
            #[inline(always)]
            #[track_caller]
            fn $method(self, other: &$r) -> $t {
                self $operator *other
            }
        }

        impl $trait<&$r> for &$t {
            type Output = $t;
            #[inline(always)]
            #[track_caller]
            fn $method(self, other: &$r) -> $t {
                *self $operator *other
            }
        }

        impl $assign<$r> for $t {
            #[inline(always)]
            #[track_caller]
            fn $assign_method(&mut self, other: $r) {
                *self $assign_operator other
            }
        }

        impl $assign<&$r> for $t {
            #[inline(always)]
            #[track_caller]
            fn $assign_method(&mut self, other: &$r) {
                *self $assign_operator *other
            }
        }
    };
}
binary! { Add add AddAssign add_assign + +=; u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
binary! { Sub sub SubAssign sub_assign - -=; u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
binary! { Mul mul MulAssign mul_assign * *=; u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
binary! { Div div DivAssign div_assign / /=; u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
binary! { Rem rem RemAssign rem_assign % %=; u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 }
binary! { BitAnd bitand BitAndAssign bitand_assign & &=; bool u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
binary! { BitOr bitor BitOrAssign bitor_assign | |=; bool u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
binary! { BitXor bitxor BitXorAssign bitxor_assign ^ ^=; bool u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! shifts {
    ($($t:ty)*) => {
        $(shifts_of! { $t; u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize })*
    };
}
macro_rules! shifts_of {
    ($t:ty; $($r:ty)*) => {
        $(
            shift_of! { Shl shl ShlAssign shl_assign << <<= $t, $r }
            shift_of! { Shr shr ShrAssign shr_assign >> >>= $t, $r }
        )*
    };
}
// Amounts by reference are left out: they would be most of the implementations of this library.
macro_rules! shift_of {
    ($trait:ident $method:ident $assign:ident $assign_method:ident $operator:tt $assign_operator:tt $t:ty, $r:ty) => {
        impl $trait<$r> for $t {
            type Output = $t;
            #[inline(always)]
            #[track_caller]
            fn $method(self, other: $r) -> $t {
                self $operator other
            }
        }

        impl $trait<$r> for &$t {
            type Output = $t;
            #[inline(always)]
            #[track_caller]
            fn $method(self, other: $r) -> $t {
                *self $operator other
            }
        }

        impl $assign<$r> for $t {
            #[inline(always)]
            #[track_caller]
            fn $assign_method(&mut self, other: $r) {
                *self $assign_operator other
            }
        }
    };
}
shifts! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! unary {
    ($trait:ident $method:ident $operator:tt; $($t:ty)*) => {
        $(
            impl $trait for $t {
                type Output = $t;
                #[inline(always)]
                #[track_caller]
                fn $method(self) -> $t {
                    $operator self
                }
            }

            impl $trait for &$t {
                type Output = $t;
                #[inline(always)]
                #[track_caller]
                fn $method(self) -> $t {
                    $operator *self
                }
            }
        )*
    };
}
unary! { Neg neg -; i8 i16 i32 i64 i128 isize f32 f64 }
unary! { Not not !; bool u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
