//! What a symbol of an object stands for: which crate defines it, and how people write it.
//!
//! Only the v0 mangling is read (RFC 2603); rustc is told to use it.

use std::path::Path;

use rustc_demangle::try_demangle;

/// What every symbol that Segue adds starts with.
pub(crate) const PREFIX: &str = "__segue_";
/// What the symbol of a function's shim starts with; its path follows.
pub(crate) const FUNCTION: &str = "__segue_fn_";

/// Crates whose names a live file may not take, and whose items keep the crate in their path.
const SYSTEM_CRATES: &[&str] = &[
    "std",
    "core",
    "alloc",
    "compiler_builtins",
    "hashbrown",
    "proc_macro",
    "test",
    "panic_unwind",
    "panic_abort",
    "unwind",
    "std_detect",
    "rustc_demangle",
    "addr2line",
    "gimli",
    "object",
    "memchr",
    "miniz_oxide",
    "adler2",
    "cfg_if",
    "libc",
];

/// The function or static that `symbol` names, as people write it: `gain`, `voices::tick`,
/// `Voice::tick`. Paths are given within their crate, except those of the standard library's.
/// A symbol that is not Rust's is given back as it is.
pub fn function_path(symbol: &str) -> String {
    if let Some(path) = symbol.strip_prefix(FUNCTION) {
        return path.to_owned();
    }
    let Ok(demangled) = try_demangle(symbol) else { return symbol.to_owned() };
    let path = format!("{demangled:#}");
    let path = match defining_crate(symbol) {
        Some(name) if !SYSTEM_CRATES.contains(&name) => without_crate(&path, name),
        _ => path,
    };
    without_impl_brackets(path)
}

/// `path` without every `name::` that starts a path in it.
fn without_crate(path: &str, name: &str) -> String {
    let prefix = format!("{name}::");
    let mut result = String::with_capacity(path.len());
    let mut rest = path;
    let mut before = ' ';
    while let Some(character) = rest.chars().next() {
        let starts = !(before.is_alphanumeric() || before == '_' || before == ':');
        if starts && rest.starts_with(&prefix) {
            rest = &rest[prefix.len()..];
            // What follows is the middle of a path: `song::song::x` loses one `song` only.
            before = ':';
            continue;
        }
        result.push(character);
        rest = &rest[character.len_utf8()..];
        before = character;
    }
    result
}

/// `<Voice>::tick` and `<Voice as core::default::Default>::default` become `Voice::tick` and
/// `Voice::default`.
fn without_impl_brackets(path: String) -> String {
    let Some(rest) = path.strip_prefix('<') else { return path };
    let mut depth = 1_usize;
    for (at, character) in rest.char_indices() {
        match character {
            '<' => depth += 1,
            '>' if rest[..at].ends_with('-') => {}
            '>' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let inside = &rest[..at];
            let own = inside.split_once(" as ").map_or(inside, |(own, _)| own);
            return format!("{own}{}", &rest[at + 1..]);
        }
    }
    path
}

/// Whether `symbol` is a function of `crate_name` that callers reach through a slot.
pub(crate) fn is_live(symbol: &str, crate_name: &str) -> bool {
    if symbol.starts_with(PREFIX) {
        return true;
    }
    // `.cold`, `.llvm.123`: parts and copies of functions, private to them.
    if symbol.contains('.') || defining_crate(symbol) != Some(crate_name) {
        return false;
    }
    let Ok(demangled) = try_demangle(symbol) else { return false };
    let path = format!("{demangled:#}");
    // Their types depend on the bodies around them, so no two generations need agree on them.
    !["{closure", "{async", "{coroutine", "{gen", "{constant", "{shim"]
        .iter()
        .any(|anonymous| path.contains(anonymous))
}

/// A crate name made from the file's: `my-song.rs` is `my_song`.
pub(crate) fn crate_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut name: String =
        stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let is_taken = SYSTEM_CRATES.contains(&name.as_str())
        || syn::parse_str::<syn::Ident>(&name).is_err()
        || name == "prelude";
    if is_taken {
        name.insert_str(0, "live_");
    }
    name
}

/// The crate that holds the definition `symbol` names, or the impl block around it.
pub(crate) fn defining_crate(symbol: &str) -> Option<&str> {
    let mut rest = symbol.strip_prefix("_R")?;
    loop {
        let tag = rest.chars().next()?;
        rest = &rest[tag.len_utf8()..];
        match tag {
            'C' => return identifier(rest),
            'N' => {
                let namespace = rest.chars().next().filter(char::is_ascii_alphabetic)?;
                rest = &rest[namespace.len_utf8()..];
            }
            'I' => {}
            // The path of the impl block comes first, after its number among its siblings.
            'M' | 'X' => rest = skip_disambiguator(rest)?,
            // `Y`: a trait's own method; its first path is a type. The rest is not v0.
            _ => return None,
        }
    }
}

fn skip_disambiguator(text: &str) -> Option<&str> {
    match text.strip_prefix('s') {
        Some(number) => number.split_once('_').map(|(_, rest)| rest),
        None => Some(text),
    }
}

fn identifier(text: &str) -> Option<&str> {
    let text = skip_disambiguator(text)?;
    let digits = text.find(|character: char| !character.is_ascii_digit())?;
    let length: usize = text[..digits].parse().ok()?;
    // The underscore separates a name that starts with a digit or an underscore.
    let name = text[digits..].strip_prefix('_').unwrap_or(&text[digits..]);
    name.get(..length)
}

#[cfg(test)]
mod tests;
