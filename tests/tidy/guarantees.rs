//! Rules about `docs/guarantees/`: every test, model and file that a page names is there, and every
//! page stands in the index, so that a promise cannot outlive what holds it.

use crate::finding::Finding;
use crate::rust_text::{RustText, is_word};

#[cfg(test)]
mod tests;

/// The folder of the pages.
const FOLDER: &str = "docs/guarantees/";
/// The page that lists the others.
pub(crate) const INDEX: &str = "docs/guarantees/README.md";

/// Whether this is one of the pages.
pub(crate) fn is_page(path: &str) -> bool {
    path.starts_with(FOLDER) && path.ends_with(".md")
}

/// The names of all functions of a file: tests and models are among them.
pub(crate) fn functions(text: &RustText) -> Vec<String> {
    let mut names = Vec::new();
    let mut words = text.words().peekable();
    while let Some(word) = words.next() {
        if word.text == "fn"
            && let Some(name) = words.peek()
        {
            names.push(name.text.to_owned());
        }
    }
    names
}

/// Words in backquotes that look like a test or a file and are none.
pub(crate) fn names_what_exists(
    page: &str,
    text: &str,
    functions: &[String],
    files: &[&str],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for span in line.split('`').skip(1).step_by(2) {
            let (file, test) = split(span);
            if file.is_some_and(|file| !is_there(file, files)) {
                let message = format!("`{span}` names a file that is not there");
                findings.push(Finding::new(page, index + 1, message));
            }
            if test.is_some_and(|test| !functions.iter().any(|name| is_meant(test, name))) {
                let message = format!("`{span}` names a test that is not there");
                findings.push(Finding::new(page, index + 1, message));
            }
        }
    }
    findings
}

/// A span's path and its test: `tests/end_to_end/swaps.rs`, `swaps::a_long_name`, or both.
fn split(span: &str) -> (Option<&str>, Option<&str>) {
    let is_path = |it: &&str| {
        !it.starts_with('/')
            && !it.contains(|c: char| c.is_whitespace() || c == '*')
            && (it.ends_with(".rs") || (it.contains('/') && it.ends_with('/')))
    };
    let file = span.split("::").next().filter(is_path);
    let last = span.rsplit("::").next().unwrap_or(span);
    (file, Some(last).filter(|last| is_test_name(last)))
}

/// Tests have names that are sentences. `…` stands for the rest of one.
fn is_test_name(word: &str) -> bool {
    let fits = word.chars().all(|c| (is_word(c) && !c.is_uppercase()) || c == '…');
    fits && (word.starts_with("loom_") || word.matches('_').count() >= 3)
}

fn is_meant(word: &str, name: &str) -> bool {
    match word.split_once('…') {
        None => word == name,
        Some((start, end)) => {
            name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        }
    }
}

/// Whether a path, or the end of one, is that of a file or of its folder.
fn is_there(path: &str, files: &[&str]) -> bool {
    let path = path.trim_start_matches("../");
    files.iter().any(|file| {
        let mut starts = file.match_indices('/').map(|(at, _)| at + 1).chain([0]);
        starts.any(|start| {
            let rest = &file[start..];
            rest == path || (path.ends_with('/') && rest.starts_with(path))
        })
    })
}

/// Pages that the index does not link to.
pub(crate) fn lists_every_page(index: &str, pages: &[&str]) -> Vec<Finding> {
    let unlisted = pages.iter().filter(|page| {
        let name = page.strip_prefix(FOLDER).unwrap_or(page);
        **page != INDEX && !index.contains(&format!("({name})"))
    });
    unlisted.map(|page| Finding::new(page, 1, format!("link to this page from {INDEX}"))).collect()
}
