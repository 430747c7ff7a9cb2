//! Values as text.
//!
//! No trait object is needed on the way: a formatter writes through a function pointer, and what
//! `format_args!` makes holds one for each argument.

mod arguments;
mod builders;
mod derived;
mod floats;
mod formatter;
mod impls;
mod enums;
mod integers;

pub use self::arguments::Arguments;
pub use self::builders::{DebugList, DebugMap, DebugSet, DebugStruct, DebugTuple};
pub(crate) use self::derived::*;
pub use self::formatter::{Alignment, Formatter};

pub type Result = crate::result::Result<(), Error>;

#[derive(Copy, Clone, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Error;

pub(crate) mod derive {
    #[rustc_builtin_macro]
    pub macro Debug($item:item) {}
}
pub use self::derive::Debug;

macro_rules! traits {
    ($($name:ident)*) => {
        $(
            pub trait $name {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result;
            }

            impl<T: ?Sized + $name> $name for &T {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    $name::fmt(&**self, f)
                }
            }

            impl<T: ?Sized + $name> $name for &mut T {
                fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                    $name::fmt(&**self, f)
                }
            }
        )*
    };
}
traits! { Debug Display Octal LowerHex UpperHex Binary LowerExp UpperExp }

pub trait Pointer {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result;
}

pub trait Write {
    fn write_str(&mut self, s: &str) -> Result;

    #[inline]
    fn write_char(&mut self, c: char) -> Result {
        let mut bytes = [0; 4];
        self.write_str(c.encode_utf8(&mut bytes))
    }

    #[inline]
    fn write_fmt(&mut self, args: Arguments<'_>) -> Result {
        let mut to = self;
        arguments::write_all(&mut Formatter::into(&mut to), args)
    }
}

impl<W: Write + ?Sized> Write for &mut W {
    fn write_str(&mut self, s: &str) -> Result {
        (**self).write_str(s)
    }
}

pub fn write(output: &mut dyn Write, args: Arguments<'_>) -> Result {
    output.write_fmt(args)
}

/// What `format!` gives.
pub fn format(args: Arguments<'_>) -> crate::string::String {
    let mut text = crate::string::String::new();
    if text.write_fmt(args).is_err() {
        crate::panicking::panic("a formatting trait implementation returned an error when the underlying stream did not")
    }
    text
}
