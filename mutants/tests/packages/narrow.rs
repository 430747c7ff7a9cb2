//! What is built as tests (`tests/cases/mutants/narrow/`): of a package whose tests all stand in `tests/` only those; for mutants
//! that need builds of their own, in a workspace everything, since rustc is to be asked of every package.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use segue_mutants::run::{self, RunOptions};
use segue_mutants::{
    BuildOptions, Packages, Selection, Tier, Verdict, Workspace, discover, session,
};

use crate::case;

/// The mutants by rebuild of a workspace: name, verdict and what notices each.
fn judged(root: &Path) -> Vec<(String, Verdict, Option<String>)> {
    let workspace = Workspace::open(root).unwrap();
    // Of each length one mutant is enough: every one is a build.
    let selection = Selection {
        packages: Packages::All,
        exclude_names: vec![r"with \*$".to_owned()],
        ..Selection::default()
    };
    let mutants = discover(&workspace, &selection).unwrap();
    let build = BuildOptions::default();
    let options = RunOptions { jobs: 2, ..RunOptions::default() };
    let (image, _) =
        session::build_image(&workspace, mutants, build.clone(), &options, &mut |_| {}).unwrap();
    let alone = session::alone(&workspace, &image, build, &options).unwrap();
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
    let built = |copy: &str, name: &str| {
        let (copy, name) = (format!("/{copy} "), format!("--crate-name {name} "));
        let is_test = |line: &&str| {
            line.contains(&copy)
                && line.contains(&name)
                && line.contains("--test")
                && line.split(' ').any(|it| it.starts_with("--emit=") && it.contains("link"))
        };
        notes.lines().filter(is_test).count()
    };
    assert_eq!(built("tree", "narrow") + built("alone", "narrow"), 0, "{notes}");
    assert!(built("tree", "limits") > 0 && built("tree", "lists") > 0, "{notes}");
    assert!(built("alone", "limits") > 1 && built("alone", "lists") > 1, "{notes}");
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
