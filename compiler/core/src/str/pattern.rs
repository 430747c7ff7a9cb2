//! What can be looked for in a text: a character, several, a text, or what a predicate says.

/// Where a pattern matches first in a text, at or after a byte, and how long the match is.
pub trait Pattern: Sized {
    #[doc(hidden)]
    fn find_in(&mut self, text: &str, from: usize) -> Option<(usize, usize)>;
}

#[inline]
fn find_char(text: &str, from: usize, mut is_it: impl FnMut(char) -> bool) -> Option<(usize, usize)> {
    let mut chars = unsafe { text.get_unchecked(from..) }.char_indices();
    while let Some((at, c)) = chars.next() {
        if is_it(c) {
            return Some((from + at, c.len_utf8()));
        }
    }
    None
}

impl Pattern for char {
    #[inline]
    fn find_in(&mut self, text: &str, from: usize) -> Option<(usize, usize)> {
        let wanted = *self;
        find_char(text, from, |c| c == wanted)
    }
}

impl<const N: usize> Pattern for [char; N] {
    #[inline]
    fn find_in(&mut self, text: &str, from: usize) -> Option<(usize, usize)> {
        find_char(text, from, |c| self.contains(&c))
    }
}

impl Pattern for &[char] {
    #[inline]
    fn find_in(&mut self, text: &str, from: usize) -> Option<(usize, usize)> {
        find_char(text, from, |c| self.contains(&c))
    }
}

impl<F> Pattern for F
where
    F: FnMut(char) -> bool,
{
    #[inline]
    fn find_in(&mut self, text: &str, from: usize) -> Option<(usize, usize)> {
        find_char(text, from, self)
    }
}

impl Pattern for &str {
    fn find_in(&mut self, text: &str, from: usize) -> Option<(usize, usize)> {
        let (text, wanted) = (text.as_bytes(), self.as_bytes());
        let mut at = from;
        while at + wanted.len() <= text.len() {
            if text[at..at + wanted.len()] == *wanted && (wanted.len() > 0 || is_boundary(text, at)) {
                return Some((at, wanted.len()));
            }
            at += 1;
        }
        None
    }
}

fn is_boundary(text: &[u8], at: usize) -> bool {
    at == text.len() || text[at] & 0xC0 != 0x80
}
