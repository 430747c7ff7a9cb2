//! The epochs under loom, and their plain behaviour under the ordinary test runner.

use super::{Epochs, Participant, Retired};
#[cfg(loom)]
use crate::slot::Slot;

#[cfg(loom)]
mod threads;

#[cfg(loom)]
mod models {
    use std::collections::HashSet;

    use loom::{cell::UnsafeCell, sync::Arc, thread};

    use super::*;
    use crate::{
        epoch::{PinnedSince, Testimony, Witness},
        sync::{AtomicUsize, Ordering},
    };

    /// Two pieces of code, readable by whoever is in them and overwritten when reclaimed: loom
    /// reports a read that races with the overwriting.
    pub(super) struct Code {
        bytes: [UnsafeCell<u32>; 2],
    }

    impl Code {
        pub(super) fn run(&self, entry: usize) -> u32 {
            // SAFETY: the protocol under test forbids a concurrent write; loom checks it.
            self.bytes[entry - 1].with(|byte| unsafe { *byte })
        }

        fn reclaim(&self, entry: usize) {
            // SAFETY: as above.
            self.bytes[entry - 1].with_mut(|byte| unsafe { *byte = 0xCC });
        }
    }

    struct Owner(Arc<Code>, usize);
    impl Drop for Owner {
        fn drop(&mut self) {
            self.0.reclaim(self.1);
        }
    }

    // SAFETY: the cells are handed between threads by the protocol under test.
    unsafe impl Send for Code {}
    // SAFETY: as above.
    unsafe impl Sync for Code {}

    fn code() -> Arc<Code> {
        Arc::new(Code { bytes: [UnsafeCell::new(1), UnsafeCell::new(2)] })
    }

    /// Replaces code 1 by code 2 while `caller` runs, retires and reclaims it, in every order.
    pub(super) fn replace_while(caller: fn(&Arc<Code>, &Arc<Slot>, Participant)) {
        loom::model(move || {
            let (epochs, code) = (Epochs::new(None), code());
            let slot = Arc::new(Slot::new(1));
            let participant = Participant::register(&epochs);
            let caller = thread::spawn({
                let (slot, code) = (slot.clone(), code.clone());
                move || caller(&code, &slot, participant)
            });
            slot.publish(2);
            epochs.retire(Retired::new(Owner(code.clone(), 1)));
            epochs.reclaim(None);
            caller.join().unwrap();
            assert_eq!(epochs.reclaim(None), 0, "nobody is pinned: everything is reclaimed");
        });
    }

    #[test]
    fn loom_a_pinned_caller_never_runs_reclaimed_code() {
        replace_while(|code, slot, me| {
            let _guard = me.pin();
            assert_ne!(code.run(slot.entry()), 0xCC);
        });
    }

    #[test]
    fn loom_pinning_again_after_a_scan_is_safe() {
        replace_while(|code, slot, me| {
            for _ in 0..2 {
                let _guard = me.pin();
                assert_ne!(code.run(slot.entry()), 0xCC);
            }
        });
    }

    #[test]
    fn loom_a_caller_that_registers_during_a_scan_is_safe() {
        replace_while(|code, slot, me| {
            let late = me.another();
            let _guard = late.pin();
            assert_ne!(code.run(slot.entry()), 0xCC);
        });
    }

    /// Which entry a thread is parked in; 0 while it runs.
    struct Parked(AtomicUsize);

    impl Witness for Parked {
        fn testify(
            &self,
            pinned: &[PinnedSince],
            _may_run: &dyn Fn(u32) -> bool,
        ) -> Option<Testimony> {
            // Acquire: the kernel's, which switched the thread out.
            let held = match self.0.load(Ordering::Acquire) {
                0 => return None,
                entry => HashSet::from([entry]),
            };
            Some(Testimony { held, seen: vec![true; pinned.len()] })
        }
    }

