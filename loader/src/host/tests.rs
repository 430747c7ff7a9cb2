//! Names of the process and its executable.

use super::{Definition, Symbols, Want, thread_pointer_offset};

fn address(symbols: &mut Symbols, name: &str) -> Option<u64> {
    match symbols.lookup(name, Want::Address).unwrap() {
        Some(Definition::Address(address)) => Some(address),
        _ => None,
    }
}

#[unsafe(no_mangle)]
extern "C" fn segue_loader_test_symbol() -> u32 {
    std::hint::black_box(7)
}

#[test]
fn definitions_of_the_caller_come_first() {
    let mut symbols = Symbols::of_process().unwrap();
    assert_ne!(address(&mut symbols, "malloc"), Some(0x1234));
    symbols.define("malloc", 0x1234);
    assert_eq!(address(&mut symbols, "malloc"), Some(0x1234));
}

#[test]
fn dynamic_symbols_and_the_executables_own_are_found() {
    let mut symbols = Symbols::of_process().unwrap();
    assert_eq!(address(&mut symbols, "getenv"), Some(libc::getenv as *const () as u64));
    assert_eq!(segue_loader_test_symbol(), 7);
    let own = segue_loader_test_symbol as *const () as u64;
    assert_eq!(address(&mut symbols, "segue_loader_test_symbol"), Some(own));
    assert!(address(&mut symbols, "sinf").is_some(), "whether or not this executable uses libm");
}

#[test]
fn what_nobody_defines_is_not_found() {
    let mut symbols = Symbols::of_process().unwrap();
    assert!(symbols.lookup("nobody_has_this", Want::Address).unwrap().is_none());
    assert!(symbols.lookup("", Want::Address).unwrap().is_none());
    assert!(symbols.lookup("with\0zero", Want::Address).unwrap().is_none());
}

#[unsafe(no_mangle)]
#[used]
static SEGUE_LOADER_TEST_STATIC: u32 = 0x5E60E;

#[test]
fn data_of_the_executable_is_found_at_its_place() {
    let mut symbols = Symbols::of_process().unwrap();
    let own = (&raw const SEGUE_LOADER_TEST_STATIC).addr() as u64;
    assert_eq!(address(&mut symbols, "SEGUE_LOADER_TEST_STATIC"), Some(own));
}

#[test]
fn thread_locals_have_one_distance_from_the_thread_pointer_in_every_thread() {
    let mut symbols = Symbols::of_process().unwrap();
    let executable = symbols.executable.as_mut().unwrap();
    assert!(executable.lookup("main").unwrap().is_some());
    let index = executable.index.as_ref().unwrap();
    let found = index.values().find_map(|entry| match entry.definition {
        Definition::ThreadLocal { module, offset } => Some((module, offset)),
        _ => None,
    });
    let (module, offset) = found.expect("std has global thread-locals");
    let here = thread_pointer_offset(module, offset);
    let there = std::thread::spawn(move || thread_pointer_offset(module, offset)).join().unwrap();
    assert_eq!(here, there);
    assert!((here as i64) < 0, "variant II: below the thread pointer");
}
