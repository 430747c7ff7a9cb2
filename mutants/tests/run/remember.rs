//! A run after an edit judges what the edit concerns.

use std::path::Path;

use segue_mutants::run::RunOptions;
use segue_mutants::{Function, Image, TestKind, Verdict};

use crate::package::{binary, hard, options, run_with, verdicts};

/// A package's text as the runner sees it: two functions with mutants, their tests, and what is around them.
const TEXT: &str = "const LIMIT: u32 = 10;
fn add(of: (u32, u32)) -> u32 { of.0 + of.1 }
fn same(a: u64) -> u64 { a }
mod tests {
    #[test]
    fn adds() { assert_eq!(add((7, 5)), 12); }
    #[test]
    fn is_the_same() { assert_eq!(same(7), 7); }
}
";

/// A workspace with that text, of which `from` was edited to be `to`, and the image of it.
fn edited(folder: &Path, from: &str, to: &str) -> Image {
    assert!(TEXT.contains(from));
    let text = TEXT.replacen(from, to, 1);
    std::fs::create_dir_all(folder.join("src")).expect("a folder");
    std::fs::write(folder.join("src/hard.rs"), &text).expect("a file");
    let mut image = hard();
    image.workspace = folder.to_owned();
    for (number, name) in [(0u32, "add"), (3, "same")] {
        let start = text.find(&format!("fn {name}(")).expect("a function");
        let body = start + text[start..].find('{').expect("a function");
        let body = body..body + text[body..].find('}').expect("its end") + 1;
        image.functions[number as usize].digest = text[body.clone()]
            .bytes()
            .fold(7, |digest: u64, byte| digest * 31 % 65537 + u64::from(byte));
        for mutant in image.mutants.iter_mut().filter(|it| it.function == Some(number)) {
            let id = mutant.mutant.id.0 as usize;
            mutant.mutant.bytes = body.start + id..body.start + id + 1;
            let span = mutant.mutant.span;
            let name = name.to_owned();
            let return_type = String::new();
            mutant.mutant.function = Some(Function { name, return_type, span, body: body.clone() });
        }
    }
    image
}

/// Which mutants were judged again.
#[track_caller]
fn judged_again(image: &Image, options: &RunOptions) -> Vec<u32> {
    let outcomes = run_with(image, options).0.expect("the baseline passes");
    assert_eq!(outcomes.len(), 4);
    outcomes.iter().filter(|it| !it.remembered).map(|it| it.mutant.0).collect()
}

#[test]
fn only_what_an_edit_concerns_is_judged_again() {
    let folder = tempfile::tempdir().unwrap();
    let kept = tempfile::tempdir().unwrap();
    let workspace = folder.path();
    let mut options = options(&[0, 1, 9, 11]);
    options.remembered = Some(kept.path().join("verdicts/kept.json"));
    let after = |from: &str, to: &str| {
        // Back to what it was, so that each edit is compared with the same.
        judged_again(&edited(workspace, "LIMIT", "LIMIT"), &options);
        judged_again(&edited(workspace, from, to), &options)
    };
    assert!(after("LIMIT", "LIMIT").is_empty(), "no edit");
    assert_eq!(after("of.0 + of.1", "of.1 + of.0"), [0, 1], "a function");
    assert_eq!(after("assert_eq!(same(7), 7)", "assert!(same(8) == 8)"), [9, 11], "a test");
    assert_eq!(after("10", "11"), [0, 1, 9, 11], "what is around them");
    assert_eq!(after("-> u64 {", "-> u64  {"), [0, 1, 9, 11], "a signature");
}

#[test]
fn what_was_built_otherwise_is_judged_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(&[0, 1, 9, 11]);
    options.remembered = Some(folder.path().join("target/kept.json"));
    let image = edited(folder.path(), "LIMIT", "LIMIT");
    let mut judged_with = |told: &str| {
        options.told = told.to_owned();
        judged_again(&image, &options)
    };
    judged_with("");
    assert_eq!(judged_with("--profile=release"), [0, 1, 9, 11]);
    assert!(judged_with("--profile=release").is_empty());
}

#[test]
fn an_edit_of_any_function_that_the_tests_enter_concerns_a_mutant() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(&[26]);
    options.remembered = Some(folder.path().join("target/kept.json"));
    let after_edit_of = |function: usize| {
        let mut image = edited(folder.path(), "LIMIT", "LIMIT");
        // It is remembered by its function's name and place.
        let place = image.mutants[0].mutant.clone();
        let mutant = &mut image.mutants[26].mutant;
        (mutant.function, mutant.bytes) = (place.function, place.bytes);
        let is_remembered = |image: &Image| {
            let outcomes = run_with(image, &options).0.expect("the baseline passes");
            assert_eq!(verdicts(&outcomes), [(26, Verdict::Missed)]);
            outcomes[0].remembered
        };
        is_remembered(&image);
        assert!(is_remembered(&image), "no edit");
        image.functions[function].digest += 1000;
        !is_remembered(&image)
    };
    let (callee, callee_of_the_mutant, another) = (4, 9, 11);
    assert!(after_edit_of(callee));
    assert!(after_edit_of(callee_of_the_mutant));
    assert!(!after_edit_of(another));
}

