//! Which mutant is to blame for each of rustc's errors.
//!
//! An error's places are looked up in the text that was compiled: first those that it is about, then the others that it
//! mentions, each with the macro calls around it. What no mutant can be blamed for falls on the function that it is in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::cargo::{Diagnostic, DiagnosticSpan};
use crate::instrument::{Mark, Spliced};

/// What an error says of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Blame {
    /// These belong to it.
    Marks(Vec<Mark>),
    /// A function of this name is called where a constant is computed.
    NotConst(String),
    /// Nothing of ours.
    Nobody,
}

/// The lint that a computation at compile time takes long; without our cap it ends the compiler, with it nothing does.
pub(super) const ENDLESS: &str = "long_running_const_eval";

/// Lints that deny by default: without the cap they are errors, and cargo-mutants calls such a mutant unviable, too. The
/// wrapper has rustc tell them, whatever else it keeps to itself.
pub(super) const DENIED: [&str; 17] = [
    "ambiguous_associated_items",
    "arithmetic_overflow",
    "bindings_with_variant_name",
    "enum_intrinsics_non_enums",
    "explicit_builtin_cfgs_in_flags",
    "invalid_atomic_ordering",
    "invalid_from_utf8_unchecked",
    "invalid_reference_casting",
    "let_underscore_lock",
    ENDLESS,
    "mutable_transmutes",
    "overflowing_literals",
    "text_direction_codepoint_in_literal",
    "unconditional_panic",
    "undropped_manually_drops",
    "unknown_crate_types",
    "useless_deprecated",
];

/// Whether it says that something is rejected: an error, or a lint that only our cap made a warning.
pub(super) fn is_rejection(diagnostic: &Diagnostic) -> bool {
    let code = diagnostic.code.as_ref().map_or("", |code| code.code.as_str());
    let is_summary = code.is_empty() && diagnostic.spans.is_empty();
    match diagnostic.level.as_str() {
        "error" | "error: internal compiler error" => !is_summary,
        "warning" => DENIED.contains(&code),
        _ => false,
    }
}

/// Whom an error belongs to.
pub(super) fn blame(
    diagnostic: &Diagnostic,
    texts: &BTreeMap<PathBuf, Spliced>,
    tree: &Path,
) -> Blame {
    let primary: Vec<_> = diagnostic.spans.iter().filter(|span| span.is_primary).collect();
    let marks = owners(&primary, texts, tree);
    let is_mutant = |mark: &Mark| matches!(mark, Mark::Mutant(_));
    if marks.iter().any(is_mutant) {
        return Blame::Marks(marks.into_iter().filter(is_mutant).collect());
    }
    if diagnostic.code.as_ref().is_some_and(|code| code.code == "E0015")
        && let Some(name) = called(&diagnostic.message)
    {
        return Blame::NotConst(name);
    }
    let children = diagnostic.children.iter().flat_map(|child| &child.spans);
    let others: Vec<_> =
        diagnostic.spans.iter().filter(|span| !span.is_primary).chain(children).collect();
    let mentioned: Vec<_> = owners(&others, texts, tree).into_iter().filter(is_mutant).collect();
    if !mentioned.is_empty() {
        return Blame::Marks(mentioned);
    }
    if marks.is_empty() { Blame::Nobody } else { Blame::Marks(marks) }
}

/// Whom the first place of an error belongs to.
pub(super) fn owner(
    diagnostic: &Diagnostic,
    texts: &BTreeMap<PathBuf, Spliced>,
    tree: &Path,
) -> Option<Mark> {
    let primary = diagnostic.spans.iter().filter(|span| span.is_primary);
    primary.filter_map(|span| owner_of_span(span, texts, tree)).next()
}

/// ``cannot call non-const associated function `Type::<T>::name` in constants``: the last name.
fn called(message: &str) -> Option<String> {
    let path = message.split('`').nth(1)?;
    let path = path.split_once('(').map_or(path, |(path, _)| path);
    let mut last = path.trim_end_matches('>');
    if last.len() < path.len() {
        last = last.rsplit_once("::<").map_or(last, |(before, _)| before);
    }
    let name = last.rsplit("::").next()?.trim();
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_owned())
}

fn owners(spans: &[&DiagnosticSpan], texts: &BTreeMap<PathBuf, Spliced>, tree: &Path) -> Vec<Mark> {
    let mut marks: Vec<_> =
        spans.iter().filter_map(|span| owner_of_span(span, texts, tree)).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// The owner of a place, or of the macro call that it came from: a mutant before a function.
fn owner_of_span(
    span: &DiagnosticSpan,
    texts: &BTreeMap<PathBuf, Spliced>,
    tree: &Path,
) -> Option<Mark> {
    let mut found = None;
    let mut at = Some(span);
    while let Some(span) = at {
        let path = span.file_name.strip_prefix(tree).unwrap_or(&span.file_name);
        let owner = texts.get(path).and_then(|text| text.owner(&(span.byte_start..span.byte_end)));
        match owner {
            Some(Mark::Mutant(_)) => return owner,
            Some(Mark::Function(_)) if found.is_none() => found = owner,
            _ => {}
        }
        at = span.expansion.as_ref().map(|expansion| &expansion.span);
    }
    found
}

#[cfg(test)]
mod tests;
