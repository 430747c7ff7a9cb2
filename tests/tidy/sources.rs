//! Rules about Rust sources: documentation at the top, sizes, tests that hide nothing, layering,
//! and where `unsafe` stands.

use crate::finding::Finding;
use crate::repository::is_test;
use crate::rust_text::{RustText, Word, words};

#[cfg(test)]
mod tests;

/// Lines of code in one file, comments and empty lines not counted.
const FILE_CODE_LINES: usize = 500;
/// Lines in one file, everything counted.
const FILE_LINES: usize = 600;
/// Lines of one function. The aim is 70; beyond this it is two functions.
const FUNCTION_LINES: usize = 80;

/// Lines between an atomic access and the comment that names its pair.
const PAIR_DISTANCE: usize = 8;

/// Modules that must stay small enough to prove: the protocol of a swap.
pub(crate) const PROVABLE_MODULES: [&str; 3] =
    ["runtime/src/epoch", "runtime/src/slot", "runtime/src/table"];

/// Which of our packages a package's sources may mention, by folder. Dependencies follow the same
/// table (`manifest.rs`). The folders that are not here, tests and benches of the root package
/// among them, may use everything.
pub(crate) const LAYERS: [(&str, &[&str]); 7] = [
    ("loader/fuzz/", &["segue-loader"]),
    ("loader/", &[]),
    ("compiler/", &[]),
    ("runtime/", &["segue-loader", "segue-compiler"]),
    ("audio-demo/", &["segue-runtime"]),
    ("mutants/", &[]),
    ("src/", &["segue-runtime", "segue-audio-demo", "segue-mutants"]),
];

/// Our packages, as the names that one package can depend on.
pub(crate) const PACKAGES: [&str; 5] =
    ["segue-loader", "segue-compiler", "segue-runtime", "segue-audio-demo", "segue-mutants"];

/// Every file opens with `//!`; songs are their author's.
pub(crate) fn opens_with_docs(path: &str, text: &RustText) -> Vec<Finding> {
    let is_song = path.split('/').any(|part| part == "songs");
    if is_song || text.text.starts_with("//!") {
        return Vec::new();
    }
    let message =
        "open the file with `//!`: what it is for, in two to ten lines, and which phase it serves";
    vec![Finding::new(path, 1, message)]
}

/// Files and functions that grow are two ideas.
pub(crate) fn stays_small(path: &str, text: &RustText) -> Vec<Finding> {
    let mut findings = Vec::new();
    let total = text.text.lines().count();
    let code = text.code_lines().filter(|line| !line.trim().is_empty()).count();
    if code > FILE_CODE_LINES || total > FILE_LINES {
        let message = format!(
            "{code} lines of code, {total} in all (limits {FILE_CODE_LINES} and {FILE_LINES}): split the file, it is two ideas"
        );
        findings.push(Finding::new(path, total, message));
    }
    for word in text.words().filter(|word| word.text == "fn") {
        // A type such as `fn(f32)` has no name and no body.
        let name: String = word.rest.chars().take_while(|c| *c != '(' && *c != '<').collect();
        let lines = body_lines(word.rest);
        if !name.is_empty() && lines > FUNCTION_LINES {
            let message = format!(
                "`fn {name}` has {lines} lines (limit {FUNCTION_LINES}, aim 70): give its parts names of their own"
            );
            findings.push(Finding::new(path, word.line, message));
        }
    }
    findings
}

/// Lines from a function's name to the end of its body; 0 for a declaration without body.
fn body_lines(from_name: &str) -> usize {
    let mut braces = 0;
    let mut brackets = 0;
    for (at, c) in from_name.char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if braces == 0 && brackets == 0 => return 0,
            '{' => braces += 1,
            '}' => {
                braces -= 1;
                if braces <= 0 {
                    return from_name[..at].matches('\n').count() + 1;
                }
            }
            _ => {}
        }
    }
    0
}

