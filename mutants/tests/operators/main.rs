//! What is discovered in the packages of `tests/cases/mutants/operators`, next to what cargo-mutants 27.1 lists.
//!
//! `cargo-mutants.txt` is its list, and ours is the same where code that is compiled out is treated as all other
//! code; `SEGUE_CARGO_MUTANTS=/path/of/cargo-mutants` writes it anew. `changed.txt` has what is different
//! otherwise, `-` for what we leave out and `+` for what only we have; `SEGUE_UPDATE=1` writes it anew.

use std::fs;
use std::path::{Path, PathBuf};

use segue_mutants::{
    CompiledOut, Config, MutantId, Packages, Selection, Shard, Workspace, discover, discover_all,
};

mod theirs;

#[test]
fn every_package_gives_what_cargo_mutants_lists() {
    for folder in cases() {
        let list = folder.join("cargo-mutants.txt");
        if let Ok(cargo_mutants) = std::env::var("SEGUE_CARGO_MUTANTS") {
            let lines =
                theirs::lines(&cargo_mutants, &folder).expect("cargo-mutants lists its mutants");
            fs::write(&list, text(&lines)).expect("the list can be written");
        }
        let expected = fs::read_to_string(&list).expect("there is a list of cargo-mutants");
        same(&expected, &text(&ours(&folder, CompiledOut::Changed).0), &list);
    }
}

#[test]
fn code_that_is_compiled_out_has_no_mutants() {
    for folder in cases() {
        let theirs = fs::read_to_string(folder.join("cargo-mutants.txt")).expect("there is a list");
        let theirs: Vec<_> = theirs.lines().map(str::to_owned).collect();
        let (ours, warnings) = ours(&folder, CompiledOut::Left);
        assert_eq!(warnings, [""; 0], "{}", folder.display());
        let mut changed: Vec<_> = theirs
            .iter()
            .filter(|line| !ours.contains(line))
            .map(|line| format!("- {line}"))
            .collect();
        changed.extend(
            ours.iter().filter(|line| !theirs.contains(line)).map(|line| format!("+ {line}")),
        );
        let list = folder.join("changed.txt");
        if std::env::var_os("SEGUE_UPDATE").is_some() {
            fs::write(&list, text(&changed)).expect("the list can be written");
        }
        let expected = fs::read_to_string(&list).expect("there is a list of what is different");
        same(&expected, &text(&changed), &list);
    }
}

#[test]
fn shards_files_and_names_are_parts_of_the_whole_with_the_same_numbers() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/mutants/operators/places");
    let workspace = Workspace::open(&folder).expect("the case is a package");
    let find =
        |selection: Selection| discover(&workspace, &selection).expect("the case can be read");
    let whole = find(Selection::default());
    let numbers: Vec<_> = whole.iter().map(|mutant| mutant.id).collect();
    assert_eq!(numbers, (0..).map(MutantId).take(whole.len()).collect::<Vec<_>>());
    let shard = |index| {
        let shard = Shard::new(index, 3).expect("it is one");
        find(Selection { shard: Some(shard), ..Selection::default() })
    };
    let joined: Vec<_> = (0..3).flat_map(shard).collect();
    assert_eq!(joined, whole);
    let part = find(Selection {
        files: vec!["leaf.rs".into(), "file".into()],
        names: vec!["with -".into()],
        ..Selection::default()
    });
    let names: Vec<_> = part.iter().map(|mutant| mutant.name.as_str()).collect();
    assert_eq!(names, ["replace + with - in below", "replace + with - in leaf"]);
    assert!(part.iter().all(|mutant| whole.contains(mutant)), "numbers are those of the whole");
    let caught = whole.iter().skip(2).map(|mutant| mutant.full_name()).collect();
    assert_eq!(find(Selection { already_caught: caught, ..Selection::default() }), whole[..2]);
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/mutants/operators");
    let entries = fs::read_dir(&folder).expect("there is a folder of cases");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    cases.sort();
    assert!(cases.len() >= 4, "{} has few cases: {cases:?}", folder.display());
    cases
}

fn ours(folder: &Path, compiled_out: CompiledOut) -> (Vec<String>, Vec<String>) {
    let workspace = Workspace::open(folder).expect("the case is a package");
    let selection = Selection { packages: Packages::All, compiled_out, ..Selection::default() };
    let config = Config::of(&workspace).expect("the configuration is right");
    let found = discover_all(&workspace, &selection.with(&config)).expect("the case can be read");
    for mutant in &found.mutants {
        let file =
            found.files.iter().find(|file| file.path == mutant.file).expect("its file is listed");
        assert!(
            file.text.get(mutant.bytes.clone()).is_some(),
            "{}: {:?}",
            mutant.full_name(),
            mutant.bytes
        );
    }
    (found.mutants.iter().map(theirs::line).collect(), found.warnings)
}

fn text(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Compares lists, and shows the first line that is different instead of both lists.
fn same(expected: &str, found: &str, list: &Path) {
    let mut lines = expected.lines().zip(found.lines());
    if let Some((expected, found)) = lines.find(|(expected, found)| expected != found) {
        panic!("{}:\nexpected: {expected}\nfound:    {found}", list.display());
    }
    assert_eq!(expected.lines().count(), found.lines().count(), "lines of {}", list.display());
}
