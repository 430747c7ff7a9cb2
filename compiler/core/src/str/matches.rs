//! What is found in a text, one after the other, from both ends.

use super::pattern::Pattern;
use crate::iter::FusedIterator;

/// Where the character ends that begins there; beyond the text where none does.
pub(super) fn after_char(text: &str, at: usize) -> usize {
    match unsafe { text.get_unchecked(at..) }.chars().next() {
        Some(c) => at + c.len_utf8(),
        None => at + 1,
    }
}

/// Where the character begins that ends there.
pub(super) fn before_char(text: &str, at: usize) -> Option<usize> {
    match unsafe { text.get_unchecked(..at) }.chars().next_back() {
        Some(c) => Some(at - c.len_utf8()),
        None => None,
    }
}

/// Places and lengths of matches between two places of a text.
#[derive(Clone)]
pub(super) struct Found<'a, P> {
    pub(super) text: &'a str,
    pattern: P,
    /// Where the next match is looked for: after an empty one, a character later.
    front: usize,
    /// Where the next match from the back may end; nowhere when an empty one stood at the beginning.
    back: Option<usize>,
}

impl<'a, P: Pattern> Found<'a, P> {
    pub(super) fn new(text: &'a str, pattern: P) -> Self {
        Found { text, pattern, front: 0, back: Some(text.len()) }
    }

    pub(super) fn next(&mut self) -> Option<(usize, usize)> {
        let back = self.back?;
        if self.front > back {
            return None;
        }
        let (at, length) = self.pattern.find_in(unsafe { self.text.get_unchecked(..back) }, self.front)?;
        self.front = if length == 0 { after_char(self.text, at) } else { at + length };
        Some((at, length))
    }

    pub(super) fn next_back(&mut self) -> Option<(usize, usize)> {
        let back = self.back?;
        if self.front > back {
            return None;
        }
        let (at, length) = self.pattern.find_back(self.text, back)?;
        if at < self.front {
            return None;
        }
        self.back = if length == 0 { before_char(self.text, at) } else { Some(at) };
        Some((at, length))
    }
}

macro_rules! matches {
    ($($name:ident $back:ident $item:ty, |$text:ident, $at:ident, $length:ident| $give:expr;)*) => {
        $(
            #[derive(Clone)]
            pub struct $name<'a, P>(Found<'a, P>);

            impl<'a, P: Pattern> Iterator for $name<'a, P> {
                type Item = $item;

                #[inline]
                fn next(&mut self) -> Option<$item> {
                    let ($at, $length) = self.0.next()?;
                    let $text = self.0.text;
                    Some($give)
                }
            }

            impl<'a, P: Pattern> DoubleEndedIterator for $name<'a, P> {
                #[inline]
                fn next_back(&mut self) -> Option<$item> {
                    let ($at, $length) = self.0.next_back()?;
                    let $text = self.0.text;
                    Some($give)
                }
            }

            impl<P: Pattern> FusedIterator for $name<'_, P> {}

            /// The same from the back.
            #[derive(Clone)]
            pub struct $back<'a, P>($name<'a, P>);

            impl<'a, P: Pattern> Iterator for $back<'a, P> {
                type Item = $item;

                #[inline]
                fn next(&mut self) -> Option<$item> {
                    self.0.next_back()
                }
            }

            impl<'a, P: Pattern> DoubleEndedIterator for $back<'a, P> {
                #[inline]
                fn next_back(&mut self) -> Option<$item> {
                    self.0.next()
                }
            }

            impl<P: Pattern> FusedIterator for $back<'_, P> {}
        )*
    };
}
matches! {
    Matches RMatches &'a str, |text, at, length| unsafe { text.get_unchecked(at..at + length) };
    MatchIndices RMatchIndices (usize, &'a str), |text, at, length| (at, unsafe { text.get_unchecked(at..at + length) });
}

impl str {
    #[inline]
    pub fn matches<P: Pattern>(&self, pat: P) -> Matches<'_, P> {
        Matches(Found::new(self, pat))
    }

    #[inline]
    pub fn rmatches<P: Pattern>(&self, pat: P) -> RMatches<'_, P> {
        RMatches(self.matches(pat))
    }

    #[inline]
    pub fn match_indices<P: Pattern>(&self, pat: P) -> MatchIndices<'_, P> {
        MatchIndices(Found::new(self, pat))
    }

    #[inline]
    pub fn rmatch_indices<P: Pattern>(&self, pat: P) -> RMatchIndices<'_, P> {
        RMatchIndices(self.match_indices(pat))
    }
}
