//! Methods of `char`.

use crate::iter::FusedIterator;

impl char {
    #[inline]
    pub fn decode_utf16<I: IntoIterator<Item = u16>>(iter: I) -> super::DecodeUtf16<I::IntoIter> {
        super::decode_utf16(iter)
    }

    pub const MIN: char = '\0';
    pub const MAX: char = '\u{10FFFF}';
    pub const MAX_LEN_UTF8: usize = 4;
    pub const MAX_LEN_UTF16: usize = 2;
    pub const REPLACEMENT_CHARACTER: char = '\u{FFFD}';

    #[inline]
    pub const fn from_u32(i: u32) -> Option<char> {
        super::from_u32(i)
    }

    #[inline(always)]
    pub const unsafe fn from_u32_unchecked(i: u32) -> char {
        unsafe { super::from_u32_unchecked(i) }
    }

    #[inline]
    #[track_caller]
    pub const fn from_digit(num: u32, radix: u32) -> Option<char> {
        super::from_digit(num, radix)
    }

    #[inline]
    #[track_caller]
    pub const fn is_digit(self, radix: u32) -> bool {
        self.to_digit(radix).is_some()
    }

    #[inline]
    #[track_caller]
    pub const fn to_digit(self, radix: u32) -> Option<u32> {
        if radix < 2 || radix > 36 {
            crate::panicking::panic("to_digit: invalid radix -- radix must be in the range 2 to 36 inclusive")
        }
        let c = self as u32;
        let digit = if c >= 48 && c <= 57 {
            c - 48
        } else if c >= 97 && c <= 122 {
            c - 87
        } else if c >= 65 && c <= 90 {
            c - 55
        } else {
            return None;
        };
        if digit < radix { Some(digit) } else { None }
    }

    #[inline]
    pub const fn len_utf8(self) -> usize {
        let code = self as u32;
        if code < 0x80 {
            1
        } else if code < 0x800 {
            2
        } else if code < 0x10000 {
            3
        } else {
            4
        }
    }

    #[inline]
    pub const fn len_utf16(self) -> usize {
        if self as u32 & 0xFFFF == self as u32 { 1 } else { 2 }
    }

    #[inline]
    #[track_caller]
    pub const fn encode_utf8(self, dst: &mut [u8]) -> &mut str {
        let code = self as u32;
        let len = self.len_utf8();
        if dst.len() < len {
            encode_failed(code, len, dst.len())
        }
        if len == 1 {
            dst[0] = code as u8;
        } else if len == 2 {
            dst[0] = (code >> 6) as u8 | 0xC0;
            dst[1] = (code & 0x3F) as u8 | 0x80;
        } else if len == 3 {
            dst[0] = (code >> 12) as u8 | 0xE0;
            dst[1] = (code >> 6 & 0x3F) as u8 | 0x80;
            dst[2] = (code & 0x3F) as u8 | 0x80;
        } else {
            dst[0] = (code >> 18) as u8 | 0xF0;
            dst[1] = (code >> 12 & 0x3F) as u8 | 0x80;
            dst[2] = (code >> 6 & 0x3F) as u8 | 0x80;
            dst[3] = (code & 0x3F) as u8 | 0x80;
        }
        unsafe { crate::str::from_utf8_unchecked_mut(crate::slice::from_raw_parts_mut(dst.as_mut_ptr(), len)) }
    }

    #[inline]
    pub const fn is_whitespace(self) -> bool {
        matches!(
            self as u32,
            0x20 | 0x09..=0x0D | 0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000
        )
    }

    #[inline]
    pub const fn is_control(self) -> bool {
        let c = self as u32;
        c < 0x20 || (c >= 0x7F && c < 0xA0)
    }

    #[inline]
    pub const fn is_ascii(&self) -> bool {
        (*self as u32) < 128
    }

    #[inline]
    pub const fn to_ascii_uppercase(&self) -> char {
        if self.is_ascii_lowercase() { (*self as u8 ^ 0x20) as char } else { *self }
    }

    #[inline]
    pub const fn to_ascii_lowercase(&self) -> char {
        if self.is_ascii_uppercase() { (*self as u8 ^ 0x20) as char } else { *self }
    }

    #[inline]
    pub const fn eq_ignore_ascii_case(&self, other: &char) -> bool {
        self.to_ascii_lowercase() as u32 == other.to_ascii_lowercase() as u32
    }

    #[inline]
    pub const fn make_ascii_uppercase(&mut self) {
        *self = self.to_ascii_uppercase();
    }

    #[inline]
    pub const fn make_ascii_lowercase(&mut self) {
        *self = self.to_ascii_lowercase();
    }

    #[inline]
    pub fn escape_unicode(self) -> EscapeUnicode {
        let mut escape = EscapeUnicode(Escape::new());
        escape.0.unicode(self);
        escape
    }

    #[inline]
    pub fn escape_default(self) -> EscapeDefault {
        let mut escape = EscapeDefault(Escape::new());
        escape.0.default(self);
        escape
    }

    #[inline]
    pub fn escape_debug(self) -> EscapeDebug {
        let mut escape = EscapeDebug(Escape::new());
        escape.0.debug(self, self.is_written());
        escape
    }

    /// As it stands in the middle of a text: there a mark may be a part of the letter before it.
    pub(crate) fn escape_debug_behind(self) -> EscapeDebug {
        let mut escape = EscapeDebug(Escape::new());
        escape.0.debug(self, self.is_written_behind());
        escape
    }

