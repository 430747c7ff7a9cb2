//! What texts do with the heap.

use super::String;
use crate::borrow::ToOwned;
use crate::boxed::Box;
use crate::str::pattern::Pattern;

impl str {
    pub fn repeat(&self, n: usize) -> String {
        let mut all = String::with_capacity(self.len() * n);
        let mut left = n;
        while left > 0 {
            all.push_str(self);
            left -= 1;
        }
        all
    }

    pub fn replace<P: Pattern>(&self, from: P, to: &str) -> String {
        let mut all = String::new();
        let mut first = true;
        for part in self.split(from) {
            if !first {
                all.push_str(to);
            }
            first = false;
            all.push_str(part);
        }
        all
    }

    pub fn replacen<P: Pattern>(&self, pat: P, to: &str, count: usize) -> String {
        let mut all = String::new();
        let mut first = true;
        for part in self.splitn(count + 1, pat) {
            if !first {
                all.push_str(to);
            }
            first = false;
            all.push_str(part);
        }
        all
    }

    pub fn to_ascii_uppercase(&self) -> String {
        let mut text = String::from(self);
        text.as_mut_str().make_ascii_uppercase();
        text
    }

    pub fn to_ascii_lowercase(&self) -> String {
        let mut text = String::from(self);
        text.as_mut_str().make_ascii_lowercase();
        text
    }

    pub fn into_string(self: Box<str>) -> String {
        let length = self.len();
        let start = Box::into_raw(self) as *mut u8;
        unsafe { String::from_utf8_unchecked(crate::vec::Vec::from_raw_parts(start, length, length)) }
    }

    pub fn into_boxed_bytes(self: Box<str>) -> Box<[u8]> {
        self.into_string().into_bytes().into_boxed_slice()
    }
}

unsafe extern "C" {
    /// A text in the other case, as std has it. Gives the length of a text in memory that belongs to the caller
    /// then.
    fn segue_jit_text_in_case(from: *const u8, length: usize, upper: bool, text: *mut *mut u8) -> usize;
}

fn in_case(text: &str, upper: bool) -> String {
    unsafe {
        let mut start: *mut u8 = crate::ptr::null_mut();
        let length = segue_jit_text_in_case(text.as_ptr(), text.len(), upper, &raw mut start);
        String::from_utf8_unchecked(crate::vec::Vec::from_raw_parts(start, length, length))
    }
}

impl str {
    pub fn to_uppercase(&self) -> String {
        in_case(self, true)
    }

    pub fn to_lowercase(&self) -> String {
        in_case(self, false)
    }
}

impl ToOwned for str {
    type Owned = String;
    fn to_owned(&self) -> String {
        String::from(self)
    }
}
