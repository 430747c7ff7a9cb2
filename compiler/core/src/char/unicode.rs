//! What Unicode says of characters: the process's own std has the tables.

use crate::iter::FusedIterator;

unsafe extern "C" {
    /// Alphabetic (0), numeric (1), lowercase (2), uppercase (3); written as it is by `{:?}` (4), and behind a letter (5).
    fn segue_jit_char_is(c: u32, what: u32) -> bool;
}

macro_rules! classes {
    ($($method:ident $ascii:ident $what:literal;)*) => {
        impl char {
            $(
                #[inline]
                pub fn $method(self) -> bool {
                    if self.is_ascii() { self.$ascii() } else { unsafe { segue_jit_char_is(self as u32, $what) } }
                }
            )*

            #[inline]
            pub fn is_alphanumeric(self) -> bool {
                self.is_alphabetic() || self.is_numeric()
            }

            #[inline]
            pub(crate) fn is_written(self) -> bool {
                if self.is_ascii() { !self.is_control() } else { unsafe { segue_jit_char_is(self as u32, 4) } }
            }

            #[inline]
            pub(crate) fn is_written_behind(self) -> bool {
                if self.is_ascii() { !self.is_control() } else { unsafe { segue_jit_char_is(self as u32, 5) } }
            }
        }
    };
}
classes! {
    is_alphabetic is_ascii_alphabetic 0;
    is_numeric is_ascii_digit 1;
    is_lowercase is_ascii_lowercase 2;
    is_uppercase is_ascii_uppercase 3;
}

unsafe extern "C" {
    /// A character in the other case, as std has it: up to three, and how many.
    fn segue_jit_char_in_case(c: u32, upper: bool, to: *mut u32) -> usize;
}

macro_rules! in_case {
    ($($name:ident $method:ident $upper:expr;)*) => {
        $(
            /// A character in the other case, which may be several.
            #[derive(Clone)]
            pub struct $name {
                all: [u32; 3],
                at: usize,
                end: usize,
            }

            impl Iterator for $name {
                type Item = char;
                fn next(&mut self) -> Option<char> {
                    if self.at == self.end {
                        return None;
                    }
                    let c = self.all[self.at];
                    self.at += 1;
                    unsafe { Some(char::from_u32_unchecked(c)) }
                }
                fn size_hint(&self) -> (usize, Option<usize>) {
                    (self.end - self.at, Some(self.end - self.at))
                }
            }

            impl DoubleEndedIterator for $name {
                fn next_back(&mut self) -> Option<char> {
                    if self.at == self.end {
                        return None;
                    }
                    self.end -= 1;
                    unsafe { Some(char::from_u32_unchecked(self.all[self.end])) }
                }
            }

            impl ExactSizeIterator for $name {}
            impl FusedIterator for $name {}

            impl crate::fmt::Display for $name {
                fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
                    for c in self.clone() {
                        crate::fmt::Write::write_char(f, c)?;
                    }
                    Ok(())
                }
            }

            impl char {
                pub fn $method(self) -> $name {
                    let mut all = [0; 3];
                    let end = unsafe { segue_jit_char_in_case(self as u32, $upper, &raw mut all as *mut u32) };
                    $name { all, at: 0, end }
                }
            }
        )*
    };
}
in_case! {
    ToUppercase to_uppercase true;
    ToLowercase to_lowercase false;
}
