//! Mutants that need builds of their own (`tests/cases/mutants/alone/`): they are built, judged and remembered as the
//! others are, and the user's files are only read.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use segue_mutants::run::{self, RunEvent, RunOptions};
use segue_mutants::{
    BuildOptions, Image, Outcome, Packages, Selection, Tier, Verdict, Workspace, discover, session,
};

use crate::case;

/// What becomes of each: its end, and what notices it.
const EXPECTED: [(&str, Verdict, Option<&str>); 13] = [
    ("src/lib.rs:4:28: replace << with >>", Verdict::Caught, Some("alone::tests::constants")),
    ("src/lib.rs:11:26: replace << with >>", Verdict::Caught, Some("src/lib.rs - DEPTH (line 8)")),
    ("src/lib.rs:14:34: replace == with !=", Verdict::Missed, None),
    ("src/lib.rs:17:34: replace >> with <<", Verdict::Unviable, None),
    ("src/lib.rs:20:29: replace < with ==", Verdict::Caught, Some("alone::tests::constants")),
    ("src/lib.rs:20:29: replace < with >", Verdict::Missed, None),
    ("src/lib.rs:20:29: replace < with <=", Verdict::Caught, Some("alone::tests::constants")),
    (
        "src/lib.rs:24:5: replace twice -> u32 with 0",
        Verdict::Caught,
        Some("alone::tests::twice_at_compile_time"),
    ),
    (
        "src/lib.rs:24:5: replace twice -> u32 with 1",
        Verdict::Caught,
        Some("alone::tests::twice_at_compile_time"),
    ),
    (
        "src/lib.rs:24:12: replace << with >> in twice",
        Verdict::Caught,
        Some("alone::tests::twice_at_compile_time"),
    ),
    ("src/lib.rs:34:16: replace += with *= in count", Verdict::Unviable, None),
    (
        "src/lib.rs:44:9: replace == with != in is_same",
        Verdict::Caught,
        Some("alone::tests::at_run_time"),
    ),
    (
        "macros/src/lib.rs:12:5: replace number -> u32 with 1",
        Verdict::Caught,
        Some("alone::tests::a_macro"),
    ),
];

/// The image of the package with the mutants that are expected, and options under which those are built that need it.
fn built(root: &Path) -> (Image, RunOptions) {
    let workspace = Workspace::open(root).unwrap();
    let names = [
        "replace < ",
        "replace <<",
        "replace >>",
        "replace ==",
        "replace twice",
        r"\*= in count",
        "number .* with 1",
    ];
    let selection = Selection {
        packages: Packages::All,
        names: names.map(str::to_owned).to_vec(),
        ..Selection::default()
    };
    let mutants = discover(&workspace, &selection).unwrap();
    let build = BuildOptions {
        doctests: true,
        packages: vec!["alone".into(), "macros".into()],
        ..BuildOptions::default()
    };
    let mut options = RunOptions { jobs: 2, ..RunOptions::default() };
    let (image, _) =
        session::build_image(&workspace, mutants, build.clone(), &options, &mut |_| {}).unwrap();
    options.alone = session::alone(&workspace, &image, build, &options).unwrap();
    (image, options)
}

fn judged(image: &Image, outcomes: &[Outcome]) -> Vec<(String, Verdict, Option<String>)> {
    let name = |it: &Outcome| {
        let mutant = image.mutants.iter().find(|of| of.id() == it.mutant).unwrap();
        mutant.mutant.full_name()
    };
    outcomes.iter().map(|it| (name(it), it.verdict, it.noticed_by.clone())).collect()
}

#[test]
fn mutants_with_builds_of_their_own_are_judged_and_remembered() {
    let (_folder, root) = case("alone");
    let text = fs::read_to_string(root.join("src/lib.rs")).unwrap();
    let (image, mut options) = built(&root);
    options.remembered = Some(root.join("target/kept.json"));

    // Interrupted: the one that is being built has no verdict, and its text is as it was.
    let stop = Arc::clone(&options.stop);
    let mut builds = 0;
    let outcomes = run::run(&image, &options, &mut |event| {
        if let RunEvent::BuildsAlone { total, .. } = event {
            builds = total;
            stop.store(true, Ordering::Relaxed);
        }
    });
    let is_built = |it: &Outcome| it.tier == Some(Tier::Rebuild) && it.tests_run > 0;
    assert!(!outcomes.unwrap().iter().any(is_built));
    // Not: the slot's, one that rustc rejects, one that changes nothing and one that is as another.
    assert_eq!(builds, EXPECTED.len() - 4);
    let of_the_copy = root.join("target/segue-mutants/alone/src/lib.rs");
    assert_eq!(fs::read_to_string(&of_the_copy).unwrap(), text);
    stop.store(false, Ordering::Relaxed);

    let outcomes = run::run(&image, &options, &mut |_| {}).unwrap();
    let mut found = judged(&image, &outcomes);
    let mut expected: Vec<_> = EXPECTED
        .iter()
        .map(|(name, verdict, by)| ((*name).to_owned(), *verdict, by.map(str::to_owned)))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    expected.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(found, expected, "{outcomes:#?}");
    assert_eq!(outcomes.iter().filter(|it| it.tier == Some(Tier::Slot)).count(), 1);
    assert_eq!(fs::read_to_string(root.join("src/lib.rs")).unwrap(), text);
    assert_eq!(fs::read_to_string(&of_the_copy).unwrap(), text);

    // Again: nothing is built. Without a builder nothing is lost, and the reason is said.
    let again = run::run(&image, &options, &mut |event| {
        assert!(!matches!(event, RunEvent::BuildsAlone { .. }), "{event:?}");
    });
    let again = again.unwrap();
    assert!(again.iter().all(|it| it.remembered), "{again:#?}");
    assert_eq!(judged(&image, &again), judged(&image, &outcomes));
    let options = RunOptions { alone: None, remembered: None, ..options };
    let without = run::run(&image, &options, &mut |_| {}).unwrap();
    let (alone, others): (Vec<_>, Vec<_>) =
        without.into_iter().partition(|it| it.tier == Some(Tier::Rebuild));
    assert_eq!(others[0].verdict, Verdict::Caught, "{others:?}");
    for outcome in alone {
        assert_eq!(outcome.verdict, Verdict::NotJudged);
        assert!(outcome.detail.starts_with("it needs a build of its own: "), "{}", outcome.detail);
    }
}
