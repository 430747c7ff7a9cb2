//! Objects that are refused take nothing of the process's room for thread-locals: a test that counts
//! on having the process to itself, and the same for another process.
#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{Program, cc};
use segue_loader::{Config, ErrorKind, Machine, Space, Symbols};

/// Neither process has to have a function that finds thread-locals.
const LOCAL: &[&str] = &["-ftls-model=local-exec", "-fPIE"];

/// Uses much of the room, and an undefined function.
fn refused(n: usize) -> Vec<u8> {
    let source = format!(
        "__thread char small{n}[3]; __thread char big{n}[12000]; void nowhere(void);\n\
         char *live_f(void) {{ small{n}[0]++; big{n}[0]++; nowhere(); return big{n}; }}"
    );
    cc("c", &source, LOCAL)
}

fn accepted() -> Vec<u8> {
    cc("c", "__thread char big[12000]; char *live_g(void) { big[9] = 1; return big; }", LOCAL)
}

#[test]
fn refused_objects_of_other_names_and_linkers_take_nothing_of_the_reserve() {
    let mut program = Program::new();
    program.swap(cc("c", "__thread long first; long live_h(void) { return ++first; }", &[]));
    for n in 0..3 {
        for program in [&mut program, &mut Program::new()] {
            let error = program.link(refused(n)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Undefined, "{error}");
        }
    }
    program.swap(accepted());
    let big = call!(program, "live_g", fn() -> *const u8,);
    assert_eq!(call!(program, "live_h", fn() -> i64,), 1, "its bytes are its own");
    // SAFETY: the calling thread's variable of 12,000 bytes.
    let bytes = unsafe { std::slice::from_raw_parts(big, 12_000) };
    assert_eq!(bytes.iter().map(|byte| usize::from(*byte)).sum::<usize>(), 1);
    let error = Program::new().link(accepted()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ThreadLocal, "what was linked stays: {error}");
}

#[test]
fn refused_objects_take_nothing_of_another_processs_reserve() {
    let mut symbols = Symbols::none();
    symbols.reserve_thread_locals(Machine::X86_64, 16 << 10);
    let space = Space::There { machine: Machine::X86_64, base: 0x4000_0000 };
    let mut program = Program::with(symbols, Config { space, ..Config::default() });
    for n in 0..3 {
        let error = program.link(refused(n)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Undefined, "{error}");
    }
    program.link(accepted()).unwrap();
}
