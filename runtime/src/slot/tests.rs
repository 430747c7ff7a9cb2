//! The slot under loom: who sees the entry sees what was written before it.

#[cfg(loom)]
mod models {
    use super::super::Slot;
    use loom::{cell::UnsafeCell, sync::Arc, thread};

    /// Code bytes in the making: written once, then published.
    struct Code(UnsafeCell<u32>);

    // SAFETY: the slot under test orders the write before every read; loom checks it.
    unsafe impl Send for Code {}
    // SAFETY: as above.
    unsafe impl Sync for Code {}

    #[test]
    fn loom_who_sees_the_entry_sees_the_code() {
        loom::model(|| {
            let slot = Arc::new(Slot::new(0));
            let code = Arc::new(Code(UnsafeCell::new(0)));
            let caller = thread::spawn({
                let (slot, code) = (slot.clone(), code.clone());
                move || {
                    if slot.entry() == 1 {
                        // SAFETY: the write happened before the entry was published.
                        assert_eq!(code.0.with(|byte| unsafe { *byte }), 0x90);
                    }
                }
            });
            // SAFETY: nobody reads before the entry is published.
            code.0.with_mut(|byte| unsafe { *byte = 0x90 });
            slot.publish(1);
            caller.join().unwrap();
        });
    }

    #[test]
    fn loom_a_caller_never_goes_back_to_an_older_entry() {
        loom::model(|| {
            let slot = Arc::new(Slot::new(1));
            let caller = thread::spawn({
                let slot = slot.clone();
                move || {
                    let (first, second) = (slot.entry(), slot.entry());
                    assert!(first <= second);
                }
            });
            slot.publish(2);
            slot.publish(3);
            caller.join().unwrap();
        });
    }
}
