//! What is known of a test that grows when its time is over.

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
