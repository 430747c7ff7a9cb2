//! Examples as the documentation's pages have them: each has a link to a playground, and the link has its whole text,
//! with the lines that the page does not show.

use std::{collections::BTreeSet, path::Path};

/// One example that can be run.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// Its page below the documentation's folder, what it stands below there, and which of those it is:
    /// `core/option/enum.Option.html#method.expect 2`
    pub(crate) name: String,
    pub(crate) text: String,
    /// Whether it ends in a panic.
    pub(crate) panics: bool,
}

impl Example {
    /// `core/option`; a primitive type's page is a module.
    pub(crate) fn module(&self) -> &str {
        let page = self.name.split(".html").next().unwrap_or(&self.name);
        let (folder, file) = page.rsplit_once('/').unwrap_or(("", page));
        if file.starts_with("primitive.") { page } else { folder }
    }
}

/// What is read: all of `core` and `alloc`, and what only `std` has of the jit's library.
const ROOTS: &[&str] = &["alloc", "core", "std/collections", "std/hash"];

/// Folders that are left out.
const FOLDERS: &[(&str, &[&str])] = &[
    ("one processor's, or of its vectors", &["arch", "core_arch", "core_simd", "simd"]),
    (
        "rustc's own, or not stable",
        &["autodiff", "bstr", "contracts", "field", "from", "intrinsics"],
    ),
    ("the same", &["async_iter", "f128", "f16", "pat", "profiling", "random", "unsafe_binder"]),
    ("an executor's", &["future", "task"]),
    ("an operating system's", &["net", "os"]),
    ("not in the jit's library", &["linked_list"]),
];

/// Pages that repeat, for one integer type more, what the page of another says.
const REPEATED: &[&str] = &["i8", "i16", "i128", "isize", "u16", "u64", "u128", "usize"];
const REPEATED_ATOMICS: &[&str] = &["I8", "I16", "I64", "Isize", "U8", "U16", "U64", "Usize"];

/// What an example that the jit is not asked for has in its text.
const NEEDS: &[(&str, &[&str])] = &[
    ("a toolchain that is not stable", &["#![feature", "unsafe extern"]),
    (
        "an operating system",
        &["std::env", "std::fs", "std::io", "std::net", "std::os", "std::path"],
    ),
    ("the same", &["std::process", "std::thread", "time::Instant", "time::SystemTime"]),
    ("threads", &["sync::Barrier", "sync::Condvar", "sync::LazyLock", "sync::Mutex", "sync::Once"]),
    ("the same", &["sync::RwLock", "sync::mpsc"]),
    ("an executor", &["async"]),
    ("an assembler, another crate", &["asm!", "extern crate"]),
];

/// The examples of all pages, in the pages' order; each text once.
pub(crate) fn examples(documentation: &Path) -> Vec<Example> {
    let mut files = Vec::new();
    for root in ROOTS {
        list(&documentation.join(root), &mut files);
    }
    let mut seen = BTreeSet::new();
    let mut examples = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("the documentation can be read");
        let page = file.strip_prefix(documentation).expect("it stands below");
        let found = of_page(&page.to_string_lossy(), &text);
        examples.extend(found.into_iter().filter(|it| seen.insert(it.text.clone())));
    }
    examples
}

/// The pages in a folder and those below it, in order.
fn list(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("the documentation can be read");
    let mut entries: Vec<_> =
        entries.map(|it| it.expect("the documentation can be read").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if FOLDERS.iter().all(|(_, folders)| !folders.contains(&name.as_str())) {
                list(&path, files);
            }
        } else if name.ends_with(".html") && !is_repeated(&path.to_string_lossy()) {
            files.push(path);
        }
    }
}

fn is_repeated(path: &str) -> bool {
    let of = |(before, after): (&str, &str), types: &[&str]| {
        let rest = path.rsplit_once(before).map(|(_, rest)| rest);
        rest.is_some_and(|rest| types.iter().any(|it| rest == format!("{it}{after}")))
    };
    let is_integer = path.rsplit('/').nth(1).is_some_and(|it| {
        // The deprecated modules of the integer types.
        REPEATED.contains(&it) || ["i32", "u32", "u8"].contains(&it)
    });
    is_integer
        || of(("/primitive.", ".html"), REPEATED)
        || of(("/struct.Atomic", ".html"), REPEATED_ATOMICS)
}

/// The examples of one page that can be run.
fn of_page(page: &str, text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let (mut item, mut class, mut number) = ("", "", 0);
    for tag in text.split('<') {
        if let Some(found) = attribute(tag, "section ", "id=\"")
            && found.contains('.')
        {
            (item, number) = (found, 0);
        } else if let Some(found) = attribute(tag, "div class=\"example-wrap", "example-wrap") {
            class = found.trim();
        } else if let Some(code) =
            attribute(tag, "a class=\"test-arrow", "href=\"https://play.rust-lang.org/?code=")
        {
            number += 1;
            let name = format!("{page}#{item} {number}");
            let text = decoded(code.split("&amp;").next().unwrap_or(code));
            let is_asked = NEEDS.iter().all(|(_, needs)| needs.iter().all(|it| !text.contains(it)));
            if is_asked && text.contains("fn main()") && ["", "should_panic"].contains(&class) {
                examples.push(Example { name, text, panics: class == "should_panic" });
            }
        }
    }
    examples
}

/// What stands between `before` and the next quotation mark, in a tag that begins with `start`.
fn attribute<'a>(tag: &'a str, start: &str, before: &str) -> Option<&'a str> {
    let (_, rest) = tag.strip_prefix(start).and(tag.split_once(before))?;
    rest.split('"').next()
}

/// The text of a link's value: `+` is a space there, and `%0A` a byte.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let digits = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let byte = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (b'+', _) => bytes.push(b' '),
            (other, _) => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