#[test]
fn an_example_that_only_moved_concerns_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(&[0, 1, 9, 11]);
    options.remembered = Some(folder.path().join("target/kept.json"));
    let with_example_at = |line: u32| {
        let mut image = edited(folder.path(), "LIMIT", "LIMIT");
        let mut example = binary("program", TestKind::Doctest);
        example.target = format!("src/hard.rs - add (line {line})");
        image.binaries.push(example);
        run_with(&image, &options).0.unwrap()
    };
    with_example_at(3);
    let moved = with_example_at(4);
    assert!(moved.iter().all(|it| it.remembered), "{moved:?}");
    assert!(
        moved[1].reached_by.contains(&"src/hard.rs - add (line 4)".to_owned()),
        "{:?}",
        moved[1]
    );
}

#[test]
fn what_was_remembered_is_what_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(&[0, 1, 9, 11]);
    options.remembered = Some(folder.path().join("target/kept.json"));
    let image = edited(folder.path(), "LIMIT", "LIMIT");
    let first = run_with(&image, &options).0.unwrap();
    let second = run_with(&image, &options).0.unwrap();
    for (mut first, second) in first.into_iter().zip(second) {
        assert!(!first.remembered && second.remembered, "{second:?}");
        first.remembered = true;
        assert_eq!(first, second);
    }
}

#[test]
fn a_file_that_cannot_be_understood_is_as_good_as_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("target/kept.json");
    std::fs::create_dir(folder.path().join("target")).unwrap();
    std::fs::write(&path, "{ \"format\": 3, \"verd").unwrap();
    let mut options = options(&[0, 1, 9, 11]);
    options.remembered = Some(path);
    let image = edited(folder.path(), "LIMIT", "LIMIT");
    assert_eq!(judged_again(&image, &options), [0, 1, 9, 11]);
    assert!(judged_again(&image, &options).is_empty());
}

#[test]
fn a_folder_of_sources_may_be_called_target() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("src/target/linux.rs");
    std::fs::create_dir_all(source.parent().unwrap()).unwrap();
    std::fs::write(&source, "pub const NAME: u8 = 1;").unwrap();
    let mut options = options(&[0, 1, 9, 11]);
    options.remembered = Some(folder.path().join("target/kept.json"));
    let image = edited(folder.path(), "LIMIT", "LIMIT");
    judged_again(&image, &options);
    assert!(judged_again(&image, &options).is_empty());
    std::fs::write(&source, "pub const NAME: u8 = 2;").unwrap();
    assert_eq!(judged_again(&image, &options), [0, 1, 9, 11]);
    let cache = folder.path().join("examples/target");
    std::fs::create_dir_all(&cache).unwrap();
    for file in ["CACHEDIR.TAG", "object.o"] {
        std::fs::write(cache.join(file), "written by cargo").unwrap();
    }
    assert!(judged_again(&image, &options).is_empty());
}

#[test]
fn nothing_is_remembered_where_a_package_stands_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(&[0, 1, 9, 11]);
    options.remembered = Some(folder.path().join("target/kept.json"));
    let image = edited(folder.path(), "LIMIT", "LIMIT");
    std::fs::write(folder.path().join("Cargo.toml"), "other = { path = \"../other\" }").unwrap();
    judged_again(&image, &options);
    assert_eq!(judged_again(&image, &options), [0, 1, 9, 11]);
}

#[test]
fn a_verdict_that_a_hundred_runs_did_not_ask_for_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("target/kept.json");
    let mut options = options(&[0, 1, 9, 11]);
    options.remembered = Some(path.clone());
    let image = edited(folder.path(), "LIMIT", "LIMIT");
    judged_again(&image, &options);
    let mut only = options.clone();
    only.only = Some(vec![segue_mutants::MutantId(0)]);
    let kept_after = |runs: u64| {
        let mut file: serde_json::Value =
            serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        file["runs"] = (file["runs"].as_u64().unwrap() + runs - 1).into();
        std::fs::write(&path, file.to_string()).unwrap();
        run_with(&image, &only).0.unwrap();
        let file: serde_json::Value =
            serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        file["verdicts"].as_object().unwrap().len()
    };
    assert_eq!(kept_after(100), 4);
    assert_eq!(kept_after(1), 1);
}
