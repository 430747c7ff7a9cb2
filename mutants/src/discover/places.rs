//! Places of syntax in a file, as people count (lines and characters from 1) and in bytes.

use std::ops::Range;

use crate::{LineColumn, Span};

/// Lines and columns.
pub(super) fn span(of: proc_macro2::Span) -> Span {
    let place = |at: proc_macro2::LineColumn| LineColumn { line: at.line, column: at.column + 1 };
    Span { start: place(of.start()), end: place(of.end()) }
}

/// Bytes, never more than the text has.
pub(super) fn bytes(text: &str, of: proc_macro2::Span) -> Range<usize> {
    let range = of.byte_range();
    range.start.min(text.len())..range.end.min(text.len())
}
