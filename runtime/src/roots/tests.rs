//! Roots under loom, with the epochs that keep them, and how guards inside of guards look them up.

use crate::epoch::{Epochs, Participant, Retired};

use super::*;

/// Publishes entries that are all `generation`, and retires those before.
fn publish(epochs: &Epochs, generation: usize, count: usize, owner: impl Any + Send + Sync) {
    let entries = Entries::new(vec![generation; count], owner);
    if let Some(old) = epochs.roots.publish(entries) {
        epochs.retire(Retired::new(old));
    }
}

#[cfg(loom)]
mod models {
    use loom::{cell::UnsafeCell, sync::Arc, thread};

    use super::*;

    /// What a generation's code is to the model: loom reports a read that races with reclaiming.
    struct Code(UnsafeCell<u32>);
    // SAFETY: the cell is handed between threads by the protocol under test.
    unsafe impl Send for Code {}
    // SAFETY: as above.
    unsafe impl Sync for Code {}

    struct Owner(Arc<Code>);
    impl Drop for Owner {
        fn drop(&mut self) {
            // SAFETY: the protocol under test forbids a concurrent read; loom checks it.
            self.0.0.with_mut(|byte| unsafe { *byte = 0xCC });
        }
    }

    fn run(codes: &[Arc<Code>; 3], entry: usize) {
        // SAFETY: as in `Owner`.
        let byte = codes[entry - 1].0.with(|byte| unsafe { *byte });
        assert_ne!(byte, 0xCC, "the code of generation {entry} was reclaimed");
    }

    fn codes() -> [Arc<Code>; 3] {
        std::array::from_fn(|_| Arc::new(Code(UnsafeCell::new(1))))
    }

    /// Publishes two more generations and reclaims, while `scope` runs, in every order.
    fn publish_while(generations: usize, scope: fn(&[Arc<Code>; 3], Participant)) {
        loom::model(move || {
            let (epochs, codes) = (Epochs::new(None), codes());
            publish(&epochs, 1, 2, Owner(codes[0].clone()));
            let participant = Participant::register(&epochs);
            let caller = thread::spawn({
                let codes = codes.clone();
                move || scope(&codes, participant)
            });
            for generation in 2..=generations {
                publish(&epochs, generation, 2, Owner(codes[generation - 1].clone()));
            }
            epochs.reclaim(None);
            caller.join().unwrap();
            assert_eq!(epochs.reclaim(None), 0, "nobody is pinned: everything is reclaimed");
        });
    }

    fn root(guard: &crate::epoch::Guard<'_>, number: u32) -> usize {
        guard.root(number).unwrap().entry()
    }

    #[test]
    fn loom_no_scope_sees_two_generations_or_reclaimed_code() {
        publish_while(3, |codes, me| {
            let scope = me.pin();
            let first = root(&scope, 0);
            run(codes, first);
            assert_eq!(root(&scope, 1), first);
            run(codes, first);
        });
    }

    #[test]
    fn loom_guards_inside_a_guard_share_its_roots() {
        publish_while(2, |codes, me| {
            let scope = me.pin();
            let first = root(&me.pin(), 0);
            let second = root(&me.pin(), 1);
            assert_eq!(first, second);
            run(codes, second);
            assert_eq!(root(&scope, 0), first);
        });
    }

    #[test]
    fn loom_a_scope_after_a_scope_never_goes_back() {
        publish_while(2, |codes, me| {
            let mut newest = 0;
            for _ in 0..2 {
                let scope = me.pin();
                let entry = root(&scope, 0);
                assert!(entry >= newest);
                newest = entry;
                run(codes, entry);
            }
        });
    }

    /// A number that the scope's array does not have is looked up in the newest, which is reclaimed
    /// no earlier than the scope ends.
    #[test]
    fn loom_a_root_that_is_younger_than_the_scope_is_safe() {
        loom::model(|| {
            let (epochs, codes) = (Epochs::new(None), codes());
            publish(&epochs, 1, 1, Owner(codes[0].clone()));
            let participant = Participant::register(&epochs);
            let caller = thread::spawn({
                let codes = codes.clone();
                move || {
                    let scope = participant.pin();
                    if let Some(young) = scope.root(1) {
                        run(&codes, young.entry());
                    }
                    run(&codes, root(&scope, 0));
                }
            });
            for generation in 2..=3 {
                publish(&epochs, generation, 2, Owner(codes[generation - 1].clone()));
            }
            epochs.reclaim(None);
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
    use crate::epoch::membarrier_available;

    struct Counted(Arc<AtomicUsize>);
    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn entry(me: &Participant, number: u32) -> Option<usize> {
        me.pin().root(number).map(Slot::entry)
    }

    #[test]
    fn a_scope_keeps_its_roots_until_its_outermost_guard_ends() {
        assert!(membarrier_available());
        let (epochs, dropped) = (Epochs::new(None), Arc::new(AtomicUsize::new(0)));
        let me = Participant::register(&epochs);
        assert_eq!(entry(&me, 0), None, "nothing was published");
        publish(&epochs, 1, 1, Counted(dropped.clone()));
        let scope = me.pin();
        publish(&epochs, 2, 1, ());
        assert_eq!(entry(&me, 0), Some(1), "a guard inside the scope");
        epochs.reclaim(None);
        assert_eq!((scope.root(0).map(Slot::entry), dropped.load(Ordering::Relaxed)), (Some(1), 0));
        drop(scope);
        epochs.reclaim(None);
        assert_eq!((entry(&me, 0), dropped.load(Ordering::Relaxed)), (Some(2), 1));
    }

    #[test]
    fn a_root_that_the_scope_does_not_have_is_the_newest() {
        let epochs = Epochs::new(None);
        let me = Participant::register(&epochs);
        publish(&epochs, 1, 1, ());
        let scope = me.pin();
        publish(&epochs, 2, 2, ());
        assert_eq!((entry(&me, 0), entry(&me, 1)), (Some(1), Some(2)));
        drop(scope);
        epochs.roots.publish(Entries::new([3, 0], ()));
        assert_eq!((entry(&me, 0), entry(&me, 1)), (Some(3), None));
    }

    #[test]
    fn the_last_roots_go_with_the_epochs() {
        let (epochs, dropped) = (Epochs::new(None), Arc::new(AtomicUsize::new(0)));
        publish(&epochs, 1, 4, Counted(dropped.clone()));
        drop(epochs);
        assert_eq!(dropped.load(Ordering::Relaxed), 1);
    }
}
