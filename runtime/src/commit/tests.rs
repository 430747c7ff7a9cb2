//! The exchange under loom, and turns as their own inverse.

#[cfg(loom)]
mod models {
    use super::super::{Exchange, Port};
    use loom::{sync::Arc, thread};

    #[test]
    fn loom_a_posted_box_is_taken_once() {
        loom::model(|| {
            let exchange = Arc::new(Exchange::<u32>::new());
            let taker = thread::spawn({
                let exchange = exchange.clone();
                move || exchange.take().map(|boxed| *boxed)
            });
            assert_eq!(exchange.post(Box::new(7)), None);
            // The program takes it back, unless the calling thread was faster.
            let recalled = exchange.take().map(|boxed| *boxed);
            let taken = taker.join().unwrap();
            assert!(
                matches!((recalled, taken), (Some(7), None) | (None, Some(7))),
                "{recalled:?} {taken:?}"
            );
        });
    }

    #[test]
    fn loom_posting_over_a_box_returns_it_or_it_was_taken() {
        loom::model(|| {
            let exchange = Arc::new(Exchange::<u32>::new());
            let taker = thread::spawn({
                let exchange = exchange.clone();
                move || exchange.take().map(|boxed| *boxed)
            });
            assert_eq!(exchange.post(Box::new(1)), None);
            let unposted = exchange.post(Box::new(2)).map(|boxed| *boxed);
            let taken = taker.join().unwrap();
            let left = exchange.take().map(|boxed| *boxed);
            let mut seen: Vec<u32> = [unposted, taken, left].into_iter().flatten().collect();
            seen.sort_unstable();
            assert_eq!(seen, [1, 2], "each box arrives exactly once");
        });
    }

    #[test]
    fn loom_what_the_closure_did_is_seen_with_its_ticket() {
        loom::model(|| {
            let port = Arc::new(Port::new());
            let closure = thread::spawn({
                let port = port.clone();
                move || {
                    port.silent.post(Box::new(crate::fault::Caught::message("x")));
                    port.set_taken(5);
                }
            });
            if port.taken() == 5 {
                assert!(port.silent.take().is_some());
            }
            closure.join().unwrap();
        });
    }
}

#[cfg(not(loom))]
mod plain {
    use super::super::{OtherState, Running, SlotRef, Turn};
    use crate::{slot::Slot, state::Move};
    use std::ptr::NonNull;

    #[test]
    fn a_turn_applied_twice_changes_nothing() {
        let slots = [Slot::new(10), Slot::new(20), Slot::new(30)];
        let (mut old, mut new) = ([1u8, 2, 3, 4], [9u8; 6]);
        let mut running = Running {
            slot: SlotRef::new(&slots[0]),
            state: NonNull::new(old.as_mut_ptr()).unwrap(),
            generation: 1,
        };
        let mut turn = Turn {
            ticket: 1,
            stores: vec![(SlotRef::new(&slots[1]), 21)],
            slot: SlotRef::new(&slots[2]),
            state: Some(OtherState {
                state: NonNull::new(new.as_mut_ptr()).unwrap(),
                moves: vec![Move { from: 0, to: 4, size: 2 }],
            }),
            generation: 2,
            caught: None,
        };
        // SAFETY: the states are the two arrays above, and the slots live on this stack.
        unsafe { turn.apply(&mut running) };
        assert_eq!(slots[1].entry(), 21);
        assert_eq!(running.slot, SlotRef::new(&slots[2]));
        assert_eq!(running.generation, 2);
        // SAFETY: the running state is `new` now, six bytes long.
        let live = unsafe { std::slice::from_raw_parts(running.state.as_ptr(), 6) };
        assert_eq!(live, [9, 9, 9, 9, 1, 2]);

        // SAFETY: as above.
        unsafe { turn.apply(&mut running) };
        assert_eq!(slots[1].entry(), 20);
        assert_eq!(running.slot, SlotRef::new(&slots[0]));
        assert_eq!(running.generation, 1);
        // SAFETY: the running state is `old` again, four bytes long.
        let live = unsafe { std::slice::from_raw_parts(running.state.as_ptr(), 4) };
        assert_eq!(live, [1, 2, 3, 4]);
        assert_eq!(new, [9; 6]);
    }
}
