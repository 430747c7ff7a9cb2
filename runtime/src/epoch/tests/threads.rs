//! Threads that come, go and hand their participant on while code is reclaimed, under loom.

use loom::thread;

use super::{models::replace_while, *};

#[test]
fn loom_only_the_outermost_guard_withdraws() {
    replace_while(|code, slot, me| {
        let _outer = me.pin();
        let entry = slot.entry();
        drop(me.pin());
        assert_ne!(code.run(entry), 0xCC);
    });
}

#[test]
fn loom_a_thread_that_ends_during_a_scan_is_done_with_the_code() {
    replace_while(|code, slot, me| {
        // Leaving withdraws what a leaked guard announced.
        std::mem::forget(me.pin());
        assert_ne!(code.run(slot.entry()), 0xCC);
        drop(me);
    });
}

#[test]
fn loom_a_thread_may_end_and_another_begin_during_a_scan() {
    replace_while(|code, slot, me| {
        let next = me.another();
        drop(me);
        let _guard = next.pin();
        assert_ne!(code.run(slot.entry()), 0xCC);
    });
}

#[test]
fn loom_a_participant_may_move_to_another_thread() {
    replace_while(|code, slot, me| {
        {
            let _guard = me.pin();
            assert_ne!(code.run(slot.entry()), 0xCC);
        }
        // Spawning hands it on; the two threads' loads and stores are ordered by that alone.
        let moved = thread::spawn({
            let (code, slot) = (code.clone(), slot.clone());
            move || {
                let _guard = me.pin();
                assert_ne!(code.run(slot.entry()), 0xCC);
            }
        });
        moved.join().unwrap();
    });
}
