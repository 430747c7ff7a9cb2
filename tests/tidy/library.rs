//! The library that the jit's programs see is compared with the real one by programs: there is one that calls each function of it,
//! by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;

/// What no program calls, and why it is there.
const HOOKS: &[(&str, &[&str])] = &[
    (
        "rustc and rust-analyzer put the calls there",
        &[
            "_eprint",
            "_print",
            "assert_failed",
            "drop_in_place",
            "from_array",
            "from_elem",
            "from_output",
            "from_residual",
            "from_str_nonconst",
            "from_usize",
            "panic_assertion",
            "panic_display",
            "panic_fmt",
            "panic_str",
            "write_fmt",
        ],
    ),
    (
        "other parts of the library call it, as in the real one",
        &[
            "backward_checked",
            "cold_path",
            "end_of",
            "find_back",
            "find_in",
            "forward_checked",
            "inclusive_next",
            "inclusive_next_back",
            "is_in_bounds",
            "is_overlapping",
            "must_use",
            "prefix_of",
            "range_next",
            "range_next_back",
            "raw_get",
            "steps_between",
            "successor",
            "suffix_of",
        ],
    ),
    ("it ends the process", &["handle_alloc_error"]),
    ("its text is left open by Rust, and refused", &["type_name", "type_name_of_val"]),
    (
        "the real one deprecates it, or has not settled it",
        &["cause", "description", "is_borrowed", "is_owned"],
    ),
];

/// Functions of the library (path and text) that no program (texts) names, and what is listed above without need.
pub(crate) fn called(library: &[(&str, &str)], programs: &[&str]) -> Vec<Finding> {
    let words: BTreeSet<&str> = programs.iter().flat_map(|text| words(text)).collect();
    let mut functions: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for (path, text) in library {
        for (name, line) in public_functions(text) {
            functions.entry(name).or_insert((path, line));
        }
    }
    let is_hook = |name: &str| HOOKS.iter().any(|(_, names)| names.contains(&name));
    let uncalled = functions.iter().filter(|(name, _)| !words.contains(*name) && !is_hook(name));
    let uncalled = uncalled.map(|(name, (path, line))| {
        let message = format!("no program calls `{name}`: write one in tests/cases/rust/library");
        Finding::new(path, *line, message)
    });
    let listed = HOOKS.iter().flat_map(|(_, names)| *names);
    let stale = listed.filter(|name| !functions.contains_key(**name));
    let stale = stale.map(|name| {
        Finding::new(
            "tests/tidy/library.rs",
            1,
            format!("`{name}` is in no library: take it off the list"),
        )
    });
    uncalled.chain(stale).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Names of functions that are public, or those of a public trait; with their lines.
fn public_functions(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut in_trait = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        if !line.starts_with(' ') {
            let is_trait = ["pub trait ", "pub unsafe trait ", "pub const trait "];
            in_trait =
                is_trait.iter().any(|start| line.starts_with(start)) || (in_trait && line != "}");
        }
        let code = line.trim_start();
        if code.starts_with("//") {
            return None;
        }
        let (before, after) = code.split_once("fn ")?;
        let is_head = before.split_whitespace().all(|word| {
            matches!(word, "pub" | "const" | "unsafe" | "extern" | "\"C\"" | "\"rust-call\"")
        });
        let is_public = before.starts_with("pub ") || in_trait;
        let name = after.split(['(', '<']).next().unwrap_or_default().trim();
        // Names that a macro is given stand with its calls.
        (is_head && is_public && !name.starts_with('$')).then_some((name, at + 1))
    })
}

#[cfg(test)]
mod tests;