    /// It was pinned since before, is seen parked in some code, and runs on: in that, and through the
    /// slot.
    #[test]
    fn loom_what_a_parked_caller_is_not_in_is_free_and_the_rest_is_not() {
        loom::model(|| {
            let (epochs, code) = (Epochs::new(None), code());
            let slot = Arc::new(Slot::new(1));
            let parked = Arc::new(Parked(AtomicUsize::new(0)));
            let participant = Participant::register(&epochs);
            let caller = thread::spawn({
                let (slot, code, parked) = (slot.clone(), code.clone(), parked.clone());
                move || {
                    let _guard = participant.pin();
                    let entry = slot.entry();
                    assert_ne!(code.run(entry), 0xCC);
                    parked.0.store(entry, Ordering::Release);
                    assert_ne!(code.run(entry), 0xCC);
                    assert_ne!(code.run(slot.entry()), 0xCC);
                }
            });
            slot.publish(2);
            epochs.retire(Retired::code(1, Owner(code.clone(), 1)));
            epochs.reclaim(Some(&*parked));
            caller.join().unwrap();
            assert_eq!(epochs.reclaim(None), 0);
        });
    }

    /// Has seen one stack, with nothing on it.
    struct SawOne(usize);

    impl Witness for SawOne {
        fn testify(
            &self,
            pinned: &[PinnedSince],
            _may_run: &dyn Fn(u32) -> bool,
        ) -> Option<Testimony> {
            let saw = |pinned: &PinnedSince| (pinned.lowest, pinned.highest) == (self.0, self.0);
            Some(Testimony { held: HashSet::new(), seen: pinned.iter().map(saw).collect() })
        }
    }

    /// A guard was leaked and its participant went to another thread: what that one is in is not on
    /// the stack of the first.
    #[test]
    fn loom_a_witness_does_not_speak_for_a_stack_that_it_has_not_seen() {
        loom::model(|| {
            let (epochs, code) = (Epochs::new(None), code());
            let slot = Arc::new(Slot::new(1));
            let participant = Participant::register(&epochs);
            std::mem::forget(participant.pin());
            let witness = SawOne(epochs.pinned()[0].highest);
            let caller = thread::spawn({
                let (slot, code) = (slot.clone(), code.clone());
                move || {
                    let _guard = participant.pin();
                    assert_ne!(code.run(slot.entry()), 0xCC);
                }
            });
            slot.publish(2);
            epochs.retire(Retired::code(1, Owner(code.clone(), 1)));
            epochs.reclaim(Some(&witness));
            caller.join().unwrap();
            assert_eq!(epochs.reclaim(None), 0);
        });
    }

    #[test]
    fn loom_older_than_the_oldest_means_that_callers_are_gone() {
        loom::model(|| {
            let (epochs, code) = (Epochs::new(None), code());
            let slot = Arc::new(Slot::new(1));
            let participant = Participant::register(&epochs);
            let caller = thread::spawn({
                let (slot, code) = (slot.clone(), code.clone());
                move || {
                    let _guard = participant.pin();
                    assert_ne!(code.run(slot.entry()), 0xCC);
                }
            });
            slot.publish(2);
            let stamp = epochs.advance();
            if stamp < epochs.oldest() {
                code.reclaim(1);
            }
            caller.join().unwrap();
        });
    }
}

#[cfg(not(loom))]
mod plain {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use super::*;
    use crate::epoch::{PinnedSince, Testimony, membarrier_available, witness::rule_out};

    struct Counts(Arc<AtomicUsize>);
    impl Drop for Counts {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn retire(epochs: &Epochs, freed: &Arc<AtomicUsize>) {
        epochs.retire(Retired::new(Counts(freed.clone())));
    }

