//! Who owns a slot, and when it is handed out again.

use super::*;

/// A table over this many words.
fn table(words: usize) -> Arc<Table> {
    let owner: Arc<[AtomicUsize]> = (0..words).map(|_| AtomicUsize::new(0)).collect();
    let start = NonNull::from(&owner[..]).cast::<usize>();
    let words = NonNull::slice_from_raw_parts(start, words);
    let owner: Arc<dyn Any + Send + Sync> = Arc::new(owner);
    // SAFETY: the owner holds the zeroed words, and nobody else knows them.
    Arc::new(unsafe { Table::over(words, owner) })
}

#[test]
fn a_slot_is_handed_out_again_when_its_last_owner_lets_go_and_not_before() {
    let table = table(2);
    let (one, other) = (table.take().unwrap(), table.take().unwrap());
    assert!(table.take().is_none(), "two words, two slots");
    one.slot().publish(7);
    let shared = one.clone();
    drop(one);
    assert!(table.take().is_none(), "somebody can still load from it");
    assert_eq!((shared.entry(), table.len()), (7, 2));
    let index = shared.index();
    drop(shared);
    assert_eq!(table.len(), 1);
    let again = table.take().unwrap();
    assert_eq!((again.index(), again.entry()), (index, 0), "without an entry");
    assert_ne!(again.index(), other.index());
}

#[test]
fn a_million_slots_pass_through_a_row_of_four() {
    let table = table(4);
    let mut held = std::collections::VecDeque::new();
    for n in 0..1_000_000_usize {
        if held.len() == 4 {
            held.pop_front();
        }
        let slot = table.take().unwrap();
        assert_eq!(slot.entry(), 0);
        slot.slot().publish(n + 1);
        held.push_back(slot);
    }
    assert_eq!(table.len(), 4);
}
