//! What the preprocessor makes of a source: which of its lines are compiled, and which names are macros. The compiler itself is
//! asked (`-E -dD`), since nobody else knows its flags, its headers and its own macros.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Program;
use crate::{Error, ErrorKind};

#[cfg(test)]
mod tests;

/// Macros that name macros are followed so far: some name each other.
const DEEPEST: usize = 32;

/// A source after the preprocessor.
#[derive(Debug, Default)]
pub(super) struct Preprocessed {
    /// The lines of the source itself that something is left of, from 1.
    pub(super) lines: BTreeSet<usize>,
    /// Everything that is compiled, headers included.
    pub(super) text: String,
    /// What is compiled of the user's other files, by their paths: those of the system are absolute.
    pub(super) included: BTreeMap<String, String>,
    pub(super) macros: Macros,
}

/// The macros of a source and its headers, by name. One that is defined twice counts with both bodies.
#[derive(Debug, Default)]
pub(super) struct Macros(BTreeMap<String, Macro>);

#[derive(Debug, Default)]
struct Macro {
    has_arguments: bool,
    body: String,
}

impl Preprocessed {
    /// Asks the compiler about a source.
    pub(super) fn of(program: &Program, source: &Path) -> Result<Self, Error> {
        let options = ["-E", "-dD", "-w"].map(std::ffi::OsStr::new);
        let said = program.compile(options.into_iter().chain([source.as_os_str()]))?;
        if !said.success {
            let message =
                format!("{} does not compile:\n{}", source.display(), said.stderr.trim_end());
            return Err(Error::new(ErrorKind::Baseline, message));
        }
        Ok(Self::read(&said.stdout, &source.to_string_lossy()))
    }

    /// Reads what the compiler said of a source.
    pub(super) fn read(output: &str, source: &str) -> Self {
        let mut read = Self::default();
        let (mut is_source, mut number) = (false, 1);
        let mut included = None;
        for line in output.lines() {
            if let Some((line, file)) = marker(line) {
                number = line;
                is_source = file == source;
                let is_included = !is_source && !file.starts_with(['/', '<']);
                included = is_included.then_some(file);
                continue;
            }
            let directive = line.strip_prefix('#').map(str::trim_start);
            match directive {
                Some(it) => read.macros.add(it),
                None => {
                    if is_source && !line.trim().is_empty() {
                        read.lines.insert(number);
                    }
                    let of_file = included
                        .as_ref()
                        .map(|file: &String| read.included.entry(file.clone()).or_default());
                    for text in of_file.into_iter().chain([&mut read.text]) {
                        text.push_str(line);
                        text.push('\n');
                    }
                }
            }
            number += 1;
        }
        read
    }
}

/// `# 12 "file" 1 3`: the number and name of the next line.
pub(super) fn marker(line: &str) -> Option<(usize, String)> {
    let (number, rest) = line.strip_prefix("# ")?.split_once(' ')?;
    let number = number.parse().ok()?;
    let quoted = rest.strip_prefix('"')?;
    let name = &quoted[..quoted.rfind('"')?];
    Some((number, name.replace("\\\"", "\"").replace("\\\\", "\\")))
}

impl Macros {
    /// `define NAME body`, or any other directive, which is none.
    fn add(&mut self, directive: &str) {
        let Some(rest) = directive.strip_prefix("define ") else { return };
        let end = rest.find(|c: char| !is_of_a_word(c)).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        let (has_arguments, body) = match rest.strip_prefix('(') {
            Some(rest) => (true, rest.split_once(')').map_or("", |(_, body)| body)),
            None => (false, rest),
        };
        let it = self.0.entry(name.to_owned()).or_default();
        it.has_arguments |= has_arguments;
        it.body.push(' ');
        it.body.push_str(body.trim());
    }

    /// Whether a name stands for other text.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether one of these words is in a text once its macros are expanded.
    pub(super) fn reaches(&self, text: &str, wanted: &[&str]) -> bool {
        let mut seen = BTreeSet::new();
        let mut texts = vec![text];
        while let Some(text) = texts.pop() {
            for word in words(text) {
                if wanted.contains(&word) {
                    return true;
                }
                if let Some(it) = self.0.get(word)
                    && seen.insert(word)
                {
                    texts.push(&it.body);
                }
            }
        }
        false
    }

    /// Whether a macro says nothing but how something is declared (`static`, attributes, nothing at all): a parser that does
    /// not know it can do without it.
    pub(super) fn only_declares(&self, name: &str) -> bool {
        self.says_nothing_else(name, 0)
    }

    fn says_nothing_else(&self, name: &str, follow: usize) -> bool {
        const WORDS: [&str; 14] = [
            "static",
            "inline",
            "extern",
            "const",
            "volatile",
            "__inline",
            "__inline__",
            "register",
            "__extension__",
            "_Noreturn",
            "__attribute__",
            "__attribute",
            "__declspec",
            "restrict",
        ];
        let Some(it) = self.0.get(name).filter(|it| !it.has_arguments) else { return false };
        let mut depth = 0i32;
        let mut rest = it.body.trim();
        while let Some(c) = rest.chars().next() {
            let length = match c {
                _ if is_of_a_word(c) => rest.find(|c: char| !is_of_a_word(c)).unwrap_or(rest.len()),
                _ => c.len_utf8(),
            };
            let (token, after) = rest.split_at(length);
            match token {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ if depth > 0 || token.trim().is_empty() || WORDS.contains(&token) => {}
                _ if follow < DEEPEST && self.says_nothing_else(token, follow + 1) => {}
                _ => return false,
            }
            rest = after;
        }
        depth == 0
    }

    /// Whether a macro's text stays together whatever stands beside it: a word, or something in brackets.
    pub(super) fn stays_together(&self, name: &str) -> bool {
        self.is_one_piece(name, 0)
    }

    fn is_one_piece(&self, name: &str, follow: usize) -> bool {
        let Some(it) = self.0.get(name) else { return true };
        let body = it.body.trim();
        let unsigned = body.strip_prefix('-').unwrap_or(body).trim_start();
        let called = unsigned.trim_start_matches(is_of_a_word).trim_start();
        let is_word = !unsigned.is_empty() && unsigned.chars().all(|c| is_of_a_word(c) || c == '.');
        let is_text = is_one_text(unsigned);
        // `A` for `A`, or for another macro that stays together.
        let is_chained =
            || unsigned == name || follow < DEEPEST && self.is_one_piece(unsigned, follow + 1);
        is_text || is_word && is_chained() || is_in_brackets(called)
    }
}

fn is_one_text(body: &str) -> bool {
    let inside = body.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let character = body.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
    inside.is_some_and(|it| !it.contains('"')) || character.is_some()
}

/// Whether the first bracket is closed by the last character.
fn is_in_brackets(text: &str) -> bool {
    let mut depth = 0i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            // What a character between quotes does is not followed.
            '\'' | '"' => return false,
            _ => {}
        }
        if depth == 0 {
            return at > 0 && at + 1 == text.len();
        }
    }
    false
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The words of a text: names, keywords, numbers.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_of_a_word(c)).filter(|word| !word.is_empty())
}
