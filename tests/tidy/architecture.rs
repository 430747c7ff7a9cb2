//! Rules about ARCHITECTURE.md: it names every folder of the first two levels that holds Rust
//! files, and its section on unsafe lists exactly the files that contain some.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::rust_text::is_word;

#[cfg(test)]
mod tests;

/// The file that the rules are about.
pub(crate) const FILE: &str = "ARCHITECTURE.md";

/// Every folder is named by its path from the root, with a slash at the end: `loader/src/`.
pub(crate) fn names_folders(architecture: &str, rust_paths: &[&str]) -> Vec<Finding> {
    let mut folders = BTreeSet::new();
    for path in rust_paths {
        let slashes = path.match_indices('/').take(2);
        folders.extend(slashes.map(|(at, _)| &path[..=at]));
    }
    let unnamed = folders.into_iter().filter(|folder| !is_named(architecture, folder));
    let message =
        |folder: &str| format!("name `{folder}` in the code map and say what lives there");
    unnamed.map(|folder| Finding::new(FILE, 1, message(folder))).collect()
}

fn is_named(architecture: &str, folder: &str) -> bool {
    architecture.match_indices(folder).any(|(at, _)| {
        let before = architecture[..at].chars().next_back();
        before.is_none_or(|c| !is_path(c))
    })
}

fn is_path(c: char) -> bool {
    is_word(c) || matches!(c, '/' | '.' | '-')
}

/// Compares the section on unsafe with the sources: each is a path and the line of its first
/// unsafe code, if it has any.
pub(crate) fn lists_unsafe(architecture: &str, sources: &[(&str, Option<usize>)]) -> Vec<Finding> {
    let Some((start, section)) = unsafe_section(architecture) else {
        let message = "write a section whose heading says `unsafe`: the path of every file that contains some, and why";
        return vec![Finding::new(FILE, 1, message)];
    };
    let mut findings = Vec::new();
    let mut listed = BTreeSet::new();
    for (index, line) in section.lines().enumerate() {
        let paths =
            line.split(|c| !is_path(c)).filter(|it| it.ends_with(".rs") && it.contains('/'));
        for path in paths {
            listed.insert(path);
            let message = match sources.iter().find(|(source, _)| *source == path) {
                Some((_, Some(_))) => continue,
                Some((_, None)) => format!("{path} contains no unsafe code: take it off the list"),
                None => format!(
                    "{path} does not exist: take it off the list, or say its path from the root"
                ),
            };
            findings.push(Finding::new(FILE, start + index, message));
        }
    }
    for (path, line) in sources {
        if let Some(line) = line.filter(|_| !listed.contains(path)) {
            let message = format!(
                "unsafe code: list {path} in {FILE}'s section on unsafe and say why it is needed"
            );
            findings.push(Finding::new(path, line, message));
        }
    }
    findings
}

/// The section whose heading says `unsafe`, up to the next heading of its level or above, and the
/// number of its first line.
fn unsafe_section(architecture: &str) -> Option<(usize, &str)> {
    let mut open: Option<(usize, usize, usize)> = None;
    let mut is_fenced = false;
    let mut at = 0;
    for (index, line) in architecture.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        is_fenced ^= line.trim_start().starts_with("```");
        let level = line.chars().take_while(|c| *c == '#').count();
        if is_fenced || level == 0 {
            continue;
        }
        match open {
            Some((from, number, opened)) if level <= opened => {
                return Some((number, &architecture[from..start]));
            }
            None if line.to_lowercase().contains("unsafe") => {
                open = Some((start, index + 1, level))
            }
            _ => {}
        }
    }
    open.map(|(from, number, _)| (number, &architecture[from..]))
}
