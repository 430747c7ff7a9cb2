//! What tests do before their first call is run once, and no verdict is another for it.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use segue_mutants::run::{Prefix, RunEvent, RunOptions, run};
use segue_mutants::{Image, Outcome, TestKind, Verdict};

use crate::package::{binary, image_of, mutant, options};

/// Functions, each with mutants of these kinds.
const FUNCTIONS: u32 = 14;
const KINDS: u32 = 10;
/// Kinds of mutants: one that loops, one that waits, and two that say what the prefix came to.
const ENDLESS: u32 = 4;
const WAITS: u32 = 6;
const SAY: [u32; 2] = [7, 9];

fn package() -> Image {
    let mutants = (0..FUNCTIONS).flat_map(|function| {
        (0..KINDS).map(move |kind| mutant(function * 10 + kind, Some(function)))
    });
    image_of(vec![binary("prefix", TestKind::Unit)], FUNCTIONS, mutants.collect())
}

/// The outcomes of some mutants, and the tests that were stopped.
fn judged(only: &[u32], prefix: Prefix) -> (Vec<Outcome>, Vec<String>) {
    let options = RunOptions {
        prefix,
        jobs: 1,
        minimum_timeout: Some(Duration::from_millis(100)),
        ..options(only)
    };
    let mut stopped = Vec::new();
    let outcomes = run(&package(), &options, &mut |event| {
        if let RunEvent::PrefixOnce { test, .. } = event {
            stopped.push(test.trim_start_matches("prefix::tests::").to_owned());
        }
    });
    (outcomes.expect("the baseline passes"), stopped)
}

/// Whether a test can be stopped on this machine: the kernel has to see what it does before.
pub(crate) fn is_possible() -> bool {
    cfg!(target_arch = "x86_64") && Path::new("/proc/sys/kernel/seccomp").exists()
}

/// Of all functions these kinds.
fn of_all(kinds: &[u32]) -> Vec<u32> {
    (0..FUNCTIONS).flat_map(|function| kinds.iter().map(move |kind| function * 10 + kind)).collect()
}

#[test]
fn verdicts_are_those_of_whole_runs() {
    let mut only = of_all(&[0, 1, 2, 3, 5, 8]);
    // These take their time.
    only.extend([ENDLESS, 10 + ENDLESS, WAITS, 20 + WAITS]);
    only.sort_unstable();
    let (whole, stopped) = judged(&only, Prefix::Never);
    assert!(stopped.is_empty());
    let (split, mut stopped) = judged(&only, Prefix::Always);
    stopped.sort();
    let mut expected = vec![
        "computes",
        "ends_with_its_thread",
        "gives_a_result",
        "has_its_name",
        "prints",
        "reads_a_file",
        "should_panic",
        "starts_threads_after",
    ];
    expected.retain(|_| is_possible());
    assert_eq!(stopped, expected);
    assert_eq!(whole.len(), split.len());
    for (whole, split) in whole.iter().zip(&split) {
        assert_eq!(whole.mutant, split.mutant);
        assert_eq!(whole.verdict, split.verdict, "whole: {whole:?}\nsplit: {split:?}");
        assert_eq!(whole.noticed_by, split.noticed_by);
        assert_eq!(unnumbered(&whole.detail), unnumbered(&split.detail));
    }
    let verdict = |number: u32| {
        let place = only.iter().position(|it| *it == number).expect("it was judged");
        split[place].verdict
    };
    assert_eq!(verdict(8), Verdict::Missed);
    assert_eq!(verdict(11), Verdict::Caught, "it panics, but not as expected");
    assert_eq!(verdict(42), Verdict::Caught, "it leaves with success when its thread ends");
    assert_eq!(verdict(ENDLESS), Verdict::Timeout);
}

/// Without what is another number in every run: those of threads, and times.
fn unnumbered(text: &str) -> String {
    text.replace(|character: char| character.is_ascii_digit(), "")
}

#[test]
fn a_prefix_is_run_once_for_all_mutants() {
    // What it came to by chance is the same for two mutants of a test exactly when they had it from one process.
    let is_shared = |prefix| {
        let (outcomes, stopped) = judged(&of_all(&SAY), prefix);
        let drawn = |it: &Outcome| {
            let line = it.detail.lines().find(|line| line.starts_with("drawn ")).map(str::to_owned);
            line.unwrap_or_else(|| panic!("it drew nothing: {it:?}"))
        };
        let name = |it: &Outcome| it.noticed_by.clone().unwrap_or_default();
        let pairs = outcomes.chunks_exact(2).filter(|pair| drawn(&pair[0]) == drawn(&pair[1]));
        let shared = pairs.map(|pair| name(&pair[0]).replace("prefix::tests::", ""));
        assert_eq!(outcomes.len() as u32, 2 * FUNCTIONS);
        (shared.collect::<BTreeSet<_>>(), stopped.into_iter().collect::<BTreeSet<_>>())
    };
    assert_eq!(is_shared(Prefix::Never), (BTreeSet::new(), BTreeSet::new()));
    let (shared, stopped) = is_shared(Prefix::Always);
    assert_eq!(shared, stopped);
    assert_eq!(shared.is_empty(), !is_possible());
}
