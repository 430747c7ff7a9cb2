//! Tests that fail, hang or change their mind before any mutant is chosen.

use std::time::Duration;

use segue_mutants::run::{Baseline, RunOptions};
use segue_mutants::{ErrorKind, Image, TestKind, Verdict};

use crate::package::{binary, image, options, root, run_with, verdicts};

/// The test binary with one test in this mood.
fn in_mood(mood: &str) -> Image {
    let mut binary = binary("hard", TestKind::Unit);
    binary.environment.insert("MOOD".to_owned(), mood.to_owned());
    let mark = root().join(format!("mark-{mood}"));
    let _ = std::fs::remove_file(&mark);
    binary.environment.insert("MARK".to_owned(), mark.display().to_string());
    image(vec![binary])
}

#[test]
fn tests_are_counted_and_ignored_ones_left_out() {
    let (_, events) = run_with(&in_mood("good"), &options(&[0]));
    assert_eq!(events, ["19 tests, 1 ignored", "19 judge", "1 of 1: 0 Caught"]);
}

#[test]
fn a_test_that_fails_is_an_error_with_its_output() {
    let error = run_with(&in_mood("fails"), &options(&[0])).0.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Baseline);
    let message = error.to_string();
    assert!(message.starts_with("the test hard::tests::is_moody fails before"), "{message}");
    assert!(message.contains("a bad mood"), "{message}");
}

#[test]
fn a_test_that_fails_is_left_out_when_the_baseline_is_skipped() {
    let options = RunOptions { baseline: Baseline::Skip, ..options(&[0]) };
    let (outcomes, events) = run_with(&in_mood("fails"), &options);
    assert_eq!(verdicts(&outcomes.unwrap()), [(0, Verdict::Caught)]);
    assert!(events.contains(&"left out hard::tests::is_moody: Failing".to_owned()), "{events:?}");
}

#[test]
fn a_test_that_hangs_is_an_error_that_names_it() {
    let options = RunOptions { baseline_timeout: Duration::from_secs(2), ..options(&[0]) };
    let error = run_with(&in_mood("hangs"), &options).0.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Baseline);
    assert!(
        error.to_string().starts_with("the test hard::tests::is_moody does not end"),
        "{error}"
    );
}

#[test]
fn a_flaky_test_is_named_and_left_out() {
    let (outcomes, events) = run_with(&in_mood("flaky"), &options(&[0]));
    assert_eq!(verdicts(&outcomes.unwrap()), [(0, Verdict::Caught)]);
    assert!(events.contains(&"left out hard::tests::is_moody: Flaky".to_owned()), "{events:?}");
    assert!(events.contains(&"18 judge".to_owned()), "{events:?}");
}

#[test]
fn a_test_that_goes_another_way_when_it_is_run_again_is_named_and_judges() {
    let (outcomes, events) = run_with(&in_mood("unsteady"), &options(&[0]));
    assert_eq!(verdicts(&outcomes.unwrap()), [(0, Verdict::Caught)]);
    assert!(events.contains(&"unsteady hard::tests::is_moody".to_owned()), "{events:?}");
    assert!(events.contains(&"19 judge".to_owned()), "{events:?}");
}

/// A stack trace takes longer than most tests.
#[test]
fn no_test_prints_a_stack_trace() {
    let mut image = in_mood("no trace");
    image.binaries[0].environment.insert("RUST_BACKTRACE".to_owned(), "full".to_owned());
    let (outcomes, _) = run_with(&image, &options(&[0]));
    assert_eq!(verdicts(&outcomes.expect("it has none")), [(0, Verdict::Caught)]);
}

#[test]
fn a_test_that_needs_another_before_it_is_named_and_left_out() {
    let (outcomes, events) = run_with(&in_mood("order"), &options(&[0]));
    assert_eq!(verdicts(&outcomes.unwrap()), [(0, Verdict::Caught)]);
    let expected = "left out hard::tests::is_moody: OrderDependent".to_owned();
    assert!(events.contains(&expected), "{events:?}");
}

#[test]
fn a_binary_without_the_server_is_an_error_that_says_so() {
    let mut other = binary("true", TestKind::Custom);
    other.path = "/bin/true".into();
    let error = run_with(&image(vec![other]), &options(&[0])).0.unwrap_err();
    assert!(error.to_string().contains("does not answer as a test binary"), "{error}");
}

#[test]
fn an_image_without_tests_is_an_error() {
    let error = run_with(&image(Vec::new()), &options(&[0])).0.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Baseline);
}

#[test]
fn a_multiplier_that_is_no_number_is_an_error() {
    let options = RunOptions { timeout_multiplier: f64::NAN, ..options(&[0]) };
    let error = run_with(&in_mood("good"), &options).0.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
}
