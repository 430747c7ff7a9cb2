//! The tree of a source as it stands, before the preprocessor. tree-sitter reads what it can and marks the rest: what is in a
//! piece that it could not read has no mutants.

use std::ops::Range;

use tree_sitter::{Node, Parser, Tree};

use super::preprocess::Macros;
use crate::{Error, ErrorKind, LineColumn, Span};

/// A source and its tree.
#[derive(Debug)]
pub(super) struct Source {
    /// The text, as it stands in its file.
    pub(super) text: String,
    pub(super) tree: Tree,
    /// Macros that only declare: spaces to the parser.
    pub(super) masked: Vec<Range<usize>>,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl Source {
    pub(super) fn parse(text: String, macros: &Macros) -> Result<Self, Error> {
        let first = parse(&text)?;
        let mut masked = Vec::new();
        each(first.root_node(), &mut |node| {
            let is_name = node.kind().ends_with("identifier");
            if is_name && node.child_count() == 0 && macros.only_declares(&text[node.byte_range()])
            {
                masked.push(node.byte_range());
            }
            !is_directive(node)
        });
        let tree = if masked.is_empty() { first } else { parse(&without(&text, &masked))? };
        let begins = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(begins).collect();
        Ok(Self { text, tree, masked, lines })
    }

    pub(super) fn of(&self, node: Node<'_>) -> &str {
        &self.text[node.byte_range()]
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|begin| *begin <= at)
    }

    /// Lines and columns, as people count.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let place = |at: usize| {
            let line = self.line(at);
            let begin = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
            LineColumn { line, column: self.text[begin..at].chars().count() + 1 }
        };
        Span { start: place(range.start), end: place(range.end) }
    }
}

/// The tree of a text that has nothing to hide: what the preprocessor left.
pub(super) fn parse(text: &str) -> Result<Tree, Error> {
    let mut parser = Parser::new();
    let failed = |why: String| Error::new(ErrorKind::Internal, format!("the parser of C: {why}"));
    parser
        .set_language(&tree_sitter_c::LANGUAGE.into())
        .map_err(|error| failed(error.to_string()))?;
    parser.parse(text, None).ok_or_else(|| failed("it gave up".to_owned()))
}

/// The same text with spaces in these places.
fn without(text: &str, masked: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in masked {
        // Names are cut where they begin and end, so no character is.
        bytes[range.clone()].fill(b' ');
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Goes through a tree, from the root to the leaves; not below a node that is answered with false.
pub(super) fn each<'t>(root: Node<'t>, look: &mut dyn FnMut(Node<'t>) -> bool) {
    let mut left = vec![root];
    while let Some(node) = left.pop() {
        if look(node) {
            left.extend(children(node).rev());
        }
    }
}

/// All children, in order.
pub(super) fn children<'t>(node: Node<'t>) -> impl DoubleEndedIterator<Item = Node<'t>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).collect::<Vec<_>>().into_iter()
}

/// The node with a child's name in it.
pub(super) fn field<'t>(node: Node<'t>, name: &str) -> Option<Node<'t>> {
    node.child_by_field_name(name)
}

/// Lines for the preprocessor that hold no code of their own.
pub(super) fn is_directive(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "preproc_def"
            | "preproc_function_def"
            | "preproc_call"
            | "preproc_include"
            | "preproc_directive"
    )
}
