//! The guard flushes while it lives and leaves the thread as it was.

use super::*;
use std::hint::black_box;

#[test]
fn denormals_are_zero_while_the_guard_lives() {
    let tiny = black_box(f32::MIN_POSITIVE);
    let half = |value: f32| black_box(value * black_box(0.5));
    assert!(half(tiny) > 0.0);
    {
        let _flush = FlushDenormals::new();
        assert_eq!(half(tiny), 0.0);
    }
    assert!(half(tiny) > 0.0);
}
