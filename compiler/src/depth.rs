//! How deep a text goes for whoever reads it by recursion: parsers do, and a stack is finite.
//!
//! Brackets nest, and so do operators, without any: each `+` of a long sum, each `else if` and each `.method()` is one
//! more level of the tree. So what is counted are tokens since the last `;` or `,`, or the end of a block, in all the
//! brackets that are open, at the price of looking at each byte once. What nests between commas without any bracket, types in
//! angle brackets and closures in closures, is not seen.

/// How deep brackets may nest.
const BRACKETS: usize = 500;
/// How many tokens may stand in a row with nothing between that ends an expression.
const TOKENS: usize = 5_000;

/// Why a text is not read, and the line where it went too deep.
pub(crate) fn too_deep(text: &str) -> Option<String> {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0, open: Vec::new(), run: 0, total: 0 };
    while reader.token() {
        let what = if reader.open.len() > BRACKETS {
            format!("brackets nest deeper than {BRACKETS}")
        } else if reader.total > TOKENS {
            format!("more than {TOKENS} tokens without a `;`, a `,` or the end of a block")
        } else {
            continue;
        };
        let line = text.as_bytes()[..reader.at].iter().filter(|byte| **byte == b'\n').count() + 1;
        return Some(format!("line {line}: {what}"));
    }
    None
}

/// Whether a text goes no more than half as deep as it may: one such text within another is not too deep.
#[cfg(feature = "jit")]
pub(crate) fn is_shallow(text: &str) -> bool {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0, open: Vec::new(), run: 0, total: 0 };
    while reader.token() {
        if reader.open.len() > BRACKETS / 2 || reader.total > TOKENS / 2 {
            return false;
        }
    }
    true
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Of each open bracket the tokens in a row before it.
    open: Vec<usize>,
    /// Tokens in a row, since the innermost one was opened.
    run: usize,
    /// The same with those before all that are open.
    total: usize,
}

impl Reader<'_> {
    /// Goes behind the next token; whether there was one.
    fn token(&mut self) -> bool {
        self.blank();
        let Some(byte) = self.byte(0) else { return false };
        match byte {
            b'(' | b'[' | b'{' => {
                self.count();
                self.open.push(self.run);
                self.run = 0;
                self.at += 1;
            }
            b')' | b']' | b'}' => {
                self.at += 1;
                self.total -= self.run;
                self.run = self.open.pop().unwrap_or(0);
                if byte == b'}' {
                    self.after_block();
                }
            }
            b';' | b',' => {
                self.at += 1;
                self.end();
            }
            // A pattern ends, whatever it began with.
            b'=' if self.byte(1) == Some(b'>') => {
                self.at += 2;
                self.end();
            }
            b'"' => {
                self.count();
                self.at += 1;
                self.quoted();
            }
            b'\'' => {
                self.count();
                self.character();
            }
            _ if is_of_word(byte) => {
                self.count();
                self.word();
            }
            _ => {
                self.count();
                self.at += 1;
            }
        }
        true
    }

    fn count(&mut self) {
        self.run += 1;
        self.total += 1;
    }

    /// An expression ends.
    fn end(&mut self) {
        self.total -= self.run;
        self.run = 0;
    }

    /// A block is an expression's end, unless that goes on.
    fn after_block(&mut self) {
        self.blank();
        let goes_on = self.bytes[self.at..].starts_with(b"else")
            || self.byte(0).is_some_and(|byte| b".?+-*/%^&|=<>!([".contains(&byte))
            || self.bytes[self.at..].starts_with(b"as ");
        if !goes_on {
            self.end();
        }
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Skips white space and comments.
    fn blank(&mut self) {
        while let Some(byte) = self.byte(0) {
            match (byte, self.byte(1)) {
                (b'/', Some(b'/')) => self.to(|byte| byte == b'\n'),
                (b'/', Some(b'*')) => self.comment(),
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ => return,
            }
        }
    }

    /// Goes to the next byte of a kind, or to the end.
    fn to(&mut self, is: impl Fn(u8) -> bool) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|byte| is(*byte)).unwrap_or(rest.len());
    }

    fn comment(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.byte(0) {
            match (byte, self.byte(1)) {
                (b'/', Some(b'*')) => depth += 1,
                (b'*', Some(b'/')) => depth -= 1,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                return;
            }
        }
    }

    /// Goes behind the end of a string.
    fn quoted(&mut self) {
        loop {
            self.to(|byte| byte == b'"' || byte == b'\\');
            match self.byte(0) {
                Some(b'\\') => self.at = (self.at + 2).min(self.bytes.len()),
                Some(_) => return self.at += 1,
                None => return,
            }
        }
    }

    /// A character, or the name of a lifetime.
    fn character(&mut self) {
        self.at += 1;
        if self.byte(0) == Some(b'\\') {
            self.at = (self.at + 2).min(self.bytes.len());
            self.to(|byte| byte == b'\'' || byte == b'\n');
            self.at = (self.at + 1).min(self.bytes.len());
            return;
        }
        let length = match self.byte(0) {
            Some(0xf0..) => 4,
            Some(0xe0..) => 3,
            Some(0x80..) => 2,
            _ => 1,
        };
        if self.byte(length) == Some(b'\'') {
            self.at += length + 1;
        }
    }

    /// A name or a number; what begins a raw string is one with it.
    fn word(&mut self) {
        let start = self.at;
        self.to(|byte| !is_of_word(byte));
        if !matches!(&self.bytes[start..self.at], b"r" | b"br" | b"cr") {
            return;
        }
        let hashes = self.bytes[self.at..].iter().take_while(|byte| **byte == b'#').count();
        if self.byte(hashes) != Some(b'"') {
            return;
        }
        self.at += hashes + 1;
        loop {
            self.to(|byte| byte == b'"');
            let behind = (self.at + 1).min(self.bytes.len());
            let found = self.bytes[behind..].iter().take_while(|byte| **byte == b'#').count();
            self.at = behind;
            if found >= hashes || behind == self.bytes.len() {
                self.at += found.min(hashes);
                return;
            }
        }
    }
}

/// What names and numbers consist of, and every letter beyond ASCII.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

#[cfg(test)]
mod tests;
