//! The macros that print.

#[macro_export]
macro_rules! print {
    ($($argument:tt)*) => {
        $crate::io::_print($crate::format_args!($($argument)*))
    };
}

#[macro_export]
macro_rules! println {
    () => {
        $crate::print!("\n")
    };
    ($($argument:tt)*) => {
        $crate::io::_print($crate::format_args_nl!($($argument)*))
    };
}

#[macro_export]
macro_rules! eprint {
    ($($argument:tt)*) => {
        $crate::io::_eprint($crate::format_args!($($argument)*))
    };
}

#[macro_export]
macro_rules! eprintln {
    () => {
        $crate::eprint!("\n")
    };
    ($($argument:tt)*) => {
        $crate::io::_eprint($crate::format_args_nl!($($argument)*))
    };
}

#[macro_export]
macro_rules! dbg {
    () => {
        $crate::eprintln!("[{}:{}:{}]", $crate::file!(), $crate::line!(), $crate::column!())
    };
    ($value:expr $(,)?) => {
        match $value {
            value => {
                $crate::eprintln!(
                    "[{}:{}:{}] {} = {:#?}",
                    $crate::file!(), $crate::line!(), $crate::column!(), $crate::stringify!($value), &value
                );
                value
            }
        }
    };
    ($($value:expr),+ $(,)?) => {
        ($($crate::dbg!($value)),+,)
    };
}
