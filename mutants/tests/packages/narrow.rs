//! What is built as tests (`tests/cases/mutants/narrow/`): of a package whose tests all stand in `tests/` only those; for mutants
//! that need builds of their own, in a workspace everything, since rustc is to be asked of every package.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use segue_mutants::run::{self, RunOptions};
use segue_mutants::{
    BuildOptions, Packages, Selection, Tier, Verdict, Workspace, discover, session,
};

use crate::case;

/// Builds what is judged of a workspace; the builder of mutants by rebuild has begun.
fn built(root: &Path, options: &RunOptions) -> session::Built {
    let workspace = Workspace::open(root).unwrap();
    // Of each length one mutant is enough: every one is a build.
    let selection = Selection {
        packages: Packages::All,
        exclude_names: vec![r"with \*$".to_owned()],
        ..Selection::default()
    };
    let mutants = discover(&workspace, &selection).unwrap();
    session::build(&workspace, mutants, BuildOptions::default(), options, &mut |_| {}).unwrap()
}

/// The mutants by rebuild of a workspace: name, verdict and what notices each.
fn judged(root: &Path) -> Vec<(String, Verdict, Option<String>)> {
    let options = RunOptions { jobs: 2, ..RunOptions::default() };
    let session::Built { image, alone, .. } = built(root, &options);
    let options = RunOptions { alone, ..options };
    let outcomes = run::run(&image, &options, &mut |_| {}).unwrap();
    // What no test calls stands in the binaries all the same.
    assert!(outcomes.iter().all(|it| it.verdict != Verdict::NotCompiled), "{outcomes:#?}");
    let pairs = image.mutants.iter().zip(outcomes);
    let by_rebuild = pairs.filter(|(_, outcome)| outcome.tier == Some(Tier::Rebuild));
    by_rebuild
        .map(|(it, outcome)| (it.mutant.full_name(), outcome.verdict, outcome.noticed_by))
        .collect()
}

#[track_caller]
fn check(root: &Path, expected: &[(&str, Verdict, Option<&str>)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(name, verdict, by)| ((*name).to_owned(), *verdict, by.map(str::to_owned)))
        .collect();
    assert_eq!(judged(root), expected);
}

/// Has the workspace's crates compiled by a script that notes each, in a file whose name is given back.
fn note_what_is_compiled(root: &Path) -> PathBuf {
    let (script, notes) = (root.with_file_name("wrapper.sh"), root.with_file_name("compiled.txt"));
    let text = format!("#!/bin/sh\necho \"$PWD $*\" >> '{}'\nexec \"$@\"\n", notes.display());
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let settings = format!("[build]\nrustc-workspace-wrapper = {script:?}\n");
    fs::create_dir_all(root.join(".cargo")).unwrap();
    fs::write(root.join(".cargo/config.toml"), settings).unwrap();
    notes
}

#[test]
fn a_library_without_tests_is_not_built_as_one_where_tests_stand_apart() {
    let (_folder, root) = case("narrow/package");
    let notes = note_what_is_compiled(&root);
    check(
        &root,
        &[
            ("src/lib.rs:4:26: replace << with >>", Verdict::Caught, Some("limits::seven_is_in")),
            ("src/lib.rs:6:26: replace << with >>", Verdict::Missed, None),
            ("src/lib.rs:8:29: replace + with -", Verdict::Unviable, None),
        ],
    );
    let notes = fs::read_to_string(notes).unwrap();
    // As a test, in the copy with all mutants and in the one where each is built; what only asks makes no code.
    let compiled = |copy: &str, name: &str| {
        let (copy, name) = (format!("/{copy} "), format!("--crate-name {name} "));
        let is_test = |line: &&str| {
            line.contains(&copy)
                && line.contains(&name)
                && line.contains("--test")
                && line.split(' ').any(|it| it.starts_with("--emit=") && it.contains("link"))
        };
        notes.lines().filter(is_test).count()
    };
    assert_eq!(compiled("tree", "narrow") + compiled("alone", "narrow"), 0, "{notes}");
    assert!(compiled("tree", "limits") > 0 && compiled("tree", "lists") > 0, "{notes}");
    // One of them was built before it was asked for, and is not built again.
    assert_eq!((compiled("alone", "limits"), compiled("alone", "lists")), (2, 2), "{notes}");

    // What nobody asks for is ended, and leaves the text as it was.
    let options = RunOptions { jobs: 2, ..RunOptions::default() };
    drop(built(&root, &options));
    let [user, copy] = ["src/lib.rs", "target/segue-mutants/alone/src/lib.rs"]
        .map(|it| fs::read_to_string(root.join(it)).unwrap());
    assert_eq!(copy, user);
    assert!(!options.stop.load(Ordering::Relaxed));
}

#[test]
fn tests_of_another_member_judge_and_every_member_is_built() {
    let (_folder, root) = case("narrow/workspace");
    check(
        &root,
        &[
            ("apart/src/lib.rs:3:26: replace << with >>", Verdict::NotReached, None),
            ("apart/src/lib.rs:4:29: replace + with -", Verdict::Unviable, None),
            (
                "base/src/lib.rs:3:25: replace << with >>",
                Verdict::Caught,
                Some("it::two_steps_are_four"),
            ),
        ],
    );
}
