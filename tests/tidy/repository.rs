//! The repository's text files, read once: what git tracks or would track, and a plain walk where
//! there is no git, as in a released archive.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::{env, fs};

use crate::rust_text::RustText;

/// One text file.
pub(crate) struct File {
    /// Path from the repository's root, with `/`.
    pub(crate) path: String,
    /// Its whole text.
    pub(crate) text: String,
}

/// Every text file, in order of path.
pub(crate) fn files() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
        let root = root();
        let mut paths = tracked(&root).unwrap_or_else(|| walk(&root));
        paths.sort();
        // A file may be deleted and still be in git's index; a file that is no text has no rules.
        let read =
            |path: String| Some(File { text: fs::read_to_string(root.join(&path)).ok()?, path });
        paths.into_iter().filter_map(read).collect()
    });
    &FILES
}

/// Every Rust file that people maintain as part of a program, with its text taken apart.
pub(crate) fn rust_files() -> &'static [(&'static File, RustText)] {
    static RUST: LazyLock<Vec<(&'static File, RustText)>> = LazyLock::new(|| {
        let ours = files().iter().filter(|file| file.path.ends_with(".rs") && !is_data(&file.path));
        ours.map(|file| (file, RustText::new(&file.text))).collect()
    });
    &RUST
}

/// Every package's manifest.
pub(crate) fn manifests() -> impl Iterator<Item = &'static File> {
    let is_manifest = |path: &str| path == "Cargo.toml" || path.ends_with("/Cargo.toml");
    files().iter().filter(move |file| is_manifest(&file.path) && !is_data(&file.path))
}

/// Whether a file is input of a test: it may look as the test needs it.
pub(crate) fn is_data(path: &str) -> bool {
    path.split('/').any(|part| part == "cases" || part == "fixtures")
}

/// Whether a file is code of tests only.
pub(crate) fn is_test(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "tests.rs")
}

fn root() -> PathBuf {
    // cargo sets it to the root package's folder; a bare `rustc --test` is run from there.
    env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from)
}

fn tracked(root: &Path) -> Option<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let output = git.output().ok().filter(|output| output.status.success())?;
    let listing = String::from_utf8(output.stdout).ok()?;
    let paths: Vec<String> =
        listing.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    (!paths.is_empty()).then_some(paths)
}

fn walk(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let path = folder.join(&name);
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && name != "target" && name != ".git" => {
                    folders.push(path);
                }
                Ok(kind) if kind.is_file() => found.push(path.to_string_lossy().into_owned()),
                _ => {}
            }
        }
    }
    found
}
