//! What tests may take, and what is known of one that grows when its time is over.

use super::*;

#[test]
fn calls_end_what_grows_slowly_by_call_and_memory_ends_the_rest() {
    let (growth, memory) = (100 << 20, 4 << 30);
    // With all of its calls it would take 400 MB.
    assert!(ends_by_calls(growth, 0.25, memory));
    // It would take 3 GB, and what it doubles is more than it uses.
    assert!(!ends_by_calls(growth, 0.03, memory));
    assert!(!ends_by_calls(growth, 0.0, memory), "it calls nothing");
}

#[test]
fn a_test_that_takes_little_may_take_a_hundred_times_that_and_more_up_to_half_a_second() {
    let least = |micros| least(Duration::from_micros(micros)).as_micros();
    assert_eq!([0, 700, 2_500, 90_000].map(least), [250_000, 320_000, 500_000, 500_000]);
}

#[test]
fn what_is_ended_sooner_is_taken_for_growing_by_less() {
    let within = |milliseconds| growth_within(Duration::from_millis(milliseconds)) >> 20;
    assert_eq!([10, 250, 375, 500, 9_000].map(within), [32, 32, 48, 64, 64]);
}
