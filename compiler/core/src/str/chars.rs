//! A text's characters and bytes, one after the other.

use crate::iter::{Copied, FusedIterator};
use crate::slice;

#[derive(Clone)]
pub struct Chars<'a> {
    pub(super) iter: slice::Iter<'a, u8>,
}

impl<'a> Chars<'a> {
    #[inline]
    pub fn as_str(&self) -> &'a str {
        unsafe { super::from_utf8_unchecked(self.iter.as_slice()) }
    }

    /// The six bits of the next byte. The text is valid, so there is one.
    #[inline]
    fn more(&mut self) -> u32 {
        match self.iter.next() {
            Some(byte) => *byte as u32 & 0x3F,
            None => 0,
        }
    }

    #[inline]
    fn more_back(&mut self) -> u32 {
        match self.iter.next_back() {
            Some(byte) => *byte as u32,
            None => 0,
        }
    }
}

impl<'a> Iterator for Chars<'a> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        let first = match self.iter.next() {
            Some(byte) => *byte as u32,
            None => return None,
        };
        if first < 0x80 {
            return Some(first as u8 as char);
        }
        let second = self.more();
        let code = if first < 0xE0 {
            (first & 0x1F) << 6 | second
        } else if first < 0xF0 {
            (first & 0x0F) << 12 | second << 6 | self.more()
        } else {
            let third = self.more();
            (first & 0x07) << 18 | second << 12 | third << 6 | self.more()
        };
        unsafe { Some(char::from_u32_unchecked(code)) }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let bytes = self.iter.len();
        ((bytes + 3) / 4, Some(bytes))
    }

    #[inline]
    fn count(self) -> usize {
        let mut count = 0;
        for byte in self.iter {
            if *byte & 0xC0 != 0x80 {
                count += 1;
            }
        }
        count
    }

    #[inline]
    fn last(mut self) -> Option<char> {
        self.next_back()
    }
}

impl<'a> DoubleEndedIterator for Chars<'a> {
    #[inline]
    fn next_back(&mut self) -> Option<char> {
        let last = match self.iter.next_back() {
            Some(byte) => *byte as u32,
            None => return None,
        };
        if last < 0x80 {
            return Some(last as u8 as char);
        }
        let mut code = last & 0x3F;
        let mut shift = 6;
        loop {
            let byte = self.more_back();
            if byte & 0xC0 != 0x80 {
                let bits = if shift == 6 {
                    byte & 0x1F
                } else if shift == 12 {
                    byte & 0x0F
                } else {
                    byte & 0x07
                };
                return unsafe { Some(char::from_u32_unchecked(code | bits << shift)) };
            }
            code |= (byte & 0x3F) << shift;
            shift += 6;
        }
    }
}

impl FusedIterator for Chars<'_> {}

#[derive(Clone)]
pub struct CharIndices<'a> {
    pub(super) front_offset: usize,
    pub(super) iter: Chars<'a>,
}

impl<'a> CharIndices<'a> {
    #[inline]
    pub fn as_str(&self) -> &'a str {
        self.iter.as_str()
    }

    #[inline]
    pub fn offset(&self) -> usize {
        self.front_offset
    }
}

impl<'a> Iterator for CharIndices<'a> {
    type Item = (usize, char);

    #[inline]
    fn next(&mut self) -> Option<(usize, char)> {
        let before = self.iter.iter.len();
        match self.iter.next() {
            None => None,
            Some(c) => {
                let at = self.front_offset;
                self.front_offset += before - self.iter.iter.len();
                Some((at, c))
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}

impl<'a> DoubleEndedIterator for CharIndices<'a> {
    #[inline]
    fn next_back(&mut self) -> Option<(usize, char)> {
        match self.iter.next_back() {
            None => None,
            Some(c) => Some((self.front_offset + self.iter.iter.len(), c)),
        }
    }
}

impl FusedIterator for CharIndices<'_> {}

#[derive(Clone, Debug)]
pub struct Bytes<'a>(pub(super) Copied<slice::Iter<'a, u8>>);

impl Iterator for Bytes<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        self.0.next()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Bytes<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<u8> {
        self.0.next_back()
    }
}

impl ExactSizeIterator for Bytes<'_> {}
impl FusedIterator for Bytes<'_> {}
