//! Methods of texts.

use super::pattern::Pattern;
use super::{Bytes, CharIndices, Chars, FromStr};
use crate::iter::FusedIterator;
use crate::slice::SliceIndex;

impl str {
    #[inline(always)]
    pub const fn len(&self) -> usize {
        self.as_bytes().len()
    }

    #[inline(always)]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline(always)]
    pub const fn as_bytes(&self) -> &[u8] {
        unsafe { crate::intrinsics::transmute(self) }
    }

    #[inline(always)]
    pub const unsafe fn as_bytes_mut(&mut self) -> &mut [u8] {
        unsafe { &mut *(self as *mut str as *mut [u8]) }
    }

    #[inline(always)]
    pub const fn as_ptr(&self) -> *const u8 {
        self as *const str as *const u8
    }

    #[inline]
    pub const fn is_char_boundary(&self, index: usize) -> bool {
        let bytes = self.as_bytes();
        if index >= bytes.len() { index == bytes.len() } else { bytes[index] & 0xC0 != 0x80 }
    }

    #[inline]
    pub fn chars(&self) -> Chars<'_> {
        Chars { iter: self.as_bytes().iter() }
    }

    #[inline]
    pub fn char_indices(&self) -> CharIndices<'_> {
        CharIndices { front_offset: 0, iter: self.chars() }
    }

    #[inline]
    pub fn bytes(&self) -> Bytes<'_> {
        Bytes(self.as_bytes().iter().copied())
    }

    #[inline]
    pub fn get<I: SliceIndex<str>>(&self, i: I) -> Option<&I::Output> {
        i.get(self)
    }

    #[inline]
    pub unsafe fn get_unchecked<I: SliceIndex<str>>(&self, i: I) -> &I::Output {
        unsafe { &*i.get_unchecked(self) }
    }

    #[inline]
    #[track_caller]
    pub fn split_at(&self, mid: usize) -> (&str, &str) {
        match self.split_at_checked(mid) {
            Some(pair) => pair,
            None => super::index::slice_failed(self, 0, mid),
        }
    }

    #[inline]
    pub fn split_at_checked(&self, mid: usize) -> Option<(&str, &str)> {
        if self.is_char_boundary(mid) {
            unsafe { Some((self.get_unchecked(..mid), self.get_unchecked(mid..))) }
        } else {
            None
        }
    }

    #[inline]
    pub fn parse<F: FromStr>(&self) -> Result<F, F::Err> {
        FromStr::from_str(self)
    }

    #[inline]
    pub fn contains<P: Pattern>(&self, mut pat: P) -> bool {
        pat.find_in(self, 0).is_some()
    }

    #[inline]
    pub fn find<P: Pattern>(&self, mut pat: P) -> Option<usize> {
        match pat.find_in(self, 0) {
            Some((at, _)) => Some(at),
            None => None,
        }
    }

    #[inline]
    pub fn starts_with<P: Pattern>(&self, pat: P) -> bool {
        self.strip_prefix(pat).is_some()
    }

    #[inline]
    pub fn strip_prefix<P: Pattern>(&self, mut prefix: P) -> Option<&str> {
        match prefix.prefix_of(self) {
            Some(length) => unsafe { Some(self.get_unchecked(length..)) },
            None => None,
        }
    }

    #[inline]
    pub fn ends_with<P: Pattern>(&self, pat: P) -> bool {
        self.strip_suffix(pat).is_some()
    }

    #[inline]
    pub fn strip_suffix<P: Pattern>(&self, mut suffix: P) -> Option<&str> {
        match suffix.suffix_of(self) {
            Some(length) => unsafe { Some(self.get_unchecked(..self.len() - length)) },
            None => None,
        }
    }

    #[inline]
    pub fn rfind<P: Pattern>(&self, mut pat: P) -> Option<usize> {
        match pat.find_back(self, self.len()) {
            Some((at, _)) => Some(at),
            None => None,
        }
    }

    #[inline]
    pub fn rsplit_once<P: Pattern>(&self, mut delimiter: P) -> Option<(&str, &str)> {
        let (at, length) = delimiter.find_back(self, self.len())?;
        unsafe { Some((self.get_unchecked(..at), self.get_unchecked(at + length..))) }
    }

    #[inline]
    pub fn rsplit<P: Pattern>(&self, pat: P) -> RSplit<'_, P> {
        RSplit { text: self, to: self.len(), search: Some(self.len()), pattern: pat, ended: false }
    }

    #[inline]
    pub fn splitn<P: Pattern>(&self, n: usize, pat: P) -> SplitN<'_, P> {
        SplitN { iter: self.split(pat), count: n }
    }

    #[inline]
    pub fn split_once<P: Pattern>(&self, mut delimiter: P) -> Option<(&str, &str)> {
        let (at, length) = delimiter.find_in(self, 0)?;
        unsafe { Some((self.get_unchecked(..at), self.get_unchecked(at + length..))) }
    }

    #[inline]
    pub fn split<P: Pattern>(&self, pat: P) -> Split<'_, P> {
        Split { text: self, from: 0, search: 0, pattern: pat, ended: false }
    }

    #[inline]
    pub fn split_whitespace(&self) -> SplitWhitespace<'_> {
        SplitWhitespace { rest: self }
    }

    #[inline]
    pub fn lines(&self) -> Lines<'_> {
        Lines { rest: self }
    }

    #[inline]
    pub fn trim(&self) -> &str {
        self.trim_start().trim_end()
    }

    #[inline]
    pub fn trim_start(&self) -> &str {
        let mut chars = self.chars();
        loop {
            let rest = chars.as_str();
            match chars.next() {
                Some(c) if c.is_whitespace() => {}
                _ => return rest,
            }
        }
    }

    #[inline]
    pub fn trim_end(&self) -> &str {
        let mut chars = self.chars();
        loop {
            let rest = chars.as_str();
            match chars.next_back() {
                Some(c) if c.is_whitespace() => {}
                _ => return rest,
            }
        }
    }

    #[inline]
    pub const fn is_ascii(&self) -> bool {
        self.as_bytes().is_ascii()
    }

    #[inline]
    pub const fn eq_ignore_ascii_case(&self, other: &str) -> bool {
        self.as_bytes().eq_ignore_ascii_case(other.as_bytes())
    }

    #[inline]
    pub const fn make_ascii_uppercase(&mut self) {
        unsafe { self.as_bytes_mut() }.make_ascii_uppercase()
    }

    #[inline]
    pub const fn make_ascii_lowercase(&mut self) {
        unsafe { self.as_bytes_mut() }.make_ascii_lowercase()
    }
}

