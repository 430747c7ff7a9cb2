//! Figures arrive, peaks start anew at each look, misses count once.

use super::*;

#[test]
fn peaks_are_those_since_the_last_look() {
    let meter = Meter::default();
    meter.sound(&[0.25, -0.75, 0.5], 0.003);
    meter.sound(&[0.1, -0.1], 0.003);
    assert_eq!(meter.read().peak, 0.75);
    meter.sound(&[0.1, -0.1], 0.003);
    assert_eq!(meter.read().peak, 0.1);
    assert_eq!(meter.read().peak, 0.0);
}

#[test]
fn the_level_of_a_steady_sound_is_its_rms() {
    let meter = Meter::default();
    for _ in 0..10_000 {
        meter.sound(&[0.5, -0.5], 0.003);
    }
    assert!((meter.read().rms - 0.5).abs() < 1e-3);
}

#[test]
fn load_is_the_share_of_the_budget() {
    let meter = Meter::default();
    let budget = Duration::from_millis(10);
    for _ in 0..1000 {
        meter.callback(Duration::from_millis(2), budget);
    }
    let reading = meter.read();
    assert!((reading.load - 0.2).abs() < 1e-3);
    assert!((reading.load_peak - 0.2).abs() < 1e-3);
    meter.callback(Duration::from_millis(11), budget);
    assert!((meter.read().load_peak - 1.1).abs() < 1e-3);
}

#[test]
fn a_callback_without_frames_divides_by_nothing() {
    let meter = Meter::default();
    meter.sound(&[], 0.0);
    meter.callback(Duration::ZERO, Duration::ZERO);
    assert_eq!(meter.read(), Reading::default());
}
