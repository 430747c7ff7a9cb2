//! How a program panics: through one function of the host.

use crate::fmt;
use crate::panic::Location;

unsafe extern "C-unwind" {
    fn segue_jit_panic(
        message: *const u8,
        message_length: usize,
        file: *const u8,
        file_length: usize,
        line: u32,
        column: u32,
    ) -> !;
    /// The two as floats of so many bytes.
    fn segue_jit_panic_clamp(
        min: f64,
        max: f64,
        size: usize,
        file: *const u8,
        file_length: usize,
        line: u32,
        column: u32,
    ) -> !;
}

#[lang = "panic"]
#[cold]
#[inline(never)]
#[track_caller]
pub const fn panic(expr: &'static str) -> ! {
    panic_str(expr)
}

#[cold]
#[inline(never)]
#[track_caller]
pub const fn panic_str(message: &str) -> ! {
    let place = Location::caller();
    let file = place.file();
    unsafe {
        segue_jit_panic(
            message.as_ptr(),
            message.len(),
            file.as_ptr(),
            file.len(),
            place.line(),
            place.column(),
        )
    }
}

#[cold]
#[inline(never)]
#[track_caller]
pub fn panic_display<T: fmt::Display>(x: &T) -> ! {
    panic_fmt(crate::format_args!("{}", *x))
}

#[lang = "panic_fmt"]
#[cold]
#[inline(never)]
#[track_caller]
pub const fn panic_fmt(fmt: fmt::Arguments<'_>) -> ! {
    match fmt.as_str() {
        Some(text) => panic_str(text),
        None => panic_formatted(fmt),
    }
}

/// What does not fit is cut off.
#[cold]
#[inline(never)]
#[track_caller]
fn panic_formatted(fmt: fmt::Arguments<'_>) -> ! {
    let mut message = Message::new();
    let _ = fmt::Write::write_fmt(&mut message, fmt);
    panic_str(message.as_str())
}

/// A text that is put together on the stack. It holds what the library's own panics say without the
/// formatting machinery, which is more than a small program wants to compile.
pub(crate) struct Message {
    bytes: [u8; 2048],
    length: usize,
}

impl Message {
    #[inline]
    pub(crate) fn new() -> Message {
        Message { bytes: [0; 2048], length: 0 }
    }

    pub(crate) fn text(&mut self, text: &str) {
        let mut length = text.len();
        if length > 2048 - self.length {
            length = 2048 - self.length;
        }
        unsafe {
            let to = (&raw mut self.bytes as *mut u8).add(self.length);
            crate::intrinsics::copy_nonoverlapping(text.as_ptr(), to, length);
        }
        self.length += length;
    }

    pub(crate) fn number(&mut self, number: usize) {
        if number >= 10 {
            self.number(number / 10);
        }
        let digit = [b'0' + (number % 10) as u8];
        self.text(unsafe { crate::str::from_utf8_unchecked(&digit) });
    }

    pub(crate) fn as_str(&self) -> &str {
        unsafe {
            let bytes = crate::slice::from_raw_parts(&raw const self.bytes as *const u8, self.length);
            crate::str::from_utf8_unchecked(bytes)
        }
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    pub(crate) fn panic(&self) -> ! {
        panic_str(self.as_str())
    }
}

impl fmt::Write for Message {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.text(s);
        Ok(())
    }
}

/// Panics with the text of a condition, as the front end writes it: in parentheses of its own.
#[cold]
#[inline(never)]
#[track_caller]
pub fn panic_assertion(condition: &str) -> ! {
    let bytes = condition.as_bytes();
    let inside = bytes.len() > 1 && bytes[0] == b'(' && bytes[bytes.len() - 1] == b')';
    let mut message = Message::new();
    message.text("assertion failed: ");
    message.text(if inside { &condition[1..bytes.len() - 1] } else { condition });
    message.panic()
}

/// Panics since a float cannot be clamped so.
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn clamp_of_floats_failed(min: f64, max: f64, size: usize) -> ! {
    let place = Location::caller();
    let file = place.file();
    unsafe { segue_jit_panic_clamp(min, max, size, file.as_ptr(), file.len(), place.line(), place.column()) }
}

/// Panics with up to two numbers in a text: `before first between second after`.
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn panic_numbers(before: &str, first: usize, between: &str, second: usize, after: &str) -> ! {
    let mut message = Message::new();
    message.text(before);
    message.number(first);
    message.text(between);
    message.number(second);
    message.text(after);
    message.panic()
}

#[lang = "panic_bounds_check"]
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn panic_bounds_check(index: usize, len: usize) -> ! {
    panic_numbers("index out of bounds: the len is ", len, " but the index is ", index, "")
}

/// `unwrap` and `expect` of a `Result`.
#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn unwrap_failed<E: fmt::Debug>(message: &str, error: &E) -> ! {
    panic_fmt(crate::format_args!("{message}: {error:?}"))
}

pub enum AssertKind {
    Eq,
    Ne,
}

#[cold]
#[inline(never)]
#[track_caller]
pub fn assert_failed<T, U>(kind: AssertKind, left: &T, right: &U, args: Option<fmt::Arguments<'_>>) -> !
where
    T: fmt::Debug + ?Sized,
    U: fmt::Debug + ?Sized,
{
    let operator = match kind {
        AssertKind::Eq => "==",
        AssertKind::Ne => "!=",
    };
    match args {
        Some(args) => panic_fmt(crate::format_args!(
            "assertion `left {operator} right` failed: {args}\n  left: {left:?}\n right: {right:?}"
        )),
        None => panic_fmt(crate::format_args!(
            "assertion `left {operator} right` failed\n  left: {left:?}\n right: {right:?}"
        )),
    }
}

#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn clamp_failed<T: fmt::Debug>(min: &T, max: &T) -> ! {
    panic_fmt(crate::format_args!("min > max. min = {min:?}, max = {max:?}"))
}
