//! What becomes of mutants.

use segue_mutants::{TestKind, Tier, Verdict};

use crate::package::{
    binary, hard, image, mutant, options, outcome, outcomes, root, run_with, verdicts,
};

#[test]
fn a_mutant_that_a_test_notices_is_caught() {
    let outcome = outcome(0);
    assert_eq!(outcome.verdict, Verdict::Caught);
    assert_eq!(outcome.noticed_by.as_deref(), Some("hard::tests::adds"));
    assert_eq!(outcome.reached_by, ["hard::tests::adds"]);
    assert_eq!(outcome.tests_run, 1);
    assert!(outcome.detail.contains("exit status: 101"), "{}", outcome.detail);
    assert!(outcome.detail.contains("left: 2"), "{}", outcome.detail);
}

#[test]
fn a_mutant_that_no_test_notices_is_missed_and_the_tests_are_named() {
    let outcome = outcome(1);
    assert_eq!(outcome.verdict, Verdict::Missed);
    assert_eq!(outcome.reached_by, ["hard::tests::adds"]);
    assert_eq!(outcome.noticed_by, None);
}

#[test]
fn the_fastest_test_comes_first_and_the_first_that_fails_is_the_last() {
    let outcomes = outcomes(&[27, 28, 29]);
    let order = ["hard::tests::goes_nowhere", "hard::tests::goes_little", "hard::tests::goes_far"];
    for outcome in &outcomes {
        assert_eq!(outcome.reached_by, order);
    }
    let run: Vec<_> = outcomes.iter().map(|it| (it.tests_run, it.noticed_by.as_deref())).collect();
    assert_eq!(run, [(3, None), (2, Some(order[1])), (1, Some(order[0]))]);
    for outcome in &outcomes {
        assert_eq!(outcome.took.len(), outcome.tests_run);
        assert!(outcome.took.iter().all(|it| *it > 0), "{:?}", outcome.took);
        assert!(u128::from(outcome.took.iter().sum::<u64>()) <= outcome.duration.as_micros());
    }
}

#[test]
fn a_function_that_only_an_ignored_test_enters_is_not_reached() {
    let outcome = outcome(2);
    assert_eq!((outcome.verdict, outcome.tests_run), (Verdict::NotReached, 0));
}

#[test]
fn a_function_that_is_in_no_binary_is_not_compiled() {
    let mut image = hard();
    image.mutants.push(mutant(900, Some(900)));
    let outcomes = run_with(&image, &options(&[900])).0.unwrap();
    assert_eq!(verdicts(&outcomes), [(900, Verdict::NotCompiled)]);
}

#[test]
fn rejected_and_left_out_mutants_keep_their_reason() {
    let mut image = hard();
    image.mutants[0].rejected = Some("error[E0308]: mismatched types".to_owned());
    image.mutants[1].left_out = Some("its macro".to_owned());
    image.mutants[2].function = None;
    image.mutants[2].tier = Some(Tier::Rebuild);
    let outcomes = run_with(&image, &options(&[0, 1, 2])).0.unwrap();
    let expected = [(0, Verdict::Unviable), (1, Verdict::NotJudged), (2, Verdict::NotJudged)];
    assert_eq!(verdicts(&outcomes), expected);
    assert_eq!(outcomes[0].detail, "error[E0308]: mismatched types");
    assert_eq!(outcomes[1].detail, "its macro");
    assert!(!outcomes[2].detail.is_empty());
}

#[test]
fn a_loop_without_end_is_a_timeout() {
    let outcome = outcome(3);
    assert_eq!(outcome.verdict, Verdict::Timeout);
    assert!(
        outcome.detail.starts_with("took more than 0.3 s of processor time"),
        "{}",
        outcome.detail
    );
}

/// The outcome of a mutant that does not open door 1 and opens another for door 2, with two binaries: which doors the tests of each
/// open, `opens_doors` and `opens_gates`. Those that open one come before those that open ten.
fn behind_doors(first: [&str; 2], second: [&str; 2]) -> (Verdict, Vec<String>, Option<String>) {
    let binaries = [("first", TestKind::Unit, first), ("second", TestKind::Integration, second)];
    let binaries = binaries.map(|(name, kind, [doors, gates])| {
        let mut binary = binary("hard", kind);
        binary.target = name.to_owned();
        binary.environment.insert("DOORS".to_owned(), doors.to_owned());
        binary.environment.insert("GATES".to_owned(), gates.to_owned());
        binary
    });
    let outcomes = run_with(&image(binaries.to_vec()), &options(&[30])).0;
    let outcome = outcomes.expect("the baseline passes").remove(0);
    let run = outcome.reached_by[..outcome.tests_run].to_vec();
    if outcome.verdict == Verdict::Caught {
        assert!(outcome.detail.contains(", run before it, took more than"), "{}", outcome.detail);
    }
    (outcome.verdict, run, outcome.noticed_by)
}

