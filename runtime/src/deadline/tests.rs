//! Which call is stopped.

use std::time::Duration;

use super::{Limit, Running};

const LIMIT: Limit = Limit(50);

#[cfg(not(loom))]
#[test]
fn limits_are_milliseconds_within_bounds() {
    let limit = |duration| Limit::of(duration).duration();
    assert_eq!(limit(Duration::from_millis(20)), Duration::from_millis(20));
    assert_eq!(limit(Duration::from_nanos(3)), Duration::from_millis(1));
    assert_eq!(limit(Duration::MAX), Duration::from_millis((1 << 24) - 1));
}

#[cfg(not(loom))]
#[test]
fn the_call_that_is_meant_stops_once() {
    let running = Running::new();
    assert_eq!(running.take_stop(), None, "in no call");
    assert_eq!(running.enter(LIMIT), Limit::NONE);
    let seen = running.now();
    assert_eq!(seen.limit(), LIMIT);
    assert_eq!(running.take_stop(), None, "nobody asked");
    running.stop(seen);
    assert_eq!(running.take_stop(), Some(LIMIT));
    assert_eq!(running.take_stop(), None, "while it unwinds");
}

#[cfg(not(loom))]
#[test]
fn calls_within_a_call_have_their_own_time() {
    let running = Running::new();
    running.enter(LIMIT);
    let outer = running.now();
    let before = running.enter(Limit(7));
    running.stop(outer);
    assert_eq!((before, running.take_stop()), (LIMIT, None), "the inner one is not meant");
    assert_eq!(running.enter(before), Limit(7));
    assert_eq!(running.now().limit(), LIMIT);
    assert_ne!(running.now(), outer, "its time begins again");
    running.stop(running.now());
    running.withdraw();
    assert_eq!(running.take_stop(), None);
}

#[cfg(loom)]
#[test]
fn loom_a_stop_meets_the_call_that_was_seen_and_no_other() {
    use loom::{sync::Arc, thread};
    let _ = Duration::ZERO;
    loom::model(|| {
        let running = Arc::new(Running::new());
        let calling = running.clone();
        let caller = thread::spawn(move || {
            let mut stopped = Vec::new();
            for _ in 0..2 {
                let outer = calling.enter(LIMIT);
                let call = calling.now();
                // Two polls.
                for _ in 0..2 {
                    stopped.extend(calling.take_stop().map(|_| call));
                }
                calling.enter(outer);
            }
            stopped
        });
        let seen = running.now();
        let is_in_one = seen.limit() != Limit::NONE;
        if is_in_one {
            running.stop(seen);
        }
        let stopped = caller.join().expect("no panic");
        assert!(stopped.is_empty() || stopped == [seen], "{stopped:?} of {seen:?}");
        assert!(is_in_one || stopped.is_empty());
    });
}
