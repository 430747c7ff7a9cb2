//! In which order a commit is stored.

use segue_compiler::{Cancel, Compiler, Rustc, Source};
use segue_loader::{Config, Memory, Symbols};

use super::*;

pub(super) fn live() -> Live {
    assert!(crate::epoch::membarrier_available());
    let memory = Memory::reserve(Config::default()).expect("the kernel gives memory");
    // SAFETY: the words are zeroed, handed out here once, and kept by the owner given along.
    let table = Arc::new(unsafe { Table::over(memory.slot_words(), memory.clone()) });
    let codes = Codes::new(memory.code_window());
    let linker = Linker::new(memory, Symbols::of_process().expect("this process has symbols"));
    Live::new(linker, table, Epochs::new(None), codes, Commit::Immediate)
}

/// The generation of `text`, linked for callers at any moment, as one that is live from now on.
fn commit(live: &mut Live, text: &str) -> Prepared {
    let source = Source { path: "/live.rs".into(), text: text.into(), support: Vec::new() };
    let rustc = Rustc::find().expect("rustc is on the machine");
    let compiled = rustc.compile(&source, &Cancel::default()).expect("it compiles");
    let number = live.next_number();
    let prepared = live.prepare(compiled, number, Callers::Several).expect("it links");
    live.committed(&prepared);
    prepared
}

/// Functions that each add `more` to what the function of the next name gives, if `calls`.
fn text(names: &[&str], calls: bool, more: u64) -> String {
    let function = |(at, name): (usize, &&str)| {
        let next = names.get(at + 1).filter(|_| calls);
        let inner = next.map_or("x".to_owned(), |next| format!("{next}(x)"));
        format!(
            "#[inline(never)] pub fn {name}(x: u64) -> u64 {{ std::hint::black_box({inner}) + {more} }}\n"
        )
    };
    names.iter().enumerate().map(function).collect()
}

#[test]
fn with_several_callers_callees_are_stored_before_their_callers() {
    // Neither the order of names nor its reverse is the right one.
    let names = ["c", "e", "a", "d", "b"];
    let mut live = live();
    let first = commit(&mut live, &text(&names, false, 1));
    assert!(first.stores.is_empty(), "no caller has loaded what is new");
    // No caller that is replaced called what changes: it goes live in place.
    let second = commit(&mut live, &text(&names, true, 2));
    assert_eq!(second.generation.world, first.generation.world);
    assert_eq!(second.stores.len(), names.len(), "all functions, and no shim");
    let functions = &second.generation.functions;
    let place = |symbol: &str| {
        let live = functions.get(symbol)?;
        let (slot, entry) = (SlotRef::new(live.slot.slot()), live.code.entry());
        second.stores.iter().position(|store| (store.slot, store.entry) == (slot, entry))
    };
    let mut calls = 0;
    for (caller, live) in functions.iter() {
        for callee in live.calls() {
            let (Some(caller), Some(callee)) = (place(caller), place(callee)) else { continue };
            assert!(callee < caller, "{callee} of {caller}");
            calls += 1;
        }
    }
    assert_eq!(calls, names.len() - 1);
}
