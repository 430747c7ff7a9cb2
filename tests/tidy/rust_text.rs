//! Takes Rust text apart into code and comments, so that a rule about code is not triggered by a
//! comment or by the contents of a string, and a rule about comments not by code.
//!
//! Both parts keep every line break of the original: a line's number is the same in all three.

use std::str::Lines;

#[cfg(test)]
mod tests;

/// The two parts of one file.
pub(crate) struct RustText {
    /// The original.
    pub(crate) text: String,
    /// Without comments, and with strings and characters emptied: `"abc"` is `"   "`.
    pub(crate) code: String,
    /// Comments only, slashes included.
    pub(crate) comments: String,
}

/// A word of the code: an identifier, a keyword or a number.
pub(crate) struct Word<'a> {
    /// Line, counted from 1.
    pub(crate) line: usize,
    /// The word itself.
    pub(crate) text: &'a str,
    /// What follows it, white space skipped.
    pub(crate) rest: &'a str,
}

impl RustText {
    pub(crate) fn new(text: &str) -> Self {
        let mut scanner = Scanner {
            chars: text.chars().collect(),
            at: 0,
            code: String::with_capacity(text.len()),
            comments: String::with_capacity(text.len()),
        };
        scanner.scan();
        Self { text: text.to_owned(), code: scanner.code, comments: scanner.comments }
    }

    /// The lines of the code part.
    pub(crate) fn code_lines(&self) -> Lines<'_> {
        self.code.lines()
    }

    /// The words of the code part, in order.
    pub(crate) fn words(&self) -> impl Iterator<Item = Word<'_>> {
        words(&self.code)
    }
}

/// The words of a text whose comments and strings have been taken out.
pub(crate) fn words(code: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    let mut line = 1;
    std::iter::from_fn(move || {
        let skipped = code[at..].find(is_word)?;
        line += code[at..at + skipped].matches('\n').count();
        let start = at + skipped;
        let length = code[start..].find(|c| !is_word(c)).unwrap_or(code.len() - start);
        at = start + length;
        Some(Word { line, text: &code[start..at], rest: code[at..].trim_start() })
    })
}

/// Whether a character may be part of an identifier.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    code: String,
    comments: String,
}

/// Where the next characters go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Code,
    Comment,
    /// Inside of a string or character: blank in both parts.
    Neither,
}

impl Scanner {
    fn scan(&mut self) {
        while let Some(c) = self.peek(0) {
            match (c, self.peek(1)) {
                ('/', Some('/')) => self.line_comment(),
                ('/', Some('*')) => self.block_comment(),
                ('"', _) => self.string(),
                ('\'', _) => self.quote(),
                _ if is_word(c) => self.word(),
                _ => self.take(Part::Code),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    /// Moves one character to its part and blanks it in the other.
    fn take(&mut self, part: Part) {
        let Some(c) = self.peek(0) else { return };
        self.at += 1;
        let blank = if c == '\n' { '\n' } else { ' ' };
        self.code.push(if part == Part::Code { c } else { blank });
        self.comments.push(if part == Part::Comment { c } else { blank });
    }

    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|c| c != '\n') {
            self.take(Part::Comment);
        }
    }

    /// Block comments nest.
    fn block_comment(&mut self) {
        let mut depth = 0;
        while let Some(c) = self.peek(0) {
            let step = match (c, self.peek(1)) {
                ('/', Some('*')) => 1,
                ('*', Some('/')) => -1,
                _ => 0,
            };
            if step != 0 {
                self.take(Part::Comment);
            }
            self.take(Part::Comment);
            depth += step;
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.take(Part::Code);
        while let Some(c) = self.peek(0) {
            match c {
                '"' => return self.take(Part::Code),
                '\\' => {
                    self.take(Part::Neither);
                    self.take(Part::Neither);
                }
                _ => self.take(Part::Neither),
            }
        }
    }

    /// A character literal, or the start of a lifetime or label.
    fn quote(&mut self) {
        let is_escape = self.peek(1) == Some('\\');
        let is_char = is_escape || self.peek(2) == Some('\'');
        self.take(Part::Code);
        if !is_char {
            return;
        }
        if is_escape {
            self.take(Part::Neither);
        }
        self.take(Part::Neither);
        while self.peek(0).is_some_and(|c| c != '\'' && c != '\n') {
            self.take(Part::Neither);
        }
        self.take(Part::Code);
    }

    /// A word, which may be the prefix of a raw string.
    fn word(&mut self) {
        let start = self.at;
        while self.peek(0).is_some_and(is_word) {
            self.take(Part::Code);
        }
        let word: String = self.chars[start..self.at].iter().collect();
        if !matches!(word.as_str(), "r" | "br" | "cr") {
            return;
        }
        let hashes = self.chars[self.at..].iter().take_while(|c| **c == '#').count();
        if self.peek(hashes) != Some('"') {
            return;
        }
        (0..=hashes).for_each(|_| self.take(Part::Code));
        while self.peek(0).is_some() {
            let closes = self.peek(0) == Some('"')
                && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if closes {
                (0..=hashes).for_each(|_| self.take(Part::Code));
                return;
            }
            self.take(Part::Neither);
        }
    }
}
