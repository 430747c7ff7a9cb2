//! Archives made with `ar`, with and without an index.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::error::ErrorKind;
use crate::host::{Definition, Symbols, Want};
use crate::testing::c;

/// An archive of C members in a directory of its own.
fn archive(flags: &str, members: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("libtest.a");
    let mut command = Command::new("ar");
    command.current_dir(&directory).arg(flags).arg(&path);
    for (name, source) in members {
        let object = if source.is_empty() { b"metadata".to_vec() } else { c(source, &[]) };
        std::fs::write(directory.path().join(name), object).unwrap();
        command.arg(name);
    }
    assert!(command.status().unwrap().success());
    (directory, path)
}

fn lookup(path: &Path, name: &str) -> Option<(u32, i64)> {
    let mut symbols = Symbols::of_process().unwrap();
    symbols.archive(path).unwrap();
    match symbols.lookup(name, Want::Address).unwrap() {
        Some(Definition::Member { member, at, .. }) => {
            assert!(!symbols.archives.units(member).blocks.blocks.is_empty());
            Some((member, at))
        }
        _ => None,
    }
}

const FIRST: &str = "int segue_test_a(void) { return 1; } static int hidden_in_a(void) { return 5; } \
    int segue_test_use(void) { return hidden_in_a(); }";
const SECOND: &str = "int segue_test_a(void) { return 2; } int segue_test_b[2] = {1, 2};";

#[test]
fn members_are_found_with_and_without_an_index() {
    for flags in ["rcs", "rcS"] {
        let (_directory, path) =
            archive(flags, &[("lib.rmeta", ""), ("a.o", FIRST), ("b.o", SECOND)]);
        assert_eq!(lookup(&path, "segue_test_a"), Some((0, 0)), "{flags}");
        assert_eq!(lookup(&path, "segue_test_b"), Some((0, 0)), "{flags}");
        assert_eq!(lookup(&path, "hidden_in_a"), None, "local names are the member's own");
        assert_eq!(lookup(&path, "nobody_has_this"), None);
    }
}

#[test]
fn a_member_is_parsed_once() {
    let (_directory, path) = archive("rcs", &[("a.o", FIRST)]);
    let mut symbols = Symbols::of_process().unwrap();
    symbols.archive(&path).unwrap();
    for name in ["segue_test_a", "segue_test_use", "segue_test_a"] {
        let found = symbols.lookup(name, Want::Address).unwrap();
        assert!(matches!(found, Some(Definition::Member { member: 0, .. })), "{name}");
    }
}

#[test]
fn files_that_are_no_archives_are_refused_by_name() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("not.a");
    let mut symbols = Symbols::of_process().unwrap();
    let missing = symbols.archive(&path).unwrap_err();
    std::fs::write(&path, "!<arsh>\nnothing").unwrap();
    let wrong = symbols.archive(&path).unwrap_err();
    for error in [missing, wrong] {
        assert_eq!(error.kind(), ErrorKind::File);
        assert!(error.to_string().contains("not.a"), "{error}");
    }
}
