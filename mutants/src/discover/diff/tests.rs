//! Which lines a diff changes, and diffs that are none.

use super::select;
use crate::discover::SourceFile;
use crate::{Error, ErrorKind, LineColumn, Mutant, MutantId, Operator, Span};

const NEW: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";

/// A mutant on these lines.
fn mutant(first: usize, last: usize) -> Mutant {
    let place = |line| LineColumn { line, column: 1 };
    Mutant {
        id: MutantId(u32::try_from(first).expect("it is small")),
        package: "p".into(),
        file: "src/a.rs".into(),
        function: None,
        span: Span { start: place(first), end: place(last) },
        bytes: 0..0,
        operator: Operator::BinaryOperator,
        replacement: String::new(),
        name: String::new(),
    }
}

/// The first lines of the mutants that stay, of one on each line, and the warnings.
fn lines(diff: &str) -> Result<(Vec<usize>, Vec<String>), Error> {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("d");
    std::fs::write(&path, diff).expect("there is room");
    let file = SourceFile { package: "p".into(), path: "src/a.rs".into(), text: NEW.into() };
    let mutants = (1..=7).map(|line| mutant(line, line)).collect();
    let mut warnings = Vec::new();
    let kept = select(mutants, &[file], &path, folder.path(), &mut warnings)?;
    Ok((kept.iter().map(|mutant| mutant.span.start.line).collect(), warnings))
}

fn diff(hunk: &str) -> String {
    format!("diff --git a/src/a.rs b/src/a.rs\n--- a/src/a.rs\n+++ b/src/a.rs\n{hunk}")
}

#[test]
fn added_lines_and_the_neighbours_of_removed_ones_are_changed() {
    let kept = |hunk: &str| lines(&diff(hunk)).expect("it fits").0;
    assert_eq!(kept("@@ -1,2 +1,3 @@\n one\n+two\n three\n"), [2]);
    assert_eq!(kept("@@ -2,4 +2,3 @@\n two\n-gone\n three\n four\n"), [2, 3]);
    assert_eq!(kept("@@ -1,3 +1,2 @@\n-gone\n one\n two\n"), [1]);
    assert_eq!(kept("@@ -2,3 +2,3 @@\n two\n-gone\n+three\n four\n"), [2, 3]);
    assert_eq!(
        kept("@@ -1,1 +1,1 @@\n-gone\n+one\n@@ -6,2 +6,2 @@\n six\n-gone\n+seven\n"),
        [1, 6, 7]
    );
}