/// Tests of `foo.rs` live in `foo/tests.rs`.
pub(crate) fn no_inline_test_module(path: &str, text: &RustText) -> Vec<Finding> {
    let mut findings = Vec::new();
    for word in text.words().filter(|word| word.text == "cfg") {
        let Some((condition, mut rest)) = word.rest.split_once(']') else { continue };
        let mut conditions = words(condition);
        if !word.rest.starts_with('(') || !conditions.any(|word| word.text == "test") {
            continue;
        }
        while let Some(attribute) = rest.trim_start().strip_prefix("#[") {
            rest = attribute.split_once(']').map_or("", |(_, rest)| rest);
        }
        let mut following = words(rest.trim_start());
        let is_module = rest.trim_start().starts_with("mod ") && following.next().is_some();
        if is_module && following.next().is_some_and(|name| name.rest.starts_with('{')) {
            let message = "move these tests to a file of their own: `foo.rs` has `mod tests;` and `foo/tests.rs`";
            findings.push(Finding::new(path, word.line, message));
        }
    }
    findings
}

/// A test that does not run says nothing.
pub(crate) fn no_ignored_test(path: &str, text: &RustText) -> Vec<Finding> {
    let is_attribute = |line: &str| line.contains("#[ignore") || line.contains("#![ignore");
    let ignored = text.code_lines().enumerate().filter(|(_, line)| is_attribute(line));
    let message = "run this test or remove it: `#[ignore]` hides what it would say";
    ignored.map(|(index, _)| Finding::new(path, index + 1, message)).collect()
}

/// Tests wait for what they need, not for a while.
pub(crate) fn no_sleeping_test(path: &str, text: &RustText) -> Vec<Finding> {
    if !is_test(path) {
        return Vec::new();
    }
    let sleeps = text.words().filter(|word| word.text == "sleep" && word.rest.starts_with('('));
    let message = "wait for the event itself (a channel, a barrier, a condition), do not sleep";
    sleeps.map(|word| Finding::new(path, word.line, message)).collect()
}

/// Markers of unfinished work belong in the issue tracker.
pub(crate) fn no_unfinished_marker(path: &str, text: &RustText) -> Vec<Finding> {
    let markers = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let marked = words(&text.text).filter(|word| markers.contains(&word.text));
    let message = |word: Word<'_>| {
        let message =
            format!("`{}`: finish it, or open an issue and say the limit in prose", word.text);
        Finding::new(path, word.line, message)
    };
    marked.map(message).collect()
}

/// All atomics of the runtime go through one `sync.rs`, which switches to loom's.
pub(crate) fn atomics_through_sync(path: &str, text: &RustText) -> Vec<Finding> {
    let is_checked = path.starts_with("runtime/src/") && path != "runtime/src/sync.rs";
    if !is_checked || is_test(path) {
        return Vec::new();
    }
    let from_std =
        |word: &Word<'_>| matches!(word.text, "std" | "core") && leads_to_atomic(word.rest);
    let message = "take the atomic from `crate::sync`, so that loom can model it";
    text.words().filter(from_std).map(|word| Finding::new(path, word.line, message)).collect()
}

/// Whether a path, given from behind `std`, names something that loom has to know.
fn leads_to_atomic(rest: &str) -> bool {
    let statement = rest.split(';').next().unwrap_or_default();
    let path: String = statement.chars().filter(|c| !c.is_whitespace()).collect();
    match path.strip_prefix("::sync::atomic::") {
        // Neither has an effect at run time that a model could miss.
        Some(item) => !item.starts_with("compiler_fence") && !item.starts_with("Ordering"),
        None => {
            let is_group = path.starts_with("::sync::{") || path.starts_with("::{");
            is_group && words(&path).any(|word| word.text == "atomic")
        }
    }
}

