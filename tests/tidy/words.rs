//! Rules about words: the field's own names, which the project's design fixes, and no path of one
//! machine. Only words that have no other use here are checked.

use crate::finding::Finding;
use crate::rust_text::{RustText, is_word};

#[cfg(test)]
mod tests;

/// Parts of names, and what to say instead.
const NAME_PARTS: [(&str, &str); 8] = [
    ("trampoline", "stub"),
    ("thunk", "stub"),
    ("veneer", "stub"),
    ("hotpatch", "swap"),
    ("reload", "swap"),
    ("manager", "the name of what it does"),
    ("helper", "the name of what it does"),
    ("util", "the name of what it does"),
];

/// Words of documentation, and what to say instead.
const DOC_WORDS: [(&str, &str); 8] = [
    ("trampoline", "stub"),
    ("thunk", "stub"),
    ("veneer", "stub"),
    ("hot-patch", "swap"),
    ("hotpatch", "swap"),
    ("hot patch", "swap"),
    ("garbage-collect", "reclaim"),
    ("garbage collect", "reclaim"),
];

/// Folders in which a path is true on one machine only.
const MACHINE_FOLDERS: [&str; 3] =
    [concat!("/", "home/"), concat!("/", "root/"), concat!("/", "work/")];

/// Names of types, functions and values.
pub(crate) fn names(path: &str, text: &RustText) -> Vec<Finding> {
    let mut findings = Vec::new();
    for word in text.words() {
        let parts = name_parts(word.text);
        let joined = parts.join("-").replace("hot-patch", "hotpatch");
        for (forbidden, instead) in NAME_PARTS {
            let is_it = |part: &str| part == forbidden || part.strip_suffix('s') == Some(forbidden);
            if joined.split('-').any(is_it) {
                let message = format!("`{}`: not `{forbidden}`, say {instead}", word.text);
                findings.push(Finding::new(path, word.line, message));
            }
        }
    }
    findings
}

/// Documentation comments.
pub(crate) fn docs(path: &str, text: &RustText) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.comments.lines().enumerate() {
        let comment = line.trim_start().to_lowercase();
        if !comment.starts_with("///") && !comment.starts_with("//!") {
            continue;
        }
        for (forbidden, instead) in DOC_WORDS {
            if comment.contains(forbidden) {
                let message = format!("not \"{forbidden}\", say {instead}");
                findings.push(Finding::new(path, index + 1, message));
            }
        }
    }
    findings
}

/// Absolute paths into somebody's home, in any text.
pub(crate) fn machine_paths(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        // `src/work/` and `$HOME/work/` are relative to something that every machine has.
        let is_absolute = |at: usize| {
            let before = line[..at].chars().next_back();
            before.is_none_or(|c| !is_word(c) && !"./~-)}*".contains(c))
        };
        for folder in MACHINE_FOLDERS {
            if line.match_indices(folder).any(|(at, _)| is_absolute(at)) {
                let message = format!(
                    "`{folder}` is a path of one machine: say it relative to the repository"
                );
                findings.push(Finding::new(path, index + 1, message));
            }
        }
    }
    findings
}

/// The parts of a name in `snake_case` or `CamelCase`, in lower case.
fn name_parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut last = '_';
    for c in name.chars() {
        let starts_part = c == '_' || (c.is_uppercase() && !last.is_uppercase());
        if starts_part && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut().filter(|_| c != '_') {
            part.extend(c.to_lowercase());
        }
        last = c;
    }
    parts
}