#[test]
fn a_mutant_of_several_lines_is_on_each_of_them() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("d");
    std::fs::write(&path, diff("@@ -3,1 +3,2 @@\n three\n+four\n")).expect("there is room");
    let mutants = vec![mutant(1, 3), mutant(2, 4), mutant(4, 6), mutant(5, 7)];
    let kept = select(mutants, &[], &path, folder.path(), &mut Vec::new()).expect("it is a diff");
    assert_eq!(kept.iter().map(|mutant| mutant.span.start.line).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn a_diff_that_changes_nothing_of_ours_is_no_error() {
    let warned = |text: &str| {
        let (kept, warnings) = lines(text).expect("it is a diff");
        assert_eq!(kept, [0; 0], "{text}");
        warnings.join("\n")
    };
    assert!(warned("").contains("changes nothing"));
    assert!(warned("--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-a\n+b\n").contains("changes no source"));
    assert!(
        warned("--- a/x.rs\n+++ b/x.rs\n@@ -1 +1 @@\n-a\n+b\n")
            .contains("`x.rs`, for one, is none")
    );
    assert!(
        warned("--- a/src/a.rs\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n")
            .contains("changes no source")
    );
    let moved =
        "diff --git a/x.rs b/y.rs\nsimilarity index 100%\nrename from x.rs\nrename to y.rs\n";
    assert!(!warned(moved).is_empty());
}

#[test]
fn a_diff_that_does_not_fit_or_is_none_says_so() {
    let old = lines(&diff("@@ -1,2 +1,3 @@\n one\n+zwei\n three\n")).expect_err("it does not fit");
    assert_eq!(old.kind(), ErrorKind::DiffMismatch);
    assert!(
        old.to_string().contains("src/a.rs, line 2: it has `zwei`, and the file `two`"),
        "{old}"
    );
    let far = lines(&diff("@@ -90,1 +90,2 @@\n one\n+two\n")).expect_err("it does not fit");
    assert_eq!(far.kind(), ErrorKind::DiffMismatch);
    for text in ["what is this", "--- a/x\n+++ b/x\n@@ what @@\n"] {
        assert_eq!(lines(text).expect_err(text).kind(), ErrorKind::DiffInvalid);
    }
    let nowhere = std::path::Path::new("nowhere");
    let nowhere = select(Vec::new(), &[], nowhere, nowhere, &mut Vec::new());
    assert_eq!(nowhere.expect_err("there is none").kind(), ErrorKind::DiffInvalid);
}

/// What stays of a mutant in this file of a workspace at `inside` in a repository, and the warnings.
fn kept_of(file: &str, inside: &str, diff: &str) -> (usize, Vec<String>) {
    let folder = tempfile::tempdir().expect("there is room");
    let root = folder.path().join(inside);
    std::fs::create_dir_all(folder.path().join(".git")).expect("there is room");
    std::fs::create_dir_all(root.join("src")).expect("there is room");
    std::fs::write(root.join(file), NEW).expect("there is room");
    let path = folder.path().join("d");
    std::fs::write(&path, diff).expect("there is room");
    let mutant = Mutant { file: file.into(), ..mutant(2, 2) };
    let file = SourceFile { package: "p".into(), path: file.into(), text: NEW.into() };
    let mut warnings = Vec::new();
    let kept = select(vec![mutant], &[file], &path, &root, &mut warnings).expect("it is a diff");
    (kept.len(), warnings)
}

const HUNK: &str = "@@ -1,2 +1,3 @@\n one\n+two\n three\n";

#[test]
fn names_that_git_quotes_are_understood() {
    let quoted = r#""a/src/gr\303\266\303\237e \"b\".rs""#;
    let new = quoted.replacen("a/", "b/", 1);
    let diff = format!("diff --git {quoted} {new}\n--- {quoted}\n+++ {new}\n{HUNK}");
    assert_eq!(kept_of("src/größe \"b\".rs", "", &diff), (1, Vec::new()));
    assert_eq!(super::unescaped(r"\\303\n\3"), r"\\303\n\3");
}

#[test]
fn paths_begin_at_the_repository_or_at_the_workspace() {
    let of = |path: &str| format!("--- a/{path}\n+++ b/{path}\n{HUNK}");
    assert_eq!(kept_of("src/a.rs", "crates/one", &of("crates/one/src/a.rs")), (1, Vec::new()));
    assert_eq!(kept_of("src/a.rs", "crates/one", &of("src/a.rs")), (1, Vec::new()));
    let (kept, warnings) = kept_of("src/a.rs", "crates/one", &of("crates/two/src/a.rs"));
    assert_eq!(kept, 0);
    assert!(warnings[0].contains("`crates/two/src/a.rs`, for one, is none"), "{warnings:?}");
    let far = of("src/a.rs").replace(HUNK, "@@ -6,2 +6,2 @@\n six\n-gone\n+seven\n");
    let (_, warnings) = kept_of("src/a.rs", "", &far);
    assert!(warnings[0].contains("no mutant is on the lines"), "{warnings:?}");
}

#[test]
fn names_have_the_prefixes_that_git_gives_them_and_no_others() {
    let kept = |old: &str, new: &str| {
        let diff = format!("--- {old}\n+++ {new}\n@@ -1,2 +1,3 @@\n one\n+two\n three\n");
        lines(&diff).expect("it fits").0
    };
    for (old, new) in [
        ("a/src/a.rs", "b/src/a.rs"),
        // With `diff.mnemonicPrefix`.
        ("i/src/a.rs", "w/src/a.rs"),
        ("c/src/a.rs", "i/src/a.rs"),
        ("c/src/old.rs", "w/src/a.rs"),
        // Without any.
        ("src/a.rs", "src/a.rs"),
    ] {
        assert_eq!(kept(old, new), [2], "{old} {new}");
    }
    for folder in ["b", "w"] {
        let name = format!("{folder}/src/a.rs");
        assert_eq!(kept(&name, &name), [] as [usize; 0], "the file of another folder");
    }
}
