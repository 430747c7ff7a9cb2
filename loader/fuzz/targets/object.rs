//! Parse, split and link one object, for the machine that it says it is for.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use segue_loader::Machine;

#[path = "../../tests/fuzz/harness.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the tests, which use all of it")]
mod harness;

use harness::Fuzzed;

thread_local! {
    static FUZZED: RefCell<[Fuzzed; 2]> =
        RefCell::new([Fuzzed::new(Machine::X86_64), Fuzzed::new(Machine::Aarch64)]);
}

fuzz_target!(|bytes: &[u8]| {
    // e_machine: EM_AARCH64 is 183.
    let index = usize::from(bytes.get(18..20) == Some(&[183, 0]));
    FUZZED.with_borrow_mut(|fuzzed| fuzzed[index].run(bytes));
});
