//! Names of the process and its executable.

use super::{Definition, Executable, Symbols, Want, thread_pointer_offset};
use crate::error::ErrorKind;
use crate::testing::{assemble, is_live};
use crate::{Config, Error, Linker, Memory, Object, Selection, SlotIndex, Targets, split};

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

/// A thread-local of this executable: std has some.
fn some_thread_local() -> (String, u64, u64) {
    let executable = Executable::of_process().unwrap();
    let found = executable.index().unwrap().values().find_map(|entry| match entry.definition {
        Definition::ThreadLocal { module, offset } => Some((entry.name, module, offset)),
        _ => None,
    });
    let (name, module, offset) = found.expect("std has thread-locals");
    let name = std::str::from_utf8(&executable.map[name.range()]).unwrap();
    (name.to_owned(), module, offset)
}

#[test]
fn thread_locals_have_one_distance_from_the_thread_pointer_in_every_thread() {
    let (_, module, offset) = some_thread_local();
    let here = thread_pointer_offset(module, offset);
    let there = std::thread::spawn(move || thread_pointer_offset(module, offset)).join().unwrap();
    assert_eq!(here, there);
    assert!((here as i64) < 0, "variant II: below the thread pointer");
}

struct NoTargets;

impl Targets for NoTargets {
    fn slot(&mut self, _: &str) -> Result<SlotIndex, Error> {
        Ok(SlotIndex(0))
    }

    fn static_fingerprint(&mut self, _: &str) -> u128 {
        0
    }
}

#[test]
fn every_model_of_thread_local_access_reaches_the_hosts_variable() {
    let (name, module, offset) = some_thread_local();
    let source = format!(
        r#"
        .macro function name
        .section .text.\name,"ax",@progbits
        .globl \name
        .type \name,@function
        \name:
            sub $8, %rsp
        .endm
        .macro end_function
            add $8, %rsp
            ret
        .endm
        .type {name},@tls_object
        function live_a_general
            lea {name}@tlsgd(%rip), %rdi
            call __tls_get_addr@PLT
            end_function
        function live_b_local
            lea {name}@tlsld(%rip), %rdi
            call __tls_get_addr@PLT
            lea {name}@dtpoff(%rax), %rax
            end_function
        function live_c_initial
            mov %fs:0, %rax
            add {name}@gottpoff(%rip), %rax
            end_function
        function live_d_exec
            mov %fs:0, %rax
            lea {name}@tpoff(%rax), %rax
            end_function
        "#
    );
    let split = split(Object::parse("live.o", assemble(&source)).unwrap(), &is_live).unwrap();
    let memory = Memory::reserve(Config::default()).unwrap();
    let mut linker = Linker::new(memory, Symbols::of_process().unwrap());
    let batch = [Selection { split: &split, functions: &[0, 1, 2, 3] }];
    let linked = linker.link(&batch, &mut NoTargets).unwrap();
    let check = move || {
        let thread_pointer: u64;
        // SAFETY: on x86-64 Linux the word at fs:0 is the thread pointer.
        unsafe { std::arch::asm!("mov {}, fs:0", out(reg) thread_pointer) };
        let expected = thread_pointer.wrapping_add(thread_pointer_offset(module, offset));
        for it in &linked {
            // SAFETY: the functions above take nothing and return an address.
            let function: extern "C" fn() -> u64 =
                unsafe { std::mem::transmute::<usize, _>(it.entry()) };
            assert_eq!(function(), expected, "{}", it.name());
        }
        linked
    };
    let linked = std::thread::spawn(check).join().unwrap();
    assert_eq!(linked.len(), 4);
}

/// An executable of another program, linked with these flags.
fn executable(flags: &[&str]) -> (tempfile::TempDir, std::path::PathBuf) {
    let source = "__thread int small = 1; __thread long long large[9] __attribute__((aligned(64)));\n\
        int variable = 3; int main(void) { return small + variable; }";
    let directory = tempfile::tempdir().unwrap();
    let (input, output) = (directory.path().join("host.c"), directory.path().join("host"));
    std::fs::write(&input, source).unwrap();
    let mut command = std::process::Command::new("cc");
    command.args(flags).arg(&input).arg("-o").arg(&output);
    assert!(command.status().unwrap().success());
    (directory, output)
}

#[test]
fn another_executable_gives_its_own_names_and_no_others() {
    let (_directory, path) = executable(&["-no-pie"]);
    let mut symbols = Symbols::of_executable(&path).unwrap();
    let found = address(&mut symbols, "variable").unwrap();
    assert!((0x40_0000..0x80_0000).contains(&found), "at its own address: {found:#x}");
    for name in ["malloc", "sin", "segue_loader_test_symbol"] {
        assert_eq!(address(&mut symbols, name), None, "{name} is this process's");
    }
    let Some(Definition::ThreadLocal { module: 1, offset }) =
        symbols.lookup("small", Want::ThreadLocal).unwrap()
    else {
        panic!("a thread-local of the only module")
    };
    let from_pointer = symbols.thread_pointer_offset(1, offset);
    // The block of 64 + 72 bytes, rounded up to its alignment, ends at the thread pointer.
    assert_eq!(from_pointer, offset.wrapping_sub(192));
}

#[test]
fn executables_without_fixed_addresses_and_other_files_are_refused() {
    let (directory, path) = executable(&["-pie", "-fPIE"]);
    let error = Symbols::of_executable(&path).err().unwrap();
    assert!(error.to_string().contains("-no-pie"), "{error}");
    let text = directory.path().join("host.c");
    for path in [text, directory.path().join("missing")] {
        assert_eq!(Symbols::of_executable(&path).err().unwrap().kind(), ErrorKind::File);
    }
}
