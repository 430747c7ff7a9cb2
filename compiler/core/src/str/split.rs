//! Texts between matches, lines and words.

use super::matches::Found;
use super::pattern::Pattern;
use crate::iter::FusedIterator;

/// What is left between two places of a text, and the matches in it.
#[derive(Clone)]
struct Pieces<'a, P> {
    found: Found<'a, P>,
    from: usize,
    to: usize,
    /// Whether an empty piece at the end is one.
    trailing: bool,
    ended: bool,
}

impl<'a, P: Pattern> Pieces<'a, P> {
    fn new(text: &'a str, pattern: P, trailing: bool) -> Self {
        Pieces { found: Found::new(text, pattern), from: 0, to: text.len(), trailing, ended: false }
    }

    fn piece(&self, from: usize, to: usize) -> &'a str {
        unsafe { self.found.text.get_unchecked(from..to) }
    }

    fn last(&mut self) -> Option<&'a str> {
        if self.ended {
            return None;
        }
        self.ended = true;
        if !self.trailing && self.from == self.to {
            return None;
        }
        Some(self.piece(self.from, self.to))
    }

    /// The next piece, with its match where `inclusive`.
    fn next(&mut self, inclusive: bool) -> Option<&'a str> {
        if self.ended {
            return None;
        }
        match self.found.next() {
            Some((at, length)) => {
                let from = self.from;
                self.from = at + length;
                Some(self.piece(from, if inclusive { at + length } else { at }))
            }
            None => self.last(),
        }
    }

    fn next_back(&mut self, inclusive: bool) -> Option<&'a str> {
        if self.ended {
            return None;
        }
        if !self.trailing {
            self.trailing = true;
            match self.next_back(inclusive) {
                Some(piece) if !piece.is_empty() => return Some(piece),
                _ if self.ended => return None,
                _ => {}
            }
        }
        match self.found.next_back() {
            Some((at, length)) => {
                let to = self.to;
                self.to = if inclusive { at + length } else { at };
                Some(self.piece(at + length, to))
            }
            None => self.last(),
        }
    }
}

macro_rules! splits {
    ($($name:ident $inclusive:expr;)*) => {
        $(
            #[derive(Clone)]
            pub struct $name<'a, P>(Pieces<'a, P>);

            impl<'a, P: Pattern> Iterator for $name<'a, P> {
                type Item = &'a str;

                #[inline]
                fn next(&mut self) -> Option<&'a str> {
                    self.0.next($inclusive)
                }
            }

            impl<'a, P: Pattern> DoubleEndedIterator for $name<'a, P> {
                #[inline]
                fn next_back(&mut self) -> Option<&'a str> {
                    self.0.next_back($inclusive)
                }
            }

            impl<P: Pattern> FusedIterator for $name<'_, P> {}
        )*
    };
}
splits! {
    Split false;
    SplitTerminator false;
    SplitInclusive true;
}

macro_rules! from_the_back {
    ($($name:ident $forward:ident;)*) => {
        $(
            #[derive(Clone)]
            pub struct $name<'a, P>($forward<'a, P>);

            impl<'a, P: Pattern> Iterator for $name<'a, P> {
                type Item = &'a str;

                #[inline]
                fn next(&mut self) -> Option<&'a str> {
                    self.0.next_back()
                }
            }

            impl<'a, P: Pattern> DoubleEndedIterator for $name<'a, P> {
                #[inline]
                fn next_back(&mut self) -> Option<&'a str> {
                    self.0.next()
                }
            }

            impl<P: Pattern> FusedIterator for $name<'_, P> {}
        )*
    };
}
from_the_back! {
    RSplit Split;
    RSplitTerminator SplitTerminator;
}

macro_rules! so_many {
    ($($name:ident $of:ident;)*) => {
        $(
            /// No more than so many pieces; the last is all of the rest.
            #[derive(Clone)]
            pub struct $name<'a, P> {
                pieces: $of<'a, P>,
                count: usize,
            }

            impl<'a, P: Pattern> Iterator for $name<'a, P> {
                type Item = &'a str;

                fn next(&mut self) -> Option<&'a str> {
                    if self.count == 0 {
                        return None;
                    }
                    self.count -= 1;
                    if self.count == 0 { self.rest() } else { self.pieces.next() }
                }
            }

            impl<P: Pattern> FusedIterator for $name<'_, P> {}
        )*
    };
}
so_many! {
    SplitN Split;
    RSplitN RSplit;
}

