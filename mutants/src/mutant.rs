//! What is changed in a program's text: one place, one replacement.
//!
//! Phase: discover makes them, everything after it only reads them.

use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A mutant's number: its place in the order of discovery (packages by name, files from the targets' first
/// ones on, then by place), from 0. The same text gives the same numbers, whichever mutants are wanted: a
/// shard's numbers do not begin at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MutantId(pub u32);

/// One change of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mutant {
    /// Its number.
    pub id: MutantId,
    /// The cargo package.
    pub package: String,
    /// The file, relative to the workspace's root.
    pub file: PathBuf,
    /// The function around it, where there is one.
    pub function: Option<Function>,
    /// What is replaced.
    pub span: Span,
    /// The same, in bytes of the file.
    pub bytes: Range<usize>,
    /// What kind of change.
    pub operator: Operator,
    /// The new text; empty where text is deleted.
    pub replacement: String,
    /// What is changed, as cargo-mutants words it, without the place: `replace + with - in f`.
    pub name: String,
}

impl Mutant {
    /// The name with the place, `src/lib.rs:3:7: replace + with - in f`: what is listed, and what `--re` sees.
    #[must_use]
    pub fn full_name(&self) -> String {
        let LineColumn { line, column } = self.span.start;
        format!("{}:{line}:{column}: {}", self.file.display(), self.name)
    }
}

/// The function that a mutant is in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Function {
    /// Its path within the file, as cargo-mutants writes it: `f`, `Type::method`, `<impl Trait for Type>::method`.
    pub name: String,
    /// The return type with its arrow, `-> u32`; empty for the unit type.
    pub return_type: String,
    /// From the first attribute or the visibility to the closing brace.
    pub span: Span,
    /// The body with its braces, in bytes of the file.
    pub body: Range<usize>,
}

/// A range of text; the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first character.
    pub start: LineColumn,
    /// The one after the last.
    pub end: LineColumn,
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LineColumn {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// The kinds of change. The first six are those of cargo-mutants 27, under its names (`genre` in its files);
/// the others are made when they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Operator {
    /// The body becomes a value of the return type.
    FnValue,
    /// A binary operator, or that of an assignment, becomes another.
    BinaryOperator,
    /// A unary operator is deleted.
    UnaryOperator,
    /// An arm of a `match` with a wildcard is deleted.
    MatchArm,
    /// An arm's guard becomes `true` or `false`.
    MatchArmGuard,
    /// A field is deleted from a struct expression with a base.
    StructField,
    /// More: a call whose value is not used is deleted.
    CallDeletion,
    /// More: two arguments of the same kind change places.
    ArgumentSwap,
    /// More: a literal becomes a neighbour of it.
    Constant,
    /// More: a comparison's or a range's boundary moves by one.
    Boundary,
    /// More: a whole body of the unit type is removed, where cargo-mutants would not.
    BodyRemoval,
}