#[test]
fn a_test_that_fails_in_a_binary_before_says_more_than_one_that_does_not_end() {
    let doors = |binary: &str| format!("{binary}::tests::opens_doors");
    let gates = |binary: &str| format!("{binary}::tests::opens_gates");
    // The one that fails is the last of four; one of the binary that does not end is left out.
    let caught = behind_doors([&"3".repeat(10), &"2".repeat(10)], ["1", "3"]);
    let run = vec![doors("second"), doors("first"), gates("first")];
    assert_eq!(caught, (Verdict::Caught, run, Some(gates("first"))));
    // One of that binary does not end: nobody would hear of the other.
    let timeout = behind_doors([&"2".repeat(10), &"1".repeat(10)], ["1", "3"]);
    let run = vec![doors("second"), doors("first"), gates("first")];
    assert_eq!(timeout, (Verdict::Timeout, run, Some(gates("first"))));
    // They pass there.
    let timeout = behind_doors([&"3".repeat(10), &"3".repeat(10)], ["1", "2"]);
    let run = vec![doors("second"), doors("first"), gates("first")];
    assert_eq!(timeout, (Verdict::Timeout, run, Some(doors("second"))));
    // In the same binary, or in one behind it.
    let timeout = behind_doors(["1", &"2".repeat(10)], [&"2".repeat(10), "3"]);
    assert_eq!(timeout, (Verdict::Timeout, vec![doors("first")], Some(doors("first"))));
    // Two that do not end are enough.
    let timeout = behind_doors([&"1".repeat(10), &"2".repeat(10)], ["1", ""]);
    let run = vec![doors("second"), doors("first")];
    assert_eq!(timeout, (Verdict::Timeout, run, Some(doors("first"))));
}

#[test]
fn a_loop_that_calls_without_end_is_a_timeout_by_its_calls() {
    // Nothing but the limit on calls can end it.
    let mut options = options(&[20]);
    options.minimum_timeout = Some(std::time::Duration::from_secs(600));
    let outcome = run_with(&hard(), &options).0.unwrap().remove(0);
    assert_eq!(outcome.verdict, Verdict::Timeout);
    assert!(outcome.detail.starts_with("called a function 100 times"), "{}", outcome.detail);
}

#[test]
fn a_recursion_without_end_is_caught() {
    let outcome = outcome(4);
    assert_eq!(outcome.verdict, Verdict::Caught);
    assert!(outcome.detail.contains("overflowed its stack"), "{}", outcome.detail);
}

#[test]
fn mutants_that_abort_crash_or_panic_are_caught() {
    for outcome in outcomes(&[5, 9, 12]) {
        assert_eq!(outcome.verdict, Verdict::Caught, "{outcome:?}");
        assert_eq!(outcome.noticed_by.as_deref(), Some("hard::tests::is_the_same"));
    }
}

#[test]
fn an_exit_with_0_is_no_pass() {
    let outcome = outcome(6);
    assert_eq!(outcome.verdict, Verdict::Caught);
    assert!(outcome.detail.starts_with("it left before the harness"), "{}", outcome.detail);
}

#[test]
fn a_mutant_that_takes_all_memory_is_caught() {
    let mut options = options(&[7]);
    options.minimum_timeout = Some(std::time::Duration::from_secs(20));
    let outcome = run_with(&hard(), &options).0.unwrap().remove(0);
    assert_eq!(outcome.verdict, Verdict::Caught);
    assert!(outcome.detail.starts_with("memory limit"), "{}", outcome.detail);
}

#[test]
fn a_mutant_that_is_ended_by_its_time_while_it_takes_memory_gets_more_time() {
    let mark = root().join("mark-grows");
    let _ = std::fs::remove_file(&mark);
    let mut binary = binary("hard", TestKind::Unit);
    binary.environment.insert("MARK".to_owned(), mark.display().to_string());
    let mut image = image(vec![binary]);
    image.mutants.push(mutant(800, Some(3)));
    let mut options = options(&[800]);
    // The first run makes the mark, and does not end; the second passes.
    options.minimum_timeout = Some(std::time::Duration::from_secs(1));
    let outcome = run_with(&image, &options).0.unwrap().remove(0);
    assert_eq!(outcome.verdict, Verdict::Missed, "{outcome:?}");
}

