//! The text of the terminal.

use super::*;
use crate::report::sample;

#[test]
fn a_missed_mutant_is_shown_with_its_diff_and_its_tests() {
    let results = sample::results();
    let missed = results.judged().next().expect("a mutant");
    let (word, text) = finding(&missed, results.source(missed.mutant)).expect("a text");
    assert_eq!(word, "missed");
    let expected = "\
src/a b.rs:3:7: replace + with - in f
       fn f(a: u32, b: u32) -> u32 {
      -    a + b
      +    a - b
       }
      reached by lib::tests::one, it::two";
    assert_eq!(text, expected);
}

#[test]
fn the_reason_stands_below_every_other_verdict() {
    let results = sample::results();
    let second = |judged: Judged<'_>| {
        let (word, text) = finding(&judged, results.source(judged.mutant)).expect("a text");
        format!("{word}: {}", text.lines().last().unwrap_or("").trim())
    };
    let lines: Vec<_> = results.judged().skip(1).map(second).collect();
    let expected = [
        "caught: src/a b.rs:3:7: replace + with * in f",
        "missed: no test reaches it",
        "timeout: lib::tests::one took longer than its limit",
        "unviable: mismatched types",
        "not judged: in a macro",
        "not compiled: compiled out in this configuration",
        "not come to: the run ended before it",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn many_tests_are_counted() {
    let tests: Vec<_> = (0..7).map(|it| format!("t{it}")).collect();
    assert_eq!(named(&tests), "t0, t1, t2, t3, t4 and 2 more");
}

#[test]
fn the_summary_counts_verdicts_tiers_and_time() {
    let mut results = sample::results();
    let expected = "\
7 mutants tested in 1.3 s: 2 missed, 1 caught, 1 unviable, 1 timeout, 1 not compiled, 1 not judged
of those missed, 1 are reached by no test
3 by slot, 1 by selector; build 1.0 s, tests without mutants 20 ms, mutants 0.3 s";
    assert_eq!(summary(&results), expected);
    results.ending = Ending::Interrupted;
    assert_eq!(summary(&results), format!("{expected}\ninterrupted: 1 were not come to"));
}

#[test]
fn lengths_of_time_are_short() {
    let text = |it: f64| seconds(Duration::from_secs_f64(it));
    assert_eq!(text(0.0123), "12 ms");
    assert_eq!(text(1.26), "1.3 s");
    assert_eq!(text(42.4), "42 s");
    assert_eq!(text(131.9), "2 min 11 s");
}
