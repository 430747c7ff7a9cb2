//! What is neither number nor made by a derive.

use super::{Debug, Display, Formatter, Result, Write};

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("an error occurred when formatting an argument")
    }
}

use super::Error;

impl Display for str {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(self)
    }
}

impl Display for char {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut bytes = [0; 4];
        f.pad(self.encode_utf8(&mut bytes))
    }
}

impl Display for bool {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(if *self { "true" } else { "false" })
    }
}

impl Debug for bool {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Display::fmt(self, f)
    }
}

/// As `{:?}` writes it between these quotes.
fn write_escaped(c: char, quote: char, f: &mut Formatter<'_>) -> Result {
    if (c == '"' || c == '\'') && c != quote {
        return f.write_char(c);
    }
    for c in c.escape_debug() {
        f.write_char(c)?;
    }
    Ok(())
}

impl Debug for str {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("\"")?;
        let mut chars = self.chars();
        while let Some(c) = chars.next() {
            write_escaped(c, '"', f)?;
        }
        f.write_str("\"")
    }
}

impl Debug for char {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("'")?;
        write_escaped(*self, '\'', f)?;
        f.write_str("'")
    }
}

impl Debug for () {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("()")
    }
}

impl Debug for ! {
    fn fmt(&self, _: &mut Formatter<'_>) -> Result {
        *self
    }
}

impl Display for ! {
    fn fmt(&self, _: &mut Formatter<'_>) -> Result {
        *self
    }
}

impl<T: Debug> Debug for [T] {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: ?Sized> Debug for crate::marker::PhantomData<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("PhantomData<")?;
        f.write_str(crate::any::type_name::<T>())?;
        f.write_str(">")
    }
}

impl<T: Copy + Debug> Debug for crate::cell::Cell<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("Cell").field("value", &self.get()).finish()
    }
}

impl Debug for crate::cmp::Ordering {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            crate::cmp::Ordering::Less => "Less",
            crate::cmp::Ordering::Equal => "Equal",
            crate::cmp::Ordering::Greater => "Greater",
        })
    }
}

impl Debug for crate::cell::BorrowError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("BorrowError")
    }
}

impl Debug for crate::cell::BorrowMutError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("BorrowMutError")
    }
}

impl Display for crate::cell::BorrowError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("already mutably borrowed")
    }
}

impl Display for crate::cell::BorrowMutError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("already borrowed")
    }
}

impl<T: ?Sized> Debug for crate::ptr::NonNull<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        super::Pointer::fmt(&self.as_ptr(), f)
    }
}

impl Display for crate::panic::Location<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_fmt(format_args!("{}:{}:{}", self.file(), self.line(), self.column()))
    }
}
