//! Text that grows.

mod text;
mod traits;

use crate::borrow::Cow;
use crate::boxed::Box;
use crate::fmt;
use crate::ops::{Bound, RangeBounds};
use crate::str::Utf8Error;
use crate::vec::{TryReserveError, Vec};

pub struct String {
    bytes: Vec<u8>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct FromUtf8Error {
    bytes: Vec<u8>,
    error: Utf8Error,
}

impl FromUtf8Error {
    pub fn utf8_error(&self) -> Utf8Error {
        self.error
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for FromUtf8Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromUtf8Error").field("bytes", &self.bytes).field("error", &self.error).finish()
    }
}

impl fmt::Display for FromUtf8Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}

impl crate::error::Error for FromUtf8Error {}

#[derive(Debug)]
pub struct FromUtf16Error(());

impl fmt::Display for FromUtf16Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("invalid utf-16: lone surrogate found")
    }
}

impl crate::error::Error for FromUtf16Error {}

pub trait ToString {
    fn to_string(&self) -> String;
}

impl<T: fmt::Display + ?Sized> ToString for T {
    fn to_string(&self) -> String {
        let mut text = String::new();
        let mut to = &mut text;
        let done = fmt::Display::fmt(self, &mut fmt::Formatter::into(&mut to));
        if done.is_err() {
            crate::panicking::panic(
                "a Display implementation returned an error unexpectedly: Error",
            )
        }
        text
    }
}

impl String {
    #[inline]
    pub const fn new() -> String {
        String { bytes: Vec::new() }
    }

    #[inline]
    pub fn with_capacity(capacity: usize) -> String {
        String { bytes: Vec::with_capacity(capacity) }
    }

    pub fn from_utf8(vec: Vec<u8>) -> Result<String, FromUtf8Error> {
        match crate::str::from_utf8(&vec) {
            Ok(_) => Ok(String { bytes: vec }),
            Err(error) => Err(FromUtf8Error { bytes: vec, error }),
        }
    }

