//! Texts with their characters written in another way.

use super::Chars;
use crate::char;
use crate::fmt::{self, Write};
use crate::iter::FusedIterator;

macro_rules! escapes {
    ($($name:ident $method:ident $then:ident;)*) => {
        $(
            #[derive(Clone)]
            pub struct $name<'a> {
                rest: Chars<'a>,
                now: Option<char::$name>,
                is_first: bool,
            }

            impl Iterator for $name<'_> {
                type Item = char;

                fn next(&mut self) -> Option<char> {
                    loop {
                        if let Some(now) = &mut self.now {
                            if let Some(c) = now.next() {
                                return Some(c);
                            }
                        }
                        let c = self.rest.next()?;
                        self.now = Some(if self.is_first { c.$method() } else { c.$then() });
                        self.is_first = false;
                    }
                }
            }

            impl FusedIterator for $name<'_> {}

            impl fmt::Display for $name<'_> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    for c in self.clone() {
                        f.write_char(c)?;
                    }
                    Ok(())
                }
            }

            impl str {
                pub fn $method(&self) -> $name<'_> {
                    $name { rest: self.chars(), now: None, is_first: true }
                }
            }
        )*
    };
}
escapes! {
    EscapeDebug escape_debug escape_debug_behind;
    EscapeDefault escape_default escape_default;
    EscapeUnicode escape_unicode escape_unicode;
}

/// Units of 16 bits.
#[derive(Clone)]
pub struct EncodeUtf16<'a> {
    chars: Chars<'a>,
    second: Option<u16>,
}

impl Iterator for EncodeUtf16<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        if let Some(second) = self.second.take() {
            return Some(second);
        }
        let mut units = [0; 2];
        let length = self.chars.next()?.encode_utf16(&mut units).len();
        if length == 2 {
            self.second = Some(units[1]);
        }
        Some(units[0])
    }
}

impl FusedIterator for EncodeUtf16<'_> {}

impl str {
    pub fn encode_utf16(&self) -> EncodeUtf16<'_> {
        EncodeUtf16 { chars: self.chars(), second: None }
    }
}