/// Every access with an ordering stronger than relaxed names the access it pairs with, on its line
/// or in a comment shortly above.
pub(crate) fn orderings_name_their_pair(path: &str, text: &RustText) -> Vec<Finding> {
    if is_test(path) || path.starts_with("benches/") {
        return Vec::new();
    }
    let comments: Vec<String> = text.comments.lines().map(str::to_lowercase).collect();
    let is_strong = |line: &str| {
        let strong = ["Acquire", "Release", "AcqRel", "SeqCst"];
        words(line).any(|word| strong.contains(&word.text))
            && !line.trim_start().starts_with("use ")
    };
    let unnamed = text.code_lines().enumerate().filter(|(index, line)| {
        let near = &comments[index.saturating_sub(PAIR_DISTANCE)..=*index];
        is_strong(line) && !near.iter().any(|comment| comment.contains("pair"))
    });
    let message = "say in a comment above which access this ordering pairs with";
    unnamed.map(|(index, _)| Finding::new(path, index + 1, message)).collect()
}

/// Sources mention only the packages below their own.
pub(crate) fn layering(path: &str, text: &RustText) -> Vec<Finding> {
    let Some((folder, allowed)) = LAYERS.iter().find(|(folder, _)| path.starts_with(folder)) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for package in PACKAGES {
        let is_own = package.strip_prefix("segue-") == Some(folder.trim_end_matches('/'));
        if is_own || allowed.contains(&package) {
            continue;
        }
        let message =
            format!("`{folder}` stands below or beside {package} and must not mention it");
        // Where a package may use none of ours, its comments have nothing to say of them either.
        let text = if allowed.is_empty() { &text.text } else { &text.code };
        findings.extend(mentions(text, package).map(|line| Finding::new(path, line, &*message)));
    }
    findings
}

/// The modules that must stay small enough to prove mention neither loader nor compiler.
pub(crate) fn provable_modules(path: &str, text: &RustText) -> Vec<Finding> {
    if !PROVABLE_MODULES.iter().any(|module| is_module(path, module)) || is_test(path) {
        return Vec::new();
    }
    let packages = ["segue-loader", "segue-compiler"];
    let lines = packages.iter().flat_map(|package| mentions(&text.text, package));
    let message = "epoch, slot and table know words and addresses only: keep loader and compiler out, so that the protocol stays small enough to prove";
    lines.map(|line| Finding::new(path, line, message)).collect()
}

/// Whether a file belongs to a module given by its path without `.rs`.
pub(crate) fn is_module(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

/// Lines that name a package, as a package or as a crate.
fn mentions(text: &str, package: &str) -> impl Iterator<Item = usize> {
    let crate_name = package.replace('-', "_");
    let named = words(text).filter(move |word| word.text == crate_name).map(|word| word.line);
    let lines = text.lines().enumerate().filter(move |(_, line)| line.contains(package));
    named.chain(lines.map(|(index, _)| index + 1))
}

/// The first line with an unsafe block, function, implementation, trait or foreign block.
/// A function pointer's type and an attribute such as `#[unsafe(no_mangle)]` do nothing unsafe.
pub(crate) fn first_unsafe(text: &RustText) -> Option<usize> {
    text.words().find(|word| word.text == "unsafe" && opens_unsafe_code(word.rest)).map(|w| w.line)
}

fn opens_unsafe_code(rest: &str) -> bool {
    let Some(keyword) = words(rest).next().filter(|_| !rest.starts_with(['{', '('])) else {
        return rest.starts_with('{');
    };
    match keyword.text {
        "impl" | "trait" => true,
        "fn" => !keyword.rest.starts_with('('),
        "extern" => {
            let after_abi = keyword.rest.trim_start_matches(['"', ' ', '\n']);
            after_abi.starts_with('{') || after_abi.strip_prefix("fn").is_some_and(names_function)
        }
        _ => false,
    }
}

fn names_function(after_fn: &str) -> bool {
    !after_fn.trim_start().starts_with('(')
}