#[test]
fn mutants_that_wait_for_ever_are_timeouts() {
    for outcome in outcomes(&[8, 13]) {
        assert_eq!(outcome.verdict, Verdict::Timeout, "{outcome:?}");
        assert!(outcome.detail.starts_with("waited for more than 0.5 s"), "{}", outcome.detail);
    }
}

#[test]
fn a_mutant_that_prints_a_hundred_megabytes_is_judged_by_its_result() {
    let outcome = outcome(10);
    assert_eq!(outcome.verdict, Verdict::Missed, "{outcome:?}");
}

#[test]
fn what_a_failing_test_printed_is_in_the_detail() {
    let outcome = outcome(11);
    assert!(outcome.detail.contains("said before"), "{}", outcome.detail);
    assert!(outcome.detail.contains("test result: FAILED"), "{}", outcome.detail);
}

#[test]
fn tests_that_should_panic_judge() {
    let expected = [(14, Verdict::Caught), (15, Verdict::Caught)];
    assert_eq!(verdicts(&outcomes(&[14, 15])), expected);
}

#[test]
fn a_test_without_standard_input_judges() {
    assert_eq!(outcome(19).verdict, Verdict::Caught);
}

#[test]
fn a_binary_without_the_standard_harness_is_one_test() {
    for kind in [TestKind::Custom, TestKind::Doctest] {
        let image = image(vec![binary("program", kind)]);
        let outcomes = run_with(&image, &options(&[0, 1])).0.unwrap();
        assert_eq!(verdicts(&outcomes), [(0, Verdict::Caught), (1, Verdict::Missed)]);
        assert_eq!(outcomes[0].noticed_by.as_deref(), Some("program"));
    }
}

#[test]
fn an_example_that_should_panic_passes_by_that() {
    let mut binary = binary("program", TestKind::PanickingDoctest);
    binary.environment.insert("PANICS".to_owned(), String::new());
    let outcomes = run_with(&image(vec![binary]), &options(&[0, 1])).0.unwrap();
    assert_eq!(verdicts(&outcomes), [(0, Verdict::Caught), (1, Verdict::Missed)]);
    assert!(outcomes[0].detail.starts_with("it should have panicked"), "{}", outcomes[0].detail);
}

#[test]
fn more_binaries_than_servers_fit_are_all_asked() {
    let mut image = image((0..100).map(|_| binary("program", TestKind::Doctest)).collect());
    for (at, binary) in image.binaries.iter_mut().enumerate() {
        binary.target = format!("example {at}");
    }
    let outcomes = run_with(&image, &options(&[0, 1])).0.unwrap();
    assert_eq!(verdicts(&outcomes), [(0, Verdict::Caught), (1, Verdict::Missed)]);
    assert_eq!((outcomes[0].tests_run, outcomes[1].tests_run), (1, 100));
}

#[test]
fn mutants_in_a_program_that_a_test_starts_are_chosen_there() {
    let mut binary = binary("hard", TestKind::Integration);
    let program = root().join("program").display().to_string();
    binary.environment.insert("PROGRAM".to_owned(), program);
    let outcomes = run_with(&image(vec![binary]), &options(&[21, 22])).0.unwrap();
    assert_eq!(verdicts(&outcomes), [(21, Verdict::Caught), (22, Verdict::Missed)]);
    assert_eq!(outcomes[1].reached_by, ["hard::tests::starts_a_program"]);
}

#[test]
fn three_repeats_give_the_same_outcomes() {
    let all: Vec<u32> = (0..24).collect();
    let mut repeats = (0..3).map(|_| {
        let outcomes = run_with(&hard(), &options(&all)).0.unwrap();
        let fixed =
            |it: segue_mutants::Outcome| (it.mutant, it.verdict, it.noticed_by, it.reached_by);
        outcomes.into_iter().map(fixed).collect::<Vec<_>>()
    });
    let first = repeats.next().unwrap();
    assert_eq!(first.len(), 24);
    for other in repeats {
        for (one, other) in first.iter().zip(&other) {
            assert_eq!(one, other);
        }
        assert_eq!(first.len(), other.len());
    }
}
