//! The exchange under loom, and turns as their own inverse.

#[cfg(loom)]
mod models {
    use super::super::{Exchange, Port, Silence, SlotRef, Turn};
    use crate::slot::Slot;
    use loom::{sync::Arc, thread};

    /// A turn planned on generation `base`; the model keeps the base where the ticket goes.
    fn turn(slot: &Slot, base: u64, generation: u64) -> Box<Turn> {
        let (stores, slot) = (Vec::new(), SlotRef::new(slot));
        let left = Vec::new();
        Box::new(Turn { ticket: base, stores, left, slot, state: None, generation, caught: None })
    }

    /// The program's side before it plans: what it believes to run, from what the closure left.
    fn settle(port: &Port, believed: &mut u64) {
        if !port.faulted.is_empty() {
            drop(port.pending.take());
            if let Some(turn) = port.faulted.take() {
                *believed = turn.ticket;
            }
        }
        drop(port.superseded.take());
        if let Some(recalled) = port.pending.take() {
            *believed = recalled.ticket;
        }
    }

    #[test]
    fn loom_a_turn_is_only_taken_on_what_it_was_planned_for() {
        loom::model(|| {
            let (port, slot) = (Arc::new(Port::new()), Arc::new(Slot::new(1)));
            assert!(port.pending.post(turn(&slot, 1, 2)).is_none());
            let closure = thread::spawn({
                let port = port.clone();
                move || {
                    let (mut running, mut last) = (1, None::<Box<Turn>>);
                    for _ in 0..3 {
                        if let Some(turn) = port.next_turn() {
                            assert_eq!(turn.ticket, running, "planned on something else");
                            running = turn.generation;
                            if let Some(superseded) = last.replace(turn) {
                                assert!(port.superseded.post(superseded).is_none());
                            }
                        }
                        // The code of generation 2 panics, sooner or later.
                        if running == 2 {
                            let turn = last.take().expect("generation 2 came with a turn");
                            running = turn.ticket;
                            assert!(port.faulted.post(turn).is_none());
                        }
                    }
                    running
                }
            });
            let mut believed = 2;
            settle(&port, &mut believed);
            assert!(port.pending.post(turn(&slot, believed, 3)).is_none());
            let planned_on = believed;
            believed = 3;
            settle(&port, &mut believed);
            let running = closure.join().unwrap();
            settle(&port, &mut believed);
            assert_eq!(believed, running, "the program knows what runs (planned on {planned_on})");
        });
    }

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
                    let caught = crate::fault::Caught::message("x");
                    port.silent.post(Box::new(Silence { since: 4, generation: 1, caught }));
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
    use super::super::{Change, OtherState, Running, SlotRef, Turn};
    use crate::{
        slot::Slot,
        state::carry::{Carry, Step},
    };
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
            left: Vec::new(),
            slot: SlotRef::new(&slots[2]),
            state: Some(OtherState {
                state: NonNull::new(new.as_mut_ptr()).unwrap(),
                change: Change::Carry(Carry::new(vec![Step::Swap { from: 0, to: 4, size: 2 }])),
            }),
            generation: 2,
            caught: None,
        };
        // SAFETY: the states are the two arrays above, and the slots live on this stack.
        unsafe { turn.apply(&mut running) }.expect("nothing to run");
        assert_eq!(slots[1].entry(), 21);
        assert_eq!(running.slot, SlotRef::new(&slots[2]));
        assert_eq!(running.generation, 2);
        // SAFETY: the running state is `new` now, six bytes long.
        let live = unsafe { std::slice::from_raw_parts(running.state.as_ptr(), 6) };
        assert_eq!(live, [9, 9, 9, 9, 1, 2]);

        // SAFETY: as above.
        unsafe { turn.apply(&mut running) }.expect("nothing to run");
        assert_eq!(slots[1].entry(), 20);
        assert_eq!(running.slot, SlotRef::new(&slots[0]));
        assert_eq!(running.generation, 1);
        // SAFETY: the running state is `old` again, four bytes long.
        let live = unsafe { std::slice::from_raw_parts(running.state.as_ptr(), 4) };
        assert_eq!(live, [1, 2, 3, 4]);
        assert_eq!(new, [9; 6]);
    }
}
