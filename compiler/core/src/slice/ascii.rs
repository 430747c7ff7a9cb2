//! Bytes as text.

use super::Iter;
use crate::ascii;
use crate::fmt;
use crate::vec::Vec;

impl [u8] {
    #[inline]
    pub const fn is_ascii(&self) -> bool {
        let mut at = 0;
        while at < self.len() {
            if self[at] >= 128 {
                return false;
            }
            at += 1;
        }
        true
    }

    #[inline]
    pub const fn eq_ignore_ascii_case(&self, other: &[u8]) -> bool {
        if self.len() != other.len() {
            return false;
        }
        let mut at = 0;
        while at < self.len() {
            if !self[at].eq_ignore_ascii_case(&other[at]) {
                return false;
            }
            at += 1;
        }
        true
    }

    #[inline]
    pub const fn make_ascii_uppercase(&mut self) {
        let mut at = 0;
        while at < self.len() {
            self[at].make_ascii_uppercase();
            at += 1;
        }
    }

    #[inline]
    pub const fn make_ascii_lowercase(&mut self) {
        let mut at = 0;
        while at < self.len() {
            self[at].make_ascii_lowercase();
            at += 1;
        }
    }

    pub const fn trim_ascii_start(&self) -> &[u8] {
        let mut bytes = self;
        while let [first, rest @ ..] = bytes {
            if !first.is_ascii_whitespace() {
                return bytes;
            }
            bytes = rest;
        }
        bytes
    }

    pub const fn trim_ascii_end(&self) -> &[u8] {
        let mut bytes = self;
        while let [rest @ .., last] = bytes {
            if !last.is_ascii_whitespace() {
                return bytes;
            }
            bytes = rest;
        }
        bytes
    }

    pub const fn trim_ascii(&self) -> &[u8] {
        self.trim_ascii_start().trim_ascii_end()
    }

    pub fn to_ascii_uppercase(&self) -> Vec<u8> {
        let mut bytes = self.to_vec();
        bytes.make_ascii_uppercase();
        bytes
    }

    pub fn to_ascii_lowercase(&self) -> Vec<u8> {
        let mut bytes = self.to_vec();
        bytes.make_ascii_lowercase();
        bytes
    }

    pub fn escape_ascii(&self) -> EscapeAscii<'_> {
        EscapeAscii { rest: self.iter(), now: None }
    }

    pub fn utf8_chunks(&self) -> Utf8Chunks<'_> {
        Utf8Chunks { rest: self }
    }
}

/// Bytes as a literal has them.
#[derive(Clone)]
pub struct EscapeAscii<'a> {
    rest: Iter<'a, u8>,
    now: Option<ascii::EscapeDefault>,
}

impl Iterator for EscapeAscii<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        loop {
            if let Some(now) = &mut self.now {
                if let Some(byte) = now.next() {
                    return Some(byte);
                }
            }
            self.now = Some(ascii::escape_default(*self.rest.next()?));
        }
    }
}

impl fmt::Display for EscapeAscii<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.clone() {
            fmt::Write::write_char(f, byte as char)?;
        }
        Ok(())
    }
}

/// Bytes that are text, and then some that are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utf8Chunk<'a> {
    valid: &'a str,
    invalid: &'a [u8],
}

impl<'a> Utf8Chunk<'a> {
    pub fn valid(&self) -> &'a str {
        self.valid
    }

    pub fn invalid(&self) -> &'a [u8] {
        self.invalid
    }
}

#[derive(Clone)]
pub struct Utf8Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Utf8Chunks<'a> {
    type Item = Utf8Chunk<'a>;

    fn next(&mut self) -> Option<Utf8Chunk<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (valid, invalid) = match crate::str::from_utf8(self.rest) {
            Ok(text) => (text.len(), 0),
            Err(error) => {
                let valid = error.valid_up_to();
                (valid, error.error_len().unwrap_or(self.rest.len() - valid))
            }
        };
        let (chunk, rest) = self.rest.split_at(valid + invalid);
        self.rest = rest;
        let (valid, invalid) = chunk.split_at(valid);
        Some(Utf8Chunk { valid: unsafe { crate::str::from_utf8_unchecked(valid) }, invalid })
    }
}
