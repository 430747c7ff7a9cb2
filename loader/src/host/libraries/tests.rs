//! Thread-locals of a library that this process opened.

use std::process::Command;

use crate::error::ErrorKind;
use crate::host::{Definition, Symbols, Want, thread_pointer_offset};

/// Compiles and opens a library that defines a thread-local.
fn open(source: &str, flags: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("library.c"), folder.path().join("library.so"));
    std::fs::write(&input, source).unwrap();
    let mut command = Command::new("cc");
    command.args(["-shared", "-fPIC", flags]).arg(&input).arg("-o").arg(&output);
    assert!(command.status().unwrap().success());
    let path = std::ffi::CString::new(output.to_str().unwrap()).unwrap();
    // SAFETY: our own library without initialisers, never closed.
    let handle = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_GLOBAL) };
    assert!(!handle.is_null());
}

fn find(name: &str) -> Option<(u64, u64)> {
    let mut symbols = Symbols::of_process().unwrap();
    match symbols.lookup(name, Want::ThreadLocal).unwrap() {
        Some(Definition::ThreadLocal { module, offset }) => Some((module, offset)),
        _ => None,
    }
}

/// Was: `std::call_once` was refused, whose state is two thread-locals of the C++ library.
#[test]
fn thread_locals_of_libraries_are_found() {
    let source = "_Thread_local long segue_padding[3] = {1};
        _Thread_local long segue_fixed = 77; long segue_plain = 5;
        long *segue_where(void) { segue_padding[0]++; return &segue_fixed; }";
    open(source, "-ftls-model=initial-exec");
    let (module, offset) = find("segue_fixed").unwrap();
    let symbols = Symbols::of_process().unwrap();
    symbols.check_distance(module, offset).unwrap();
    let thread_pointer: u64;
    // SAFETY: on x86-64 Linux the word at fs:0 is the thread pointer itself.
    unsafe { std::arch::asm!("mov {}, fs:0", out(reg) thread_pointer) };
    let address = thread_pointer.wrapping_add(thread_pointer_offset(module, offset));
    // SAFETY: where the variable is in this thread, which nobody changes.
    let value = unsafe { *std::ptr::with_exposed_provenance::<i64>(address as usize) };
    assert_eq!(value, 77);
    assert!(find("segue_plain").is_none(), "a variable that all threads share is none");
}

#[test]
fn a_thread_local_at_no_fixed_distance_is_refused_where_one_is_needed() {
    open("_Thread_local long segue_moving[600000] = {9};", "-ftls-model=global-dynamic");
    let (module, offset) = find("segue_moving").unwrap();
    let symbols = Symbols::of_process().unwrap();
    let error = symbols.check_distance(module, offset).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ThreadLocal);
    assert!(error.to_string().contains("compile with -fPIC"), "{error}");
}
