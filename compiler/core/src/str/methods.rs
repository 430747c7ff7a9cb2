//! Methods of texts.

use super::pattern::Pattern;
use super::{Bytes, CharIndices, Chars, FromStr};
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
    pub const fn as_mut_ptr(&mut self) -> *mut u8 {
        self as *mut str as *mut u8
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

    /// The last boundary that is not behind `index`.
    pub const fn floor_char_boundary(&self, index: usize) -> usize {
        if index >= self.len() {
            return self.len();
        }
        let mut at = index;
        while !self.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The first boundary that is not before `index`.
    pub const fn ceil_char_boundary(&self, index: usize) -> usize {
        if index >= self.len() {
            return self.len();
        }
        let mut at = index;
        while !self.is_char_boundary(at) {
            at += 1;
        }
        at
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
    pub fn get_mut<I: SliceIndex<str>>(&mut self, i: I) -> Option<&mut I::Output> {
        i.get_mut(self)
    }

    #[inline]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<str>>(&mut self, i: I) -> &mut I::Output {
        unsafe { &mut *i.get_unchecked_mut(self) }
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
    #[track_caller]
    pub fn split_at_mut(&mut self, mid: usize) -> (&mut str, &mut str) {
        if !self.is_char_boundary(mid) {
            super::index::slice_failed(self, 0, mid)
        }
        unsafe { self.halves(mid) }
    }

    #[inline]
    pub fn split_at_mut_checked(&mut self, mid: usize) -> Option<(&mut str, &mut str)> {
        if self.is_char_boundary(mid) { unsafe { Some(self.halves(mid)) } } else { None }
    }

    unsafe fn halves(&mut self, mid: usize) -> (&mut str, &mut str) {
        unsafe {
            let (head, tail) = self.as_bytes_mut().split_at_mut_unchecked(mid);
            (super::from_utf8_unchecked_mut(head), super::from_utf8_unchecked_mut(tail))
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
    pub fn split_once<P: Pattern>(&self, mut delimiter: P) -> Option<(&str, &str)> {
        let (at, length) = delimiter.find_in(self, 0)?;
        unsafe { Some((self.get_unchecked(..at), self.get_unchecked(at + length..))) }
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
