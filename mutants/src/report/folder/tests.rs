//! `mutants.out/`: what is in it, that it is rotated and locked, and that nothing half stays behind.

use super::*;
use crate::report::sample;

#[test]
fn the_folder_has_the_files_of_cargo_mutants_and_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = Folder::create(folder.path()).expect("a folder");
    out.write(&sample::results()).expect("written");
    let files = sample::files(out.path());
    let top: Vec<_> = files.keys().filter(|it| !it.contains('/')).map(String::as_str).collect();
    let expected = [
        "caught.txt",
        "junit.xml",
        "lock.json",
        "missed.txt",
        "mutants.json",
        "mutants.sarif",
        "mutation.html",
        "mutation.json",
        "not_compiled.txt",
        "not_judged.txt",
        "outcomes.json",
        "segue.json",
        "timeout.txt",
        "unviable.txt",
    ];
    assert_eq!(top, expected);
    let missed =
        "src/a b.rs:3:7: replace + with - in f\nsrc/a b.rs:6:42: replace && with || in g\n";
    assert_eq!(files["missed.txt"], missed);
    assert_eq!(files["not_judged.txt"], "src/a b.rs:6:45: delete ! in g\n");
    // Three mutants of one place: the names are counted as cargo-mutants counts them.
    assert!(files["diff/src__a_b.rs_line_3_col_7.diff"].contains("+    a - b"));
    assert!(files["diff/src__a_b.rs_line_3_col_7_001.diff"].contains("+    a * b"));
    assert!(
        files["log/src__a_b.rs_line_3_col_7_001.log"].contains("*** noticed by lib::tests::one")
    );
    assert!(files["log/src__a_b.rs_line_3_col_7_001.log"].contains("*** chosen by slot"));
    for judged in sample::results().judged() {
        let lists = files.iter().filter(|(name, _)| name.ends_with(".txt"));
        let line = cargo_mutants::line(judged.mutant);
        let count = lists.filter(|(_, text)| text.lines().any(|it| it == line)).count();
        assert_eq!(count, usize::from(judged.verdict.is_some()), "{line}");
    }
}

#[test]
fn mutants_are_listed_while_they_are_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = Folder::create(folder.path()).expect("a folder");
    let results = sample::results();
    for judged in results.judged() {
        if let Some(verdict) = judged.verdict {
            out.note(judged.mutant, verdict).expect("noted");
        }
    }
    let before = sample::files(out.path());
    out.write(&results).expect("written");
    let after = sample::files(out.path());
    for (name, text) in before.iter().filter(|(name, _)| name.ends_with(".txt")) {
        assert_eq!(&after[name], text, "{name}");
        assert!(!text.is_empty(), "{name}");
    }
}

#[test]
fn an_older_folder_is_kept_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..3 {
        let out = Folder::create(folder.path()).expect("a folder");
        std::fs::write(out.path().join("number"), number.to_string()).expect("a file");
    }
    let number = |name: &str| std::fs::read_to_string(folder.path().join(name).join("number")).ok();
    assert_eq!((number(FOLDER).as_deref(), number(ROTATED).as_deref()), (Some("2"), Some("1")));
    assert!(!folder.path().join(ROTATED).join(OLDER).exists());
}

#[test]
fn what_a_run_left_that_was_ended_while_it_removed_goes_with_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let left = folder.path().join(ROTATED).join(OLDER);
    drop(Folder::create(folder.path()).expect("a folder"));
    std::fs::create_dir_all(left.join("log")).expect("a folder");
    let next = Folder::create(folder.path()).expect("a folder");
    assert!(!left.join("log").exists());
    drop(next);
    assert!(!left.exists());
}

#[test]
fn a_folder_that_another_run_writes_to_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = Folder::create(folder.path()).expect("a folder");
    let error = Folder::create(folder.path()).expect_err("it is locked");
    assert!(error.to_string().contains("--output"), "{error}");
    assert!(first.path().join(LOCK).is_file());
    assert!(!folder.path().join(ROTATED).exists());
    drop(first);
    Folder::create(folder.path()).expect("it is free again");
}

#[test]
fn a_folder_that_nothing_came_of_is_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let parent = folder.path().join("made");
    Folder::create(&parent).expect("a folder").abandon();
    assert!(!parent.exists());
    let first = Folder::create(folder.path()).expect("a folder");
    std::fs::write(first.path().join("number"), "1").expect("a file");
    drop(first);
    Folder::create(folder.path()).expect("a folder").abandon();
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .flatten()
        .map(|it| it.file_name())
        .collect();
    assert_eq!(names, [FOLDER]);
    assert!(folder.path().join(FOLDER).join("number").exists());
}

#[test]
fn a_folder_that_cannot_be_made_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("a file");
    let inside = file.join("inside");
    let error = Folder::create(&inside).expect_err("a file is no folder");
    assert_eq!(error.kind(), ErrorKind::File);
    assert!(error.to_string().contains("file/inside"), "{error}");
    // The parent is made, one level; not two.
    let error = Folder::create(&folder.path().join("a/b")).expect_err("there is no a");
    assert_eq!(error.kind(), ErrorKind::File);
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
    Folder::create(&folder.path().join("a")).expect("one level is made");
}

#[test]
fn a_file_that_cannot_be_written_keeps_its_older_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    whole(&path, "older").expect("written");
    // Something stands where the new text would be written first: as good as a full disk, for root as well.
    std::fs::create_dir(folder.path().join("file.part")).expect("a folder");
    let error = whole(&path, "newer").expect_err("it is in the way");
    assert!(error.to_string().starts_with("cannot write "), "{error}");
    assert_eq!(std::fs::read_to_string(&path).expect("a text"), "older");
}

#[test]
fn what_was_caught_is_known_from_run_to_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let results = sample::results();
    Folder::create(folder.path()).expect("a folder").write(&results).expect("written");
    let first = already_caught(folder.path());
    assert_eq!(first.len(), 2, "{first:?}");
    for _ in 0..2 {
        let out = Folder::create(folder.path()).expect("a folder");
        out.note_already_caught(&first).expect("written");
        out.write(&Results::empty(folder.path())).expect("written");
        drop(out);
        assert_eq!(already_caught(folder.path()).len(), first.len());
    }
}
