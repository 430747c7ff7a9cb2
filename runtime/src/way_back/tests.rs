//! The way back: stored once, by one thread, and never over a newer commit.

use super::{Armed, Way, WayBack};
use crate::{commit::SlotRef, slot::Slot};

fn way(slots: &[Slot], from: u64) -> Way<()> {
    let stores = slots.iter().map(|slot| (SlotRef::new(slot), slot.entry())).collect();
    Way { from, to: from - 1, stores, _kept: () }
}

#[cfg(not(loom))]
#[test]
fn a_way_is_gone_once_and_then_told() {
    let (back, mut armed) = (WayBack::new(), Armed::No);
    let slots = [Slot::new(1), Slot::new(1)];
    assert_eq!(back.go(), None, "nothing was committed");
    let prepared = way(&slots, 2);
    slots.iter().for_each(|slot| slot.publish(2));
    back.arm(&mut armed, prepared);
    assert!(back.gone(&mut armed).is_none(), "nobody went");
    assert_eq!(back.go(), Some((2, 1)));
    assert_eq!(slots.each_ref().map(Slot::entry), [1, 1]);
    assert_eq!(back.go(), None, "there is one way");
    assert_eq!(back.disarm(&mut armed).map(|way| way.from), Some(2));
    assert!(back.disarm(&mut armed).is_none());
}

#[cfg(loom)]
#[test]
fn loom_an_old_way_back_is_never_stored_over_a_newer_commit() {
    use loom::{sync::Arc, thread};
    loom::model(|| {
        let slots = Arc::new([Slot::new(1), Slot::new(1)]);
        let (back, mut armed) = (Arc::new(WayBack::new()), Armed::No);
        let prepared = way(&*slots, 2);
        slots.iter().for_each(|slot| slot.publish(2));
        back.arm(&mut armed, prepared);
        let callers: Vec<_> = (0..2)
            .map(|_| {
                let back = back.clone();
                thread::spawn(move || back.go())
            })
            .collect();
        // The next commit: takes the way out, then stores what it prepared on what is there now.
        let went = back.disarm(&mut armed);
        let before = if went.is_some() { 1 } else { 2 };
        for slot in &*slots {
            assert_eq!(slot.entry(), before, "all of a way or nothing of it");
        }
        slots[0].publish(3);
        let gone = callers.into_iter().filter_map(|caller| caller.join().expect("no panic"));
        assert_eq!(gone.count(), usize::from(went.is_some()), "one thread goes, or none");
        assert_eq!(slots.each_ref().map(Slot::entry), [3, before], "nobody stored afterwards");
    });
}
