//! Text splices: pieces are put into a file or in place of a range of it; everything else stays byte for byte.
//! The result knows which of its ranges belong to which mutant or function, so that rustc's errors can be
//! told apart.

use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::MutantId;

/// Whom a range of the new text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Mark {
    /// What a mutant consists of.
    Mutant(MutantId),
    /// A live function: its original text, its mutants and what chooses between them. By number.
    Function(u32),
}

/// A text to put in: plain pieces and marked ones.
#[derive(Debug, Clone, Default)]
pub(crate) struct Patch {
    text: String,
    marks: Vec<(Range<usize>, Mark)>,
}

impl Patch {
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(crate) fn push_marked(&mut self, mark: Mark, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.marks.push((start..self.text.len(), mark));
    }
}

/// All that is changed in one file.
#[derive(Debug, Default)]
pub(crate) struct Edits {
    patches: Vec<(Range<usize>, Patch)>,
    regions: Vec<(Range<usize>, Mark)>,
}

impl Edits {
    /// Replaces a range of the old text. Ranges must not overlap; patches at one place come in the order in which they were made.
    pub(crate) fn replace(&mut self, range: Range<usize>, patch: Patch) {
        self.patches.push((range, patch));
    }

    pub(crate) fn insert(&mut self, at: usize, patch: Patch) {
        self.replace(at..at, patch);
    }

    /// Says whom a range of the old text belongs to, with all that is put in inside of it and at its ends.
    pub(crate) fn mark(&mut self, range: Range<usize>, mark: Mark) {
        self.regions.push((range, mark));
    }

    /// The new text.
    pub(crate) fn apply(mut self, old: &str) -> Spliced {
        self.patches.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = String::with_capacity(
            old.len() + self.patches.iter().map(|(_, patch)| patch.text.len()).sum::<usize>(),
        );
        let mut marks = Vec::new();
        let mut starts: Vec<Option<usize>> = vec![None; self.regions.len()];
        let mut ends = vec![0; self.regions.len()];
        let mut at = 0;
        for (range, patch) in &self.patches {
            text.push_str(old.get(at..range.start).unwrap_or_default());
            for (index, (region, _)) in self.regions.iter().enumerate() {
                if region.start <= range.start && range.end <= region.end {
                    let shift = range.start - region.start;
                    starts[index].get_or_insert(text.len().saturating_sub(shift));
                }
            }
            let start = text.len();
            text.push_str(&patch.text);
            marks.extend(
                patch
                    .marks
                    .iter()
                    .map(|(inner, mark)| (inner.start + start..inner.end + start, *mark)),
            );
            for (index, (region, _)) in self.regions.iter().enumerate() {
                if region.start <= range.start && range.end <= region.end {
                    ends[index] = text.len() + (region.end - range.end);
                }
            }
            at = range.end;
        }
        text.push_str(old.get(at..).unwrap_or_default());
        for (index, (_, mark)) in self.regions.iter().enumerate() {
            if let Some(start) = starts[index] {
                marks.push((start..ends[index], *mark));
            }
        }
        Spliced { text, marks }
    }
}

/// A file's new text, and whom its ranges belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Spliced {
    /// The text.
    pub(crate) text: String,
    marks: Vec<(Range<usize>, Mark)>,
}

impl Spliced {
    /// Whom a range belongs to: the smallest marked range that holds its start, a mutant rather than a function.
    pub(crate) fn owner(&self, range: &Range<usize>) -> Option<Mark> {
        self.marks
            .iter()
            .filter(|(marked, _)| {
                marked.start <= range.start && range.start < marked.end.max(marked.start + 1)
            })
            .min_by_key(|(marked, mark)| {
                (matches!(mark, Mark::Function(_)), marked.end - marked.start)
            })
            .map(|(_, mark)| *mark)
    }
}

/// Rust text in one line with the same tokens, so that what stands below it keeps its line numbers: comments
/// go, each gap becomes one space, and line ends in string literals become escapes.
///
/// # Errors
///
/// When the text cannot be split into tokens.
pub(crate) fn one_line(text: &str) -> Result<String, String> {
    let tokens: TokenStream =
        text.parse().map_err(|error: proc_macro2::LexError| error.to_string())?;
    let mut line = Line { text, out: String::with_capacity(text.len()), end: None };
    line.tokens(tokens);
    Ok(line.out)
}

struct Line<'t> {
    text: &'t str,
    out: String,
    end: Option<usize>,
}

impl Line<'_> {
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) if self.is_comment(&group.span().byte_range()) => {}
                TokenTree::Group(group) => {
                    let is_none = group.delimiter() == Delimiter::None;
                    if !is_none {
                        self.token(group.span_open().byte_range(), None);
                    }
                    self.tokens(group.stream());
                    if !is_none {
                        self.token(group.span_close().byte_range(), None);
                    }
                }
                TokenTree::Literal(literal) => {
                    let range = literal.span().byte_range();
                    let written = self.text.get(range.clone()).unwrap_or_default();
                    let escaped = written.contains('\n').then(|| escaped(&literal)).flatten();
                    self.token(range, escaped);
                }
                other => self.token(other.span().byte_range(), None),
            }
        }
    }

    fn token(&mut self, range: Range<usize>, instead: Option<String>) {
        if self.is_comment(&range) {
            return;
        }
        let written = self.text.get(range.clone()).unwrap_or_default();
        if self.end.is_some_and(|end| end != range.start) {
            self.out.push(' ');
        }
        self.out.push_str(instead.as_deref().unwrap_or(written));
        self.end = Some(range.end);
    }
}

impl Line<'_> {
    /// A documentation comment comes as the tokens of an attribute, each of which spans the comment.
    fn is_comment(&self, range: &Range<usize>) -> bool {
        let written = self.text.get(range.clone()).unwrap_or_default();
        written.starts_with("//") || written.starts_with("/*")
    }
}

/// A string literal of several lines as one of one line; other literals have none.
fn escaped(literal: &proc_macro2::Literal) -> Option<String> {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(string) => Some(format!("{:?}", string.value())),
        syn::Lit::ByteStr(bytes) => Some(format!("b\"{}\"", bytes.value().escape_ascii())),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