    /// With the sign of replacement where there is no text.
    pub fn from_utf8_lossy(v: &[u8]) -> Cow<'_, str> {
        if let Ok(text) = crate::str::from_utf8(v) {
            return Cow::Borrowed(text);
        }
        let mut text = String::with_capacity(v.len());
        for chunk in v.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        Cow::Owned(text)
    }

    pub fn from_utf16(v: &[u16]) -> Result<String, FromUtf16Error> {
        let mut text = String::with_capacity(v.len());
        for c in char::decode_utf16(v.iter().copied()) {
            match c {
                Ok(c) => text.push(c),
                Err(_) => return Err(FromUtf16Error(())),
            }
        }
        Ok(text)
    }

    pub fn from_utf16_lossy(v: &[u16]) -> String {
        let mut text = String::with_capacity(v.len());
        for c in char::decode_utf16(v.iter().copied()) {
            text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        text
    }

    pub unsafe fn from_raw_parts(buf: *mut u8, length: usize, capacity: usize) -> String {
        unsafe { String { bytes: Vec::from_raw_parts(buf, length, capacity) } }
    }

    pub fn extend_from_within<R: RangeBounds<usize>>(&mut self, src: R) {
        let (start, end) = self.ends(&src);
        self.bytes.extend_from_within(start..end);
    }

    pub fn reserve_exact(&mut self, additional: usize) {
        self.bytes.reserve_exact(additional)
    }

    pub fn into_raw_parts(self) -> (*mut u8, usize, usize) {
        self.into_bytes().into_raw_parts()
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.bytes.try_reserve(additional)
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.bytes.try_reserve_exact(additional)
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.bytes.shrink_to(min_capacity)
    }

    #[inline]
    pub unsafe fn from_utf8_unchecked(bytes: Vec<u8>) -> String {
        String { bytes }
    }

    #[inline]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    #[inline]
    pub fn as_str(&self) -> &str {
        unsafe { crate::str::from_utf8_unchecked(self.bytes.as_slice()) }
    }

    #[inline]
    pub fn as_mut_str(&mut self) -> &mut str {
        unsafe { crate::str::from_utf8_unchecked_mut(self.bytes.as_mut_slice()) }
    }

    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    #[inline]
    pub unsafe fn as_mut_vec(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    #[inline]
    pub fn push_str(&mut self, string: &str) {
        let count = string.len();
        self.bytes.reserve(count);
        unsafe {
            let length = self.bytes.len();
            let to = self.bytes.as_mut_ptr().add(length);
            crate::intrinsics::copy_nonoverlapping(string.as_ptr(), to, count);
            self.bytes.set_len(length + count);
        }
    }

    #[inline]
    pub fn push(&mut self, ch: char) {
        let mut bytes = [0; 4];
        self.push_str(ch.encode_utf8(&mut bytes));
    }

    pub fn pop(&mut self) -> Option<char> {
        let last = self.chars().next_back()?;
        let length = self.len() - last.len_utf8();
        unsafe { self.bytes.set_len(length) }
        Some(last)
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    #[inline]
    pub fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    pub fn reserve(&mut self, additional: usize) {
        self.bytes.reserve(additional)
    }

    pub fn shrink_to_fit(&mut self) {
        self.bytes.shrink_to_fit()
    }

    pub fn clear(&mut self) {
        self.bytes.clear()
    }

    #[track_caller]
    pub fn truncate(&mut self, new_len: usize) {
        if new_len <= self.len() {
            self.check(new_len, "assertion failed: self.is_char_boundary(new_len)");
            self.bytes.truncate(new_len)
        }
    }

    #[track_caller]
    fn check(&self, index: usize, message: &'static str) {
        if !self.is_char_boundary(index) {
            crate::panicking::panic(message)
        }
    }

    #[track_caller]
    pub fn remove(&mut self, idx: usize) -> char {
        let Some(c) = self[idx..].chars().next() else {
            crate::panicking::panic("cannot remove a char from the end of a string")
        };
        drop(self.bytes.drain(idx..idx + c.len_utf8()));
        c
    }

    #[track_caller]
    pub fn insert(&mut self, idx: usize, ch: char) {
        self.check(idx, "assertion failed: self.is_char_boundary(idx)");
        let mut bytes = [0; 4];
        let text = ch.encode_utf8(&mut bytes);
        self.insert_here(idx, text);
    }

    #[track_caller]
    pub fn insert_str(&mut self, idx: usize, string: &str) {
        self.check(idx, "assertion failed: self.is_char_boundary(idx)");
        self.insert_here(idx, string);
    }

    fn insert_here(&mut self, idx: usize, text: &str) {
        let (length, count) = (self.len(), text.len());
        self.bytes.reserve(count);
        unsafe {
            let at = self.bytes.as_mut_ptr().add(idx);
            crate::intrinsics::copy(at as *const u8, at.add(count), length - idx);
            crate::intrinsics::copy_nonoverlapping(text.as_ptr(), at, count);
            self.bytes.set_len(length + count);
        }
    }

    pub fn retain<F: FnMut(char) -> bool>(&mut self, mut f: F) {
        let mut kept = String::with_capacity(self.len());
        for c in self.chars() {
            if f(c) {
                kept.push(c);
            }
        }
        *self = kept;
    }

    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> String {
        self.check(at, "assertion failed: self.is_char_boundary(at)");
        String { bytes: self.bytes.split_off(at) }
    }

    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain {
        let (start, end) = self.ends(&range);
        let part = String::from(&self[start..end]);
        drop(self.bytes.drain(start..end));
        Drain { part, at: 0 }
    }

    #[track_caller]
    pub fn replace_range<R: RangeBounds<usize>>(&mut self, range: R, replace_with: &str) {
        let (start, end) = self.ends(&range);
        let rest = String::from(&self[end..]);
        self.truncate(start);
        self.push_str(replace_with);
        self.push_str(&rest);
    }

    fn ends<R: RangeBounds<usize>>(&self, range: &R) -> (usize, usize) {
        let start = match range.start_bound() {
            Bound::Included(at) => *at,
            Bound::Excluded(at) => *at + 1,
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(at) => *at + 1,
            Bound::Excluded(at) => *at,
            Bound::Unbounded => self.len(),
        };
        (start, end)
    }

    pub fn into_boxed_str(self) -> Box<str> {
        let raw = Box::into_raw(self.bytes.into_boxed_slice());
        unsafe { Box::from_raw(raw as *mut str) }
    }

    pub fn leak<'a>(self) -> &'a mut str {
        unsafe { crate::str::from_utf8_unchecked_mut(self.bytes.leak()) }
    }
}

/// A part of a text that was taken out of it.
pub struct Drain {
    part: String,
    at: usize,
}

impl Iterator for Drain {
    type Item = char;
    fn next(&mut self) -> Option<char> {
        let c = self.part[self.at..].chars().next()?;
        self.at += c.len_utf8();
        Some(c)
    }
}

impl DoubleEndedIterator for Drain {
    fn next_back(&mut self) -> Option<char> {
        if self.at == self.part.len() { None } else { self.part.pop() }
    }
}
