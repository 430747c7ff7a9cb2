//! The macros of `core`, and the conventions of this library.
//!
//! - `+`, `-`, `*`, `<<` and `>>` on integers are checked here where they are checked in the user's
//!   program. What must wrap says so (`wrapping_add`), and what cannot overflow in a hot loop says that
//!   (`intrinsics::unchecked_add`).
//! - A panic with a constant text calls `panicking::panic`, which has its place from its caller: whoever
//!   calls it on behalf of the user is `#[track_caller]`.

#[macro_export]
macro_rules! panic {
    () => ($crate::panicking::panic("explicit panic"));
    ("{}", $argument:expr $(,)?) => ($crate::panicking::panic_display(&$argument));
    ($($argument:tt)+) => ($crate::panicking::panic_fmt($crate::format_args!($($argument)+)));
}

#[macro_export]
macro_rules! assert {
    ($condition:expr $(,)?) => {
        if !$condition {
            $crate::panicking::panic_assertion($crate::stringify!($condition))
        }
    };
    ($condition:expr, $($argument:tt)+) => {
        if !$condition {
            $crate::panic!($($argument)+)
        }
    };
}

#[macro_export]
macro_rules! debug_assert {
    ($($argument:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert!($($argument)*);
        }
    };
}

#[macro_export]
macro_rules! assert_eq {
    ($left:expr, $right:expr $(,)?) => {
        match (&$left, &$right) {
            (left, right) => {
                if !(*left == *right) {
                    $crate::panicking::assert_failed(
                        $crate::panicking::AssertKind::Eq,
                        &*left,
                        &*right,
                        $crate::option::Option::None,
                    )
                }
            }
        }
    };
    ($left:expr, $right:expr, $($argument:tt)+) => {
        match (&$left, &$right) {
            (left, right) => {
                if !(*left == *right) {
                    $crate::panicking::assert_failed(
                        $crate::panicking::AssertKind::Eq,
                        &*left,
                        &*right,
                        $crate::option::Option::Some($crate::format_args!($($argument)+)),
                    )
                }
            }
        }
    };
}

#[macro_export]
macro_rules! assert_ne {
    ($left:expr, $right:expr $(,)?) => {
        match (&$left, &$right) {
            (left, right) => {
                if *left == *right {
                    $crate::panicking::assert_failed(
                        $crate::panicking::AssertKind::Ne,
                        &*left,
                        &*right,
                        $crate::option::Option::None,
                    )
                }
            }
        }
    };
    ($left:expr, $right:expr, $($argument:tt)+) => {
        match (&$left, &$right) {
            (left, right) => {
                if *left == *right {
                    $crate::panicking::assert_failed(
                        $crate::panicking::AssertKind::Ne,
                        &*left,
                        &*right,
                        $crate::option::Option::Some($crate::format_args!($($argument)+)),
                    )
                }
            }
        }
    };
}

#[macro_export]
macro_rules! debug_assert_eq {
    ($($argument:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert_eq!($($argument)*);
        }
    };
}

#[macro_export]
macro_rules! debug_assert_ne {
    ($($argument:tt)*) => {
        if $crate::cfg!(debug_assertions) {
            $crate::assert_ne!($($argument)*);
        }
    };
}

#[macro_export]
macro_rules! matches {
    ($expression:expr, $pattern:pat $(if $guard:expr)? $(,)?) => {
        match $expression {
            $pattern $(if $guard)? => true,
            _ => false,
        }
    };
}

#[macro_export]
macro_rules! unreachable {
    () => ($crate::panicking::panic("internal error: entered unreachable code"));
    ($text:literal $(,)?) => (
        $crate::panicking::panic_fmt($crate::format_args!($crate::concat!("internal error: entered unreachable code: ", $text)))
    );
    ($text:literal, $($argument:tt)*) => (
        $crate::panicking::panic_fmt($crate::format_args!(
            $crate::concat!("internal error: entered unreachable code: ", $text), $($argument)*
        ))
    );
}

#[macro_export]
macro_rules! todo {
    () => ($crate::panicking::panic("not yet implemented"));
    ($text:literal $(,)?) => ($crate::panicking::panic_fmt($crate::format_args!($crate::concat!("not yet implemented: ", $text))));
    ($($argument:tt)+) => ($crate::panic!("not yet implemented: {}", $crate::format_args!($($argument)+)));
}

#[macro_export]
macro_rules! unimplemented {
    () => ($crate::panicking::panic("not implemented"));
    ($text:literal $(,)?) => ($crate::panicking::panic_fmt($crate::format_args!($crate::concat!("not implemented: ", $text))));
    ($($argument:tt)+) => ($crate::panic!("not implemented: {}", $crate::format_args!($($argument)+)));
}

#[macro_export]
macro_rules! r#try {
    ($expression:expr $(,)?) => {
        match $expression {
            $crate::result::Result::Ok(value) => value,
            $crate::result::Result::Err(error) => {
                return $crate::result::Result::Err($crate::convert::From::from(error));
            }
        }
    };
}

#[macro_export]
macro_rules! write {
    ($to:expr, $($argument:tt)*) => {
        $to.write_fmt($crate::format_args!($($argument)*))
    };
}

#[macro_export]
macro_rules! format {
    ($($argument:tt)*) => {
        $crate::fmt::format($crate::format_args!($($argument)*))
    };
}

#[macro_export]
macro_rules! writeln {
    ($to:expr $(,)?) => {
        $crate::write!($to, "\n")
    };
    ($to:expr, $($argument:tt)*) => {
        $to.write_fmt($crate::format_args_nl!($($argument)*))
    };
}

// The front end knows no places. A closure is no `#[track_caller]` function: its place is this one.
#[macro_export]
macro_rules! line {
    () => {
        (|| $crate::panic::Location::caller().line())()
    };
}

#[macro_export]
macro_rules! column {
    () => {
        (|| $crate::panic::Location::caller().column())()
    };
}

#[macro_export]
macro_rules! file {
    () => {
        (|| $crate::panic::Location::caller().file())()
    };
}

#[macro_export]
macro_rules! module_path {
    () => {
        $crate::compile_error!("`module_path!` is not supported by the compiler in the process")
    };
}

// What the front end would give for these three is another value than rustc's, without a word: it knows neither files beside
// the live ones nor the environment.
#[macro_export]
macro_rules! include_str {
    ($($argument:tt)*) => {
        $crate::compile_error!("`include_str!` is not supported by the compiler in the process")
    };
}

#[macro_export]
macro_rules! env {
    ($($argument:tt)*) => {
        $crate::compile_error!("`env!` is not supported by the compiler in the process")
    };
}

#[macro_export]
macro_rules! option_env {
    ($($argument:tt)*) => {
        $crate::compile_error!("`option_env!` is not supported by the compiler in the process")
    };
}

macro_rules! built_in {
    ($($name:ident)*) => {
        $(
            #[macro_export]
            #[rustc_builtin_macro]
            macro_rules! $name {
                () => {};
            }
        )*
    };
}
built_in! {
    format_args const_format_args format_args_nl concat stringify compile_error cfg include include_bytes pattern_type
}

pub(crate) mod builtin {
    #[rustc_builtin_macro]
    pub macro derive($item:item) {}

    #[rustc_builtin_macro]
    pub macro test($item:item) {}
}
