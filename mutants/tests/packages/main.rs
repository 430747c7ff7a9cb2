//! Whole packages, kept as data in `tests/cases/mutants/`, from their files to the verdicts: mutants that need builds of their own.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod alone;
mod interrupted;
mod narrow;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A copy of a case, in a folder of its own: its root, below the folder.
fn case(name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap().join("package");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/mutants").join(name), &root);
    (folder, root)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).unwrap();
        }
    }
}
