//! What can be looked for in a text: a character, several, a text, or what a predicate says.

/// Where a pattern matches first in a text, at or after a byte, and how long the match is.
pub trait Pattern: Sized {
    #[doc(hidden)]
    fn find_in(&mut self, text: &str, from: usize) -> Option<(usize, usize)>;

    /// The last match that ends at or before a byte.
    #[doc(hidden)]
    fn find_back(&mut self, text: &str, to: usize) -> Option<(usize, usize)>;

    /// How long the match is that the text begins with.
    #[doc(hidden)]
    fn prefix_of(&mut self, text: &str) -> Option<usize>;

    /// How long the match is that the text ends with.
    #[doc(hidden)]
    fn suffix_of(&mut self, text: &str) -> Option<usize>;
}

#[inline]
fn if_it_is(c: Option<char>, mut is_it: impl FnMut(char) -> bool) -> Option<usize> {
    match c {
        Some(c) if is_it(c) => Some(c.len_utf8()),
        _ => None,
    }
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

#[inline]
fn find_char_back(text: &str, to: usize, mut is_it: impl FnMut(char) -> bool) -> Option<(usize, usize)> {
    let mut chars = unsafe { text.get_unchecked(..to) }.char_indices();
    while let Some((at, c)) = chars.next_back() {
        if is_it(c) {
            return Some((at, c.len_utf8()));
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

    #[inline]
    fn find_back(&mut self, text: &str, to: usize) -> Option<(usize, usize)> {
        let wanted = *self;
        find_char_back(text, to, |c| c == wanted)
    }

    #[inline]
    fn prefix_of(&mut self, text: &str) -> Option<usize> {
        if_it_is(text.chars().next(), |c| c == *self)
    }

    #[inline]
    fn suffix_of(&mut self, text: &str) -> Option<usize> {
        if_it_is(text.chars().next_back(), |c| c == *self)
    }
}

impl<const N: usize> Pattern for [char; N] {
    #[inline]
    fn find_in(&mut self, text: &str, from: usize) -> Option<(usize, usize)> {
        find_char(text, from, |c| self.contains(&c))
    }

    #[inline]
    fn find_back(&mut self, text: &str, to: usize) -> Option<(usize, usize)> {
        find_char_back(text, to, |c| self.contains(&c))
    }

    #[inline]
    fn prefix_of(&mut self, text: &str) -> Option<usize> {
        if_it_is(text.chars().next(), |c| self.contains(&c))
    }

    #[inline]
    fn suffix_of(&mut self, text: &str) -> Option<usize> {
        if_it_is(text.chars().next_back(), |c| self.contains(&c))
    }
}

impl Pattern for &[char] {
    #[inline]
    fn find_in(&mut self, text: &str, from: usize) -> Option<(usize, usize)> {
        find_char(text, from, |c| self.contains(&c))
    }

    #[inline]
    fn find_back(&mut self, text: &str, to: usize) -> Option<(usize, usize)> {
        find_char_back(text, to, |c| self.contains(&c))
    }

    #[inline]
    fn prefix_of(&mut self, text: &str) -> Option<usize> {
        if_it_is(text.chars().next(), |c| self.contains(&c))
    }

    #[inline]
    fn suffix_of(&mut self, text: &str) -> Option<usize> {
        if_it_is(text.chars().next_back(), |c| self.contains(&c))
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

    #[inline]
    fn find_back(&mut self, text: &str, to: usize) -> Option<(usize, usize)> {
        find_char_back(text, to, self)
    }

    #[inline]
    fn prefix_of(&mut self, text: &str) -> Option<usize> {
        if_it_is(text.chars().next(), self)
    }

    #[inline]
    fn suffix_of(&mut self, text: &str) -> Option<usize> {
        if_it_is(text.chars().next_back(), self)
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

    fn find_back(&mut self, text: &str, to: usize) -> Option<(usize, usize)> {
        let (text, wanted) = (text.as_bytes(), self.as_bytes());
        let mut end = to;
        while end >= wanted.len() {
            let at = end - wanted.len();
            if text[at..end] == *wanted && (wanted.len() > 0 || is_boundary(text, at)) {
                return Some((at, wanted.len()));
            }
            if end == 0 {
                return None;
            }
            end -= 1;
        }
        None
    }

    #[inline]
    fn prefix_of(&mut self, text: &str) -> Option<usize> {
        if text.as_bytes().starts_with(self.as_bytes()) { Some(self.len()) } else { None }
    }

    #[inline]
    fn suffix_of(&mut self, text: &str) -> Option<usize> {
        if text.as_bytes().ends_with(self.as_bytes()) { Some(self.len()) } else { None }
    }
}

fn is_boundary(text: &[u8], at: usize) -> bool {
    at == text.len() || text[at] & 0xC0 != 0x80
}