    #[inline]
    #[track_caller]
    pub const fn encode_utf16(self, dst: &mut [u16]) -> &mut [u16] {
        let code = self as u32;
        let len = self.len_utf16();
        if dst.len() < len {
            encode_utf16_failed(code, len, dst.len())
        }
        if len == 1 {
            dst[0] = code as u16;
        } else {
            dst[0] = 0xD800 | ((code - 0x1_0000) >> 10) as u16;
            dst[1] = 0xDC00 | ((code - 0x1_0000) & 0x3FF) as u16;
        }
        unsafe { crate::slice::from_raw_parts_mut(dst.as_mut_ptr(), len) }
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn encode_failed(code: u32, len: usize, dst_len: usize) -> ! {
    crate::panicking::panic_fmt(crate::format_args!(
        "encode_utf8: need {len} bytes to encode U+{code:04X} but buffer has just {dst_len}"
    ))
}

#[cold]
#[inline(never)]
#[track_caller]
fn encode_utf16_failed(code: u32, len: usize, dst_len: usize) -> ! {
    crate::panicking::panic_fmt(crate::format_args!(
        "encode_utf16: need {len} bytes to encode U+{code:04X} but buffer has just {dst_len}"
    ))
}

macro_rules! ascii_classes {
    ($($method:ident: $($pattern:pat_param)|+;)*) => {
        impl char {
            $(
                #[inline]
                pub const fn $method(&self) -> bool {
                    matches!(*self as u32, $($pattern)|+)
                }
            )*
        }

        impl u8 {
            $(
                #[inline]
                pub const fn $method(&self) -> bool {
                    matches!(*self as u32, $($pattern)|+)
                }
            )*
        }
    };
}
ascii_classes! {
    is_ascii_alphabetic: 0x41..=0x5A | 0x61..=0x7A;
    is_ascii_uppercase: 0x41..=0x5A;
    is_ascii_lowercase: 0x61..=0x7A;
    is_ascii_alphanumeric: 0x30..=0x39 | 0x41..=0x5A | 0x61..=0x7A;
    is_ascii_digit: 0x30..=0x39;
    is_ascii_hexdigit: 0x30..=0x39 | 0x41..=0x46 | 0x61..=0x66;
    is_ascii_punctuation: 0x21..=0x2F | 0x3A..=0x40 | 0x5B..=0x60 | 0x7B..=0x7E;
    is_ascii_graphic: 0x21..=0x7E;
    is_ascii_whitespace: 0x20 | 0x09 | 0x0A | 0x0C | 0x0D;
    is_ascii_control: 0x00..=0x1F | 0x7F;
}

impl u8 {
    #[inline]
    pub const fn is_ascii(&self) -> bool {
        *self < 128
    }

    #[inline]
    pub const fn to_ascii_uppercase(&self) -> u8 {
        if self.is_ascii_lowercase() { *self ^ 0x20 } else { *self }
    }

    #[inline]
    pub const fn to_ascii_lowercase(&self) -> u8 {
        if self.is_ascii_uppercase() { *self ^ 0x20 } else { *self }
    }

    #[inline]
    pub const fn eq_ignore_ascii_case(&self, other: &u8) -> bool {
        self.to_ascii_lowercase() == other.to_ascii_lowercase()
    }

    #[inline]
    pub const fn make_ascii_uppercase(&mut self) {
        *self = self.to_ascii_uppercase();
    }

    #[inline]
    pub const fn make_ascii_lowercase(&mut self) {
        *self = self.to_ascii_lowercase();
    }
}

/// Up to ten characters: `\u{10ffff}`.
#[derive(Clone)]
struct Escape {
    characters: [char; 10],
    at: usize,
    end: usize,
}

impl Escape {
    fn new() -> Escape {
        Escape { characters: ['\0'; 10], at: 0, end: 0 }
    }

    fn push(&mut self, c: char) {
        self.characters[self.end] = c;
        self.end += 1;
    }

    fn unicode(&mut self, c: char) {
        self.push('\\');
        self.push('u');
        self.push('{');
        let mut digits = 1;
        while digits < 6 && c as u32 >> (4 * digits) != 0 {
            digits += 1;
        }
        while digits > 0 {
            digits -= 1;
            let digit = (c as u32 >> (4 * digits)) as u8 & 15;
            self.push((if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }) as char);
        }
        self.push('}');
    }

    fn default(&mut self, c: char) {
        let letter = match c {
            '\t' => 't',
            '\r' => 'r',
            '\n' => 'n',
            '\\' | '\'' | '"' => c,
            '\x20'..='\x7e' => return self.push(c),
            _ => return self.unicode(c),
        };
        self.push('\\');
        self.push(letter);
    }

    fn debug(&mut self, c: char, is_written: bool) {
        let letter = match c {
            '\0' => '0',
            '\t' => 't',
            '\r' => 'r',
            '\n' => 'n',
            '\\' | '\'' | '"' => c,
            _ if is_written => return self.push(c),
            _ => return self.unicode(c),
        };
        self.push('\\');
        self.push(letter);
    }
}

macro_rules! escapes {
    ($($name:ident)*) => {
        $(
            #[derive(Clone)]
            pub struct $name(Escape);

            impl Iterator for $name {
                type Item = char;
                fn next(&mut self) -> Option<char> {
                    if self.0.at == self.0.end {
                        return None;
                    }
                    self.0.at += 1;
                    Some(self.0.characters[self.0.at - 1])
                }
                fn size_hint(&self) -> (usize, Option<usize>) {
                    (self.0.end - self.0.at, Some(self.0.end - self.0.at))
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
        )*
    };
}
escapes! { EscapeDebug EscapeDefault EscapeUnicode }
