//! What `format_args!` makes: a template of bytes, and the arguments it names.
//!
//! The front end writes the template: literal texts after their lengths, and for each argument a byte with
//! its two highest bits set that says which options follow. A zero ends it.

use super::{Debug, Display, Formatter, Result};
use super::{Binary, LowerExp, LowerHex, Octal, Pointer, UpperExp, UpperHex};
use crate::marker::PhantomData;

#[lang = "format_arguments"]
#[derive(Copy, Clone)]
pub struct Arguments<'a> {
    /// Where there are no arguments.
    text: Option<&'a str>,
    template: *const u8,
    arguments: *const Argument<'a>,
}

/// A value, and how to write it; or a number that is a width or a precision.
#[lang = "format_argument"]
#[derive(Copy, Clone)]
pub struct Argument<'a> {
    value: *const (),
    write: unsafe fn(*const (), &mut Formatter<'_>) -> Result,
    lifetime: PhantomData<&'a ()>,
}

macro_rules! ways {
    ($($new:ident $shim:ident $trait:ident;)*) => {
        $(
            unsafe fn $shim<T: $trait>(value: *const (), f: &mut Formatter<'_>) -> Result {
                <T as $trait>::fmt(unsafe { &*(value as *const T) }, f)
            }
        )*

        impl<'a> Argument<'a> {
            $(
                #[inline]
                pub fn $new<T: $trait>(x: &'a T) -> Argument<'a> {
                    Argument { value: x as *const T as *const (), write: $shim::<T>, lifetime: PhantomData }
                }
            )*
        }
    };
}
ways! {
    new_display display Display;
    new_debug debug Debug;
    new_octal octal Octal;
    new_lower_hex lower_hex LowerHex;
    new_upper_hex upper_hex UpperHex;
    new_binary binary Binary;
    new_lower_exp lower_exp LowerExp;
    new_upper_exp upper_exp UpperExp;
    new_pointer pointer Pointer;
    new_debug_lower_hex debug_lower_hex Debug;
    new_debug_upper_hex debug_upper_hex Debug;
}

impl<'a> Argument<'a> {
    #[inline]
    pub const fn from_usize(x: &'a usize) -> Argument<'a> {
        Argument { value: x as *const usize as *const (), write: display::<usize>, lifetime: PhantomData }
    }
}

impl<'a> Arguments<'a> {
    #[inline]
    pub const unsafe fn new<const N: usize, const M: usize>(
        template: &'a [u8; N],
        args: &'a [Argument<'a>; M],
    ) -> Arguments<'a> {
        Arguments {
            text: None,
            template: template as *const [u8; N] as *const u8,
            arguments: args as *const [Argument<'a>; M] as *const Argument<'a>,
        }
    }

    #[inline]
    pub const fn from_str(text: &'static str) -> Arguments<'a> {
        Arguments { text: Some(text), template: crate::ptr::null(), arguments: crate::ptr::null() }
    }

    #[inline]
    pub const fn from_str_nonconst(text: &'static str) -> Arguments<'a> {
        Arguments::from_str(text)
    }

    #[inline]
    pub const fn as_str(&self) -> Option<&'static str> {
        match self.text {
            Some(text) => unsafe { Some(&*(text as *const str)) },
            None => None,
        }
    }
}

impl Debug for Arguments<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write_all(f, *self)
    }
}

impl Display for Arguments<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write_all(f, *self)
    }
}

/// The template as it is read.
struct Template {
    at: *const u8,
}

impl Template {
    fn byte(&mut self) -> u8 {
        unsafe {
            let byte = *self.at;
            self.at = self.at.add(1);
            byte
        }
    }

    fn short(&mut self) -> u16 {
        let low = self.byte() as u16;
        low | (self.byte() as u16) << 8
    }

    fn word(&mut self) -> u32 {
        let low = self.short() as u32;
        low | (self.short() as u32) << 16
    }

    fn text<'a>(&mut self, length: usize) -> &'a str {
        unsafe {
            let text = crate::str::from_utf8_unchecked(crate::slice::from_raw_parts(self.at, length));
            self.at = self.at.add(length);
            text
        }
    }

    /// A number, or the argument that is one.
    fn count(&mut self, is_argument: bool, arguments: *const Argument<'_>) -> u16 {
        let number = self.short();
        if is_argument {
            let value = unsafe { *((*arguments.add(number as usize)).value as *const usize) };
            if value > 0xffff {
                crate::panicking::panic("Formatting argument out of range")
            }
            value as u16
        } else {
            number
        }
    }
}

pub(super) fn write_all(f: &mut Formatter<'_>, args: Arguments<'_>) -> Result {
    if let Some(text) = args.text {
        return f.write_str(text);
    }
    let mut template = Template { at: args.template };
    let mut next = 0;
    loop {
        let byte = template.byte();
        if byte == 0 {
            return Ok(());
        }
        if byte <= 0x80 {
            let length = if byte == 0x80 { template.short() as usize } else { byte as usize };
            f.write_str(template.text(length))?;
            continue;
        }
        let mut inner = f.with_default_options();
        if byte & 1 != 0 {
            inner.set_flags(template.word());
        }
        if byte & 2 != 0 {
            inner.set_width(template.count(byte & 16 != 0, args.arguments));
        }
        if byte & 4 != 0 {
            inner.set_precision(template.count(byte & 32 != 0, args.arguments));
        }
        if byte & 8 != 0 {
            next = template.short() as usize;
        }
        unsafe {
            let argument = &*args.arguments.add(next);
            (argument.write)(argument.value, &mut inner)?;
        }
        next += 1;
    }
}
