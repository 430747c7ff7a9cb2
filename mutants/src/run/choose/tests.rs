//! The order of tests: by magnitude, and then as cargo has them.

use super::*;

/// The places of tests, given what they take, in the order in which they are run.
fn order(tests: &[(u64, u64)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..tests.len()).collect();
    order.sort_by_key(|at| key(Duration::from_millis(tests[*at].0), tests[*at].1, *at));
    order
}

#[test]
fn a_test_of_fewer_calls_is_run_first() {
    assert_eq!(order(&[(1, 1_000), (1, 10), (1, 0), (1, 1)]), [2, 3, 1, 0]);
}

#[test]
fn tests_of_about_as_many_calls_are_run_as_cargo_has_them() {
    assert_eq!(order(&[(1, 300), (1, 200), (1, 999), (1, 100)]), [0, 1, 2, 3]);
}

#[test]
fn the_clock_counts_where_tests_take_very_different_times() {
    assert_eq!(order(&[(20_000, 1), (5, 1_000), (90, 1)]), [2, 1, 0]);
}

#[test]
fn the_clock_does_not_count_where_calls_tell() {
    assert_eq!(order(&[(1_001, 300_000_000), (999, 200_000_000), (95, 400_000_000)]), [0, 1, 2]);
    assert_eq!(order(&[(5_000, 30_000_000), (20, 10), (150, 5)]), [1, 2, 0]);
}