    #[test]
    fn a_guard_holds_what_is_retired_after_it() {
        assert!(membarrier_available());
        let (epochs, freed) = (Epochs::new(None), Arc::new(AtomicUsize::new(0)));
        let participant = Participant::register(&epochs);
        let guard = participant.pin();
        retire(&epochs, &freed);
        assert_eq!(epochs.reclaim(None), 1);
        assert_eq!(freed.load(Ordering::Relaxed), 0);
        drop(guard);
        assert_eq!(epochs.reclaim(None), 0);
        assert_eq!(freed.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_guard_does_not_hold_what_was_retired_before_it() {
        assert!(membarrier_available());
        let (epochs, freed) = (Epochs::new(None), Arc::new(AtomicUsize::new(0)));
        let participant = Participant::register(&epochs);
        retire(&epochs, &freed);
        let _guard = participant.pin();
        assert_eq!(epochs.reclaim(None), 0);
        assert_eq!(freed.load(Ordering::Relaxed), 1);
    }

    /// Once: code that had left the queue, and was still being dropped, was neither waiting nor
    /// reclaimed.
    #[test]
    fn code_that_is_being_dropped_still_waits() {
        assert!(membarrier_available());
        struct Asks(Arc<Epochs>, Arc<AtomicUsize>);
        impl Drop for Asks {
            fn drop(&mut self) {
                self.1.store(self.0.reclaimed().waiting, Ordering::Relaxed);
            }
        }
        let (epochs, waited) = (Epochs::new(None), Arc::new(AtomicUsize::new(0)));
        epochs.retire(Retired::new(Asks(epochs.clone(), waited.clone())));
        epochs.reclaim(None);
        assert_eq!(waited.load(Ordering::Relaxed), 1);
        let done = epochs.reclaimed();
        assert_eq!((done.waiting, done.reclaimed), (0, 1));
    }

    #[test]
    fn only_the_outermost_guard_withdraws() {
        assert!(membarrier_available());
        let (epochs, freed) = (Epochs::new(None), Arc::new(AtomicUsize::new(0)));
        let participant = Participant::register(&epochs);
        let outer = participant.pin();
        retire(&epochs, &freed);
        drop(participant.pin());
        assert_eq!(epochs.reclaim(None), 1);
        drop(outer);
        assert_eq!(epochs.reclaim(None), 0);
    }

    #[test]
    fn a_caller_is_nobody_once_its_thread_has_ended() {
        let epochs = Epochs::new(None);
        let (tell, told) = std::sync::mpsc::channel();
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let thread = std::thread::spawn({
            let epochs = epochs.clone();
            move || {
                let number = crate::epoch::caller::number().expect("the kernel tells");
                tell.send((number, Participant::register(&epochs))).expect("somebody listens");
                let _ = ended.recv();
            }
        });
        let (number, participant) = told.recv().expect("it registers");
        assert!(epochs.is_caller(number), "the participant may be anywhere");
        assert!(!epochs.is_caller(number + 1));
        drop(end);
        thread.join().expect("it ends");
        assert!(!epochs.is_caller(number), "another thread may get the number");
        drop(participant);
    }

    #[test]
    fn one_pin_that_was_not_seen_holds_all_that_was_retired_since() {
        let freed = Arc::new(AtomicUsize::new(0));
        let at = |entry| Retired::code(entry, Counts(freed.clone()));
        let mut waiting: Vec<_> = (3..9).map(|stamp| (stamp, at(stamp as usize))).collect();
        waiting.push((4, Retired::new(Counts(freed.clone()))));
        let pinned = [3, 6, 4, 8].map(|epoch| PinnedSince { epoch, lowest: 0, highest: 0 });
        let stamps = |all: &[(u64, Retired)]| all.iter().map(|it| it.0).collect::<Vec<_>>();
        let seen = vec![true, false, true, true];
        let testimony = Testimony { held: [4].into_iter().collect(), seen };
        let free = rule_out(&mut waiting, &pinned, &testimony);
        assert_eq!(stamps(&free), [3, 5], "4 is held, 6 may be what the second is in");
        assert_eq!(stamps(&waiting), [4, 6, 7, 8, 4], "what has no entry cannot be told");
    }

    #[test]
    fn a_participant_that_left_holds_nothing() {
        assert!(membarrier_available());
        let (epochs, freed) = (Epochs::new(None), Arc::new(AtomicUsize::new(0)));
        let participant = Participant::register(&epochs);
        std::mem::forget(participant.pin());
        retire(&epochs, &freed);
        assert_eq!(epochs.reclaim(None), 1);
        drop(participant);
        assert_eq!(epochs.reclaim(None), 0);
    }
}