/// Where the character ends that begins there; beyond the text where none does.
fn after_char(text: &str, at: usize) -> usize {
    match unsafe { text.get_unchecked(at..) }.chars().next() {
        Some(c) => at + c.len_utf8(),
        None => at + 1,
    }
}

/// Where the character begins that ends there.
fn before_char(text: &str, at: usize) -> Option<usize> {
    match unsafe { text.get_unchecked(..at) }.chars().next_back() {
        Some(c) => Some(at - c.len_utf8()),
        None => None,
    }
}

pub struct Split<'a, P> {
    text: &'a str,
    from: usize,
    /// Where the next match is looked for: after an empty one, a character later.
    search: usize,
    pattern: P,
    ended: bool,
}

impl<'a, P: Pattern> Iterator for Split<'a, P> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.ended {
            return None;
        }
        let from = self.from;
        let found = if self.search > self.text.len() { None } else { self.pattern.find_in(self.text, self.search) };
        match found {
            Some((at, length)) => {
                self.from = at + length;
                self.search = if length == 0 { after_char(self.text, at) } else { at + length };
                unsafe { Some(self.text.get_unchecked(from..at)) }
            }
            None => {
                self.ended = true;
                unsafe { Some(self.text.get_unchecked(from..)) }
            }
        }
    }
}

pub struct SplitN<'a, P> {
    iter: Split<'a, P>,
    count: usize,
}

impl<'a, P: Pattern> Iterator for SplitN<'a, P> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.count == 0 || self.iter.ended {
            return None;
        }
        self.count -= 1;
        if self.count > 0 {
            return self.iter.next();
        }
        self.iter.ended = true;
        unsafe { Some(self.iter.text.get_unchecked(self.iter.from..)) }
    }
}

pub struct RSplit<'a, P> {
    text: &'a str,
    to: usize,
    /// Where the next match may end: before an empty one, a character earlier.
    search: Option<usize>,
    pattern: P,
    ended: bool,
}

impl<'a, P: Pattern> Iterator for RSplit<'a, P> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.ended {
            return None;
        }
        let to = self.to;
        let found = match self.search {
            Some(search) => self.pattern.find_back(self.text, search),
            None => None,
        };
        match found {
            Some((at, length)) => {
                self.to = at;
                self.search = if length == 0 { before_char(self.text, at) } else { Some(at) };
                unsafe { Some(self.text.get_unchecked(at + length..to)) }
            }
            None => {
                self.ended = true;
                unsafe { Some(self.text.get_unchecked(..to)) }
            }
        }
    }
}

#[derive(Clone)]
pub struct SplitWhitespace<'a> {
    rest: &'a str,
}

impl<'a> Iterator for SplitWhitespace<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest.trim_start();
        if text.is_empty() {
            self.rest = text;
            return None;
        }
        let end = match text.find(|c: char| c.is_whitespace()) {
            Some(end) => end,
            None => text.len(),
        };
        unsafe {
            self.rest = text.get_unchecked(end..);
            Some(text.get_unchecked(..end))
        }
    }
}

impl FusedIterator for SplitWhitespace<'_> {}

#[derive(Clone)]
pub struct Lines<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = match self.rest.split_once('\n') {
            Some((line, rest)) => {
                // A carriage return belongs to the end of the line, not to the line.
                let bytes = line.as_bytes();
                let length = if bytes.len() > 0 && bytes[bytes.len() - 1] == b'\r' {
                    bytes.len() - 1
                } else {
                    bytes.len()
                };
                (unsafe { line.get_unchecked(..length) }, rest)
            }
            None => (self.rest, ""),
        };
        self.rest = rest;
        Some(line)
    }
}

impl FusedIterator for Lines<'_> {}
