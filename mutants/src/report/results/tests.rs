//! Every mutant is in the counts once, and results survive being written and read.

use super::*;
use crate::report::sample;

#[test]
fn every_mutant_is_counted_once_and_not_reached_is_missed() {
    let counts = sample::results().counts();
    let expected = Counts {
        caught: 1,
        missed: 2,
        not_reached: 1,
        timeout: 1,
        unviable: 1,
        not_compiled: 1,
        not_judged: 1,
        pending: 1,
        slot: 3,
        selector: 1,
        ..Counts::default()
    };
    assert_eq!(counts, expected);
    assert_eq!(counts.tested() + counts.pending, sample::results().mutants.len());
}

#[test]
fn judged_mutants_come_by_number_with_their_reasons() {
    let results = sample::results();
    let judged: Vec<_> = results.judged().collect();
    let numbers: Vec<_> = judged.iter().map(|it| it.mutant.id.0).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(judged[1].reason, "exit status 101\n<b>&");
    assert_eq!(judged[4].reason, "mismatched types");
    assert_eq!(judged[5].reason, "in a macro");
    assert_eq!(judged[7].verdict, None);
}

#[test]
fn results_that_were_written_are_read_from_each_folder_around_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let results = sample::results();
    let out = crate::report::Folder::create(folder.path()).expect("a folder");
    out.write(&results).expect("written");
    for path in [folder.path(), out.path(), &out.path().join(RESULTS_FILE)] {
        let read = Results::read(path).expect("read");
        assert_eq!(serde_json::to_value(&read).ok(), serde_json::to_value(&results).ok());
    }
}

#[test]
fn what_holds_no_results_is_refused_with_the_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = Results::read(folder.path()).expect_err("nothing is there");
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert!(error.to_string().contains(&folder.path().display().to_string()), "{error}");

    let mut value = serde_json::to_value(sample::results()).expect("JSON");
    value["form"] = serde_json::json!(FORM + 1);
    for text in ["{", &value.to_string()] {
        std::fs::write(folder.path().join(RESULTS_FILE), text).expect("a file");
        let error = Results::read(folder.path()).expect_err("not ours");
        assert_eq!(error.kind(), ErrorKind::Usage);
        assert!(error.to_string().contains(RESULTS_FILE), "{error}");
    }
}
