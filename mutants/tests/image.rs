//! Images of small packages (`tests/cases/mutants/image/`): a mutant that is chosen by its slot does what it does when it
//! is written into the text and compiled alone, and without one nothing is different.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use segue_mutants::run::Again;
use segue_mutants::{
    AgainBuilder, BuildEvent, BuildOptions, Image, ImageMutant, Mutant, Operator, OptLevel,
    Packages, Selection, TestBinary, TestKind, Tier, Workspace, build, discover, run,
};

/// A copy of the cases, since cargo makes files in a package. Its path has a space in it.
fn cases() -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("segue mutants ").tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/mutants/image");
    copy(&from, folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).unwrap();
        }
    }
}

fn all_mutants(workspace: &Workspace) -> Vec<Mutant> {
    discover(workspace, &Selection { packages: Packages::All, ..Selection::default() }).unwrap()
}

fn image(workspace: &Workspace, mutants: Vec<Mutant>, events: &mut Vec<BuildEvent>) -> Image {
    let server = run::server::object(&workspace.target_directory().join("segue-mutants")).unwrap();
    let options = BuildOptions { objects: vec![server], doctests: true, ..BuildOptions::default() };
    build(workspace, mutants, &options, &mut |event| events.push(event)).unwrap()
}

/// What a binary says of each test, with a mutant or without; a custom harness says how it ended.
fn results(
    image: &Image,
    binary: &TestBinary,
    mutant: Option<&ImageMutant>,
) -> BTreeMap<String, String> {
    let mut command = Command::new(image.root.join(&binary.path));
    command.current_dir(image.root.join(&binary.directory)).envs(&binary.environment);
    if let Some(mutant) = mutant {
        // The server looks at the number only when it has a place for the hits; that there is none does not matter.
        command.env("SEGUE_HITS", "/nowhere").env("SEGUE_MUTANT", mutant.id().0.to_string());
    }
    tests_of(&mut command)
}

fn tests_of(command: &mut Command) -> BTreeMap<String, String> {
    let output = command.env("RUST_BACKTRACE", "0").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let mut results: BTreeMap<_, _> = text
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "))
        .map(|(name, result)| (name.to_owned(), result.to_owned()))
        .collect();
    results.insert("whole".into(), output.status.to_string());
    results
}

/// The same mutant, written into the text: what its tests say, or `None` when rustc rejects it.
fn written(root: &Path, mutant: &Mutant, scratch: &Path) -> Option<BTreeMap<String, String>> {
    let mut text = fs::read_to_string(root.join(&mutant.file)).unwrap();
    text.replace_range(mutant.bytes.clone(), &mutant.replacement);
    let source = scratch.join("plain.rs");
    fs::write(&source, text).unwrap();
    let program = scratch.join("plain");
    let status = Command::new("rustc")
        .args([
            "--test",
            "--edition=2024",
            "--cap-lints=warn",
            "-Awarnings",
            "-Cdebuginfo=0",
            "--crate-name=constructs",
        ])
        .arg(&source)
        .arg("-o")
        .arg(&program)
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    status.success().then(|| tests_of(&mut Command::new(&program)))
}

