//! Under loom: a second caller never meets entries half exchanged.

use loom::{sync::Arc, thread};

use super::Alone;
use crate::{
    commit::{Port, SlotRef, Turn},
    slot::Slot,
};

#[test]
fn loom_a_second_caller_meets_entries_that_stay_as_they_are() {
    loom::model(|| {
        let (alone, slots) = (Arc::new(Alone::new()), Arc::new([Slot::new(2), Slot::new(2)]));
        let closure = thread::spawn({
            let (alone, slots) = (alone.clone(), slots.clone());
            move || {
                let claim = alone.claim();
                if claim.is_some() {
                    slots.iter().for_each(|slot| slot.publish(1));
                }
                claim.is_some()
            }
        });
        alone.end();
        // The second caller: from one function into the next.
        let (caller, callee) = (slots[0].entry(), slots[1].entry());
        assert_eq!(caller, callee);
        let went_back = closure.join().unwrap();
        assert_eq!(caller, if went_back { 1 } else { 2 });
    });
}

#[test]
fn loom_what_could_not_be_recalled_is_waited_for() {
    loom::model(|| {
        let (port, slots) = (Arc::new(Port::new()), Arc::new([Slot::new(1), Slot::new(1)]));
        let slot = SlotRef::new(&slots[0]);
        let (stores, state, caught) = (Vec::new(), None, None);
        let turn = Turn { ticket: 1, stores, left: Vec::new(), slot, state, generation: 2, caught };
        assert!(port.pending.post(Box::new(turn)).is_none());
        let closure = thread::spawn({
            let (port, slots) = (port.clone(), slots.clone());
            move || {
                if let Some(turn) = port.next_turn() {
                    slots.iter().for_each(|slot| slot.publish(2));
                    port.set_taken(turn.ticket);
                }
            }
        });
        let recalled = port.pending.take();
        while recalled.is_none() && port.taken() < 1 {
            loom::thread::yield_now();
        }
        let (caller, callee) = (slots[0].entry(), slots[1].entry());
        assert_eq!(caller, callee);
        assert_eq!(caller, if recalled.is_some() { 1 } else { 2 });
        closure.join().unwrap();
    });
}

#[test]
fn loom_once_a_second_caller_is_in_nobody_goes_back() {
    loom::model(|| {
        let alone = Arc::new(Alone::new());
        let other = thread::spawn({
            let alone = alone.clone();
            move || alone.end()
        });
        alone.end();
        assert!(alone.claim().is_none(), "a second caller is in");
        other.join().unwrap();
    });
}