impl<'a, P: Pattern> SplitN<'a, P> {
    fn rest(&mut self) -> Option<&'a str> {
        self.pieces.0.last()
    }
}

impl<'a, P: Pattern> RSplitN<'a, P> {
    fn rest(&mut self) -> Option<&'a str> {
        self.pieces.0.0.last()
    }
}

macro_rules! words {
    ($($name:ident |$c:ident| $is_space:expr;)*) => {
        $(
            #[derive(Clone)]
            pub struct $name<'a> {
                rest: &'a str,
            }

            impl<'a> Iterator for $name<'a> {
                type Item = &'a str;

                fn next(&mut self) -> Option<&'a str> {
                    let text = self.rest.trim_start_matches(|$c: char| $is_space);
                    let end = match text.find(|$c: char| $is_space) {
                        Some(end) => end,
                        None => text.len(),
                    };
                    self.rest = unsafe { text.get_unchecked(end..) };
                    if end == 0 { None } else { unsafe { Some(text.get_unchecked(..end)) } }
                }
            }

            impl<'a> DoubleEndedIterator for $name<'a> {
                fn next_back(&mut self) -> Option<&'a str> {
                    let text = self.rest.trim_end_matches(|$c: char| $is_space);
                    let start = match text.char_indices().rfind(|pair| { let $c = pair.1; $is_space }) {
                        Some((at, c)) => at + c.len_utf8(),
                        None => 0,
                    };
                    self.rest = unsafe { text.get_unchecked(..start) };
                    if start == text.len() { None } else { unsafe { Some(text.get_unchecked(start..)) } }
                }
            }

            impl FusedIterator for $name<'_> {}
        )*
    };
}
words! {
    SplitWhitespace |c| c.is_whitespace();
    SplitAsciiWhitespace |c| c.is_ascii_whitespace();
}

#[derive(Clone)]
pub struct Lines<'a>(SplitInclusive<'a, char>);

/// A line without its end; a carriage return belongs to the end, not to the line.
fn without_end(line: &str) -> &str {
    match line.strip_suffix('\n') {
        Some(line) => match line.strip_suffix('\r') {
            Some(line) => line,
            None => line,
        },
        None => line,
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        Some(without_end(self.0.next()?))
    }
}

impl<'a> DoubleEndedIterator for Lines<'a> {
    fn next_back(&mut self) -> Option<&'a str> {
        Some(without_end(self.0.next_back()?))
    }
}

impl FusedIterator for Lines<'_> {}

impl str {
    #[inline]
    pub fn split<P: Pattern>(&self, pat: P) -> Split<'_, P> {
        Split(Pieces::new(self, pat, true))
    }

    #[inline]
    pub fn rsplit<P: Pattern>(&self, pat: P) -> RSplit<'_, P> {
        RSplit(self.split(pat))
    }

    #[inline]
    pub fn split_inclusive<P: Pattern>(&self, pat: P) -> SplitInclusive<'_, P> {
        SplitInclusive(Pieces::new(self, pat, false))
    }

    #[inline]
    pub fn split_terminator<P: Pattern>(&self, pat: P) -> SplitTerminator<'_, P> {
        SplitTerminator(Pieces::new(self, pat, false))
    }

    #[inline]
    pub fn rsplit_terminator<P: Pattern>(&self, pat: P) -> RSplitTerminator<'_, P> {
        RSplitTerminator(self.split_terminator(pat))
    }

    #[inline]
    pub fn splitn<P: Pattern>(&self, n: usize, pat: P) -> SplitN<'_, P> {
        SplitN { pieces: self.split(pat), count: n }
    }

    #[inline]
    pub fn rsplitn<P: Pattern>(&self, n: usize, pat: P) -> RSplitN<'_, P> {
        RSplitN { pieces: self.rsplit(pat), count: n }
    }

    #[inline]
    pub fn split_whitespace(&self) -> SplitWhitespace<'_> {
        SplitWhitespace { rest: self }
    }

    #[inline]
    pub fn split_ascii_whitespace(&self) -> SplitAsciiWhitespace<'_> {
        SplitAsciiWhitespace { rest: self }
    }

    #[inline]
    pub fn lines(&self) -> Lines<'_> {
        Lines(self.split_inclusive('\n'))
    }
}