fn listing(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if entry.file_type().unwrap().is_dir() {
            if entry.file_name() != "target" {
                files.extend(listing(&path));
            }
        } else {
            files.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn a_chosen_mutant_does_what_the_written_one_does() {
    let folder = cases();
    let root = folder.path().join("constructs");
    let before = listing(&root);
    let workspace = Workspace::open(&root).unwrap();
    let mut events = Vec::new();
    let operators = Operator::parse_list("more").unwrap();
    let wanted = Selection { packages: Packages::All, operators, ..Selection::default() };
    let mutants = discover(&workspace, &wanted).unwrap();
    let image = image(&workspace, mutants, &mut events);
    assert_eq!(listing(&root), before, "the user's files are not touched");
    let rounds = events.iter().filter(|event| matches!(event, BuildEvent::Round(_))).count();
    assert!(rounds <= 4, "{events:#?}");

    let [unit] = image.binaries.as_slice() else { panic!("{:#?}", image.binaries) };
    let unchanged = results(&image, unit, None);
    assert!(
        unchanged.values().all(|result| result == "ok" || result == "exit status: 0"),
        "{unchanged:#?}"
    );
    assert!(unchanged.len() > 9, "{unchanged:#?}");

    let scratch = tempfile::tempdir().unwrap();
    let mut different = Vec::new();
    let mut tiers = BTreeMap::new();
    let (mut seen, mut operators_seen) = (BTreeSet::new(), BTreeSet::new());
    for mutant in &image.mutants {
        let chosen = mutant.tier.map(|_| results(&image, unit, Some(mutant)));
        *tiers.entry(mutant.tier).or_insert(0) += 1;
        // Each text costs a run of rustc: one mutant of each function and way is enough, and one of each operator.
        let function = mutant.mutant.function.as_ref().map(|function| function.name.clone());
        let is_new = seen.insert((function, mutant.tier));
        let is_first = operators_seen.insert(mutant.mutant.operator);
        if mutant.left_out.is_some() || !(is_new || is_first) {
            continue;
        }
        let written = written(&root, &mutant.mutant, scratch.path());
        if chosen != written {
            different.push(format!(
                "{}: {:?}\nchosen {chosen:#?}\nwritten {written:#?}",
                mutant.mutant.full_name(),
                mutant.rejected
            ));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    let more = Operator::MORE.iter().filter(|it| operators_seen.contains(it)).count();
    assert!(more > 2, "{operators_seen:?}");
    for tier in [Tier::Slot, Tier::Selector] {
        assert!(tiers.get(&Some(tier)).is_some_and(|count| *count > 10), "{tiers:?}");
    }
    // What a `const fn` may not do is rejected there, and a call of what is `const` in the user's text only is not.
    let is_standard = |it: &&ImageMutant| Operator::STANDARD.contains(&it.mutant.operator);
    let of_const = image
        .mutants
        .iter()
        .filter(is_standard)
        .map(|it| (it.mutant.full_name(), it.rejected.as_deref()));
    let of_const: Vec<_> = of_const
        .filter(|(name, _)| name.contains("constant") || name.contains("must_not_drop"))
        .collect();
    assert!(of_const.len() > 4, "{of_const:#?}");
    assert!(
        of_const.iter().all(|(name, error)| error.is_some() || name.contains("in_constant")),
        "{of_const:#?}"
    );
    let needs_own: Vec<_> = image
        .mutants
        .iter()
        .filter(|mutant| mutant.left_out.is_some())
        .map(|mutant| mutant.mutant.full_name())
        .collect();
    let expected = ["in_constant", "helper"];
    assert!(
        needs_own.iter().all(|name| expected.iter().any(|function| name.contains(function))),
        "{needs_own:#?}"
    );
}

#[test]
fn workspaces_keep_their_paths_features_harnesses_and_environment() {
    let folder = cases();
    let workspace = Workspace::open(&folder.path().join("members")).unwrap();
    let mut events = Vec::new();
    let built = image(&workspace, all_mutants(&workspace), &mut events);
    let kinds: Vec<_> = built
        .binaries
        .iter()
        .map(|binary| (binary.package.as_str(), binary.target.as_str(), binary.kind))
        .collect();
    let expected = [
        ("first", "first", TestKind::Unit),
        ("second", "second", TestKind::Unit),
        ("second", "program", TestKind::Integration),
        ("second", "custom", TestKind::Custom),
        ("first", "first/src/deeper.rs - deeper::narrow (line 1)", TestKind::Doctest),
        ("first", "first/src/deeper.rs - deeper::narrow (line 7)", TestKind::PanickingDoctest),
    ];
    assert_eq!(kinds, expected);
    for binary in &built.binaries {
        let panics = binary.kind == TestKind::PanickingDoctest;
        let status = if panics { "exit status: 101" } else { "exit status: 0" };
        assert_eq!(results(&built, binary, None)["whole"], status, "{binary:?}");
    }
    // A program that a test starts has the mutant, too; and a package of the 2015 edition without `std` has slots.
    let mutant = |name: &str| {
        let of_name = |mutant: &&ImageMutant| mutant.mutant.name == name;
        built
            .mutants
            .iter()
            .find(of_name)
            .unwrap_or_else(|| panic!("{name} is not in {:#?}", built.mutants))
    };
    let caught = |name: &str, binary: usize| {
        results(&built, &built.binaries[binary], Some(mutant(name)))["whole"] != "exit status: 0"
    };
    assert!(caught("replace first -> u8 with 0", 1));
    assert!(caught("replace first -> u8 with 0", 2));
    assert!(!caught("replace first -> u8 with 0", 3));
    assert!(caught("replace / with * in narrow", 3));
    assert!(caught("replace + with - in Wide::width", 2));
    assert!(caught("replace / with * in narrow", 4));
    assert!(!caught("replace first -> u8 with 0", 4));
    // A lint that denies by default rejects a mutant, although lints are capped.
    let rejected = |name: &str| mutant(name).rejected.clone().unwrap_or_default();
    assert!(rejected("replace + with * in letter").starts_with("arithmetic_overflow"));
    assert_eq!(rejected("replace + with - in letter"), "");

    // Again: nothing is written, and cargo finds nothing to do; only rustdoc compiles its examples in every run.
    let mut events = Vec::new();
    let times = |image: &Image| -> Vec<_> {
        image
            .binaries
            .iter()
            .filter(|binary| binary.path.starts_with("build"))
            .map(|binary| fs::metadata(image.root.join(&binary.path)).unwrap().modified().unwrap())
            .collect()
    };
    let first_times = times(&built);
    let again = image(&workspace, all_mutants(&workspace), &mut events);
    assert!(matches!(events.first(), Some(BuildEvent::Copied(0))), "{events:?}");
    assert_eq!(times(&again), first_times);
    is_built_again(&workspace, &built);
}

/// Optimised, the same mutants are in the same tests.
fn is_built_again(workspace: &Workspace, built: &Image) {
    let server = run::server::object(&workspace.target_directory().join("segue-mutants")).unwrap();
    let options = BuildOptions { objects: vec![server], doctests: true, ..BuildOptions::default() };
    let no = BuildOptions { opt_level: OptLevel::Profile, ..options.clone() };
    assert!(AgainBuilder::new(workspace, &no, Duration::ZERO).is_none());
    // On a machine whose settings say how far to optimise nothing is built again.
    let Some(mut builder) = AgainBuilder::new(workspace, &options, Duration::ZERO) else { return };
    let again = builder.build(built).unwrap().unwrap().image;
    let chosen = built.mutants.iter().find(|it| it.mutant.name == "replace first -> u8 with 0");
    for (before, after) in built.binaries.iter().zip(&again.binaries) {
        assert_eq!((&before.target, before.kind), (&after.target, after.kind));
        let is_example = matches!(after.kind, TestKind::Doctest | TestKind::PanickingDoctest);
        assert_eq!(before.path == after.path, is_example, "{after:?}");
        assert_eq!(results(built, before, None), results(&again, after, None));
        assert_eq!(results(built, before, chosen), results(&again, after, chosen));
    }
}

#[test]
fn a_tree_that_does_not_build_is_said_to_with_the_compilers_words() {
    let folder = cases();
    let root = folder.path().join("outside");
    let workspace = Workspace::open(&root).unwrap();
    let mutants = all_mutants(&workspace);
    fs::write(
        root.join("src/lib.rs"),
        "#![no_std]\n\npub fn ten() -> u8 {\n    10\n}\n\npub fn eleven() -> u8 {\n    \"\"\n}\n",
    )
    .unwrap();
    let error = build(&workspace, mutants, &BuildOptions::default(), &mut |_| {}).unwrap_err();
    assert_eq!(error.kind(), segue_mutants::ErrorKind::Baseline);
    let text = error.to_string();
    assert!(text.contains("src/lib.rs:8:5") && text.contains("mismatched types"), "{text}");
}

#[test]
fn an_example_that_does_not_compile_is_said_with_its_place_or_left_out() {
    let folder = cases();
    let root = folder.path().join("outside");
    let text =
        "#![no_std]\n\n/// ```\n/// outside::tenn();\n/// ```\npub fn ten() -> u8 {\n    10\n}\n";
    fs::write(root.join("src/lib.rs"), text).unwrap();
    let workspace = Workspace::open(&root).unwrap();
    let mut events = Vec::new();
    let mut build = |leaves_out_failing| {
        let options =
            BuildOptions { doctests: true, leaves_out_failing, ..BuildOptions::default() };
        build(&workspace, all_mutants(&workspace), &options, &mut |event| events.push(event))
    };
    let error = build(false).unwrap_err();
    assert_eq!(error.kind(), segue_mutants::ErrorKind::Baseline);
    let said = error.to_string();
    assert!(said.contains("src/lib.rs - ten (line 3)"), "{said}");
    assert!(said.contains("cannot find function `tenn`"), "{said}");
    let image = build(true).unwrap();
    assert!(image.binaries.iter().all(|it| it.kind != TestKind::Doctest));
    let left_out = |it: &BuildEvent| matches!(it, BuildEvent::ExampleLeftOut { name, why: "does not compile" } if name.contains("line 3"));
    assert!(events.iter().any(left_out), "{events:?}");
}

#[test]
fn tests_of_a_package_that_there_is_not_are_refused() {
    let folder = cases();
    let workspace = Workspace::open(&folder.path().join("members")).unwrap();
    let mutants = || all_mutants(&workspace);
    for packages in [vec!["nobody".to_owned()], vec!["first".to_owned(), "nobody".to_owned()]] {
        let options = BuildOptions { packages, ..BuildOptions::default() };
        let error = build(&workspace, mutants(), &options, &mut |_| {}).unwrap_err();
        assert_eq!(error.kind(), segue_mutants::ErrorKind::Usage);
        assert!(error.to_string().contains("no package `nobody`"), "{error}");
    }
}
