//! C++ exceptions: thrown by live code and by the host, through frames of live C++, live Rust and the
//! host, caught on either side; destructors run in order.

use std::ffi::CString;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use crate::call;
use crate::common::{Program, compile, run, rust};

const COMPILERS: [&str; 2] = ["g++", "clang++"];

/// What the sources call `What`.
const NOTHING: i32 = 0;
const DERIVED: i32 = 1;
const STANDARD: i32 = 2;
const NUMBER: i32 = 3;
const LOCAL: i32 = 4;
const PANIC: i32 = 5;
/// The host throws it, called by live code.
const BY_HOST: i32 = 100;

pub(crate) type Function = extern "C-unwind" fn(i32, *mut i64) -> i32;
pub(crate) type Caller = extern "C-unwind" fn(Function, i32, *mut i64) -> i32;

pub(crate) fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/unwinding"))
}

/// The host's C++ part, and with it the C++ library, for all who look names up in this process.
/// Returns where `host_catch` is.
pub(crate) fn host() -> Caller {
    static HOST: OnceLock<usize> = OnceLock::new();
    let catch = *HOST.get_or_init(|| {
        let directory = tempfile::tempdir().unwrap();
        let library = directory.path().join("libhost.so");
        let mut command = Command::new("g++");
        command.args(["-shared", "-fPIC", "-O2"]).arg(folder().join("host.cpp"));
        run(command.arg("-o").arg(&library));
        let path = CString::new(library.to_str().unwrap()).unwrap();
        let flags = libc::RTLD_NOW | libc::RTLD_GLOBAL;
        // SAFETY: our own library, never closed; it has no initialisers with effects.
        let handle = unsafe { libc::dlopen(path.as_ptr(), flags) };
        assert!(!handle.is_null());
        // SAFETY: the handle is open, the name a C string.
        unsafe { libc::dlsym(handle, c"host_catch".as_ptr()) }.expose_provenance()
    });
    // SAFETY: this is its type in the header.
    unsafe { std::mem::transmute::<usize, Caller>(catch) }
}

const RUST: &str = r#"
    unsafe extern "C-unwind" { fn live_middle(what: i32, trace: *mut i64) -> i32; }
    struct Note(*mut i64, i64);
    impl Drop for Note {
        fn drop(&mut self) { unsafe { *self.0 = *self.0 * 10 + self.1 } }
    }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_panic(what: i32) -> i32 {
        panic!("what is {what}")
    }
    #[unsafe(no_mangle)] pub extern "C-unwind" fn live_rust(what: i32, trace: *mut i64) -> i32 {
        let _note = Note(trace, 6);
        unsafe { live_middle(what, trace) + 1000 }
    }
"#;

/// The live functions of `live.cpp` as one of the compilers makes them, with one of Rust below and
/// one above them.
fn program(compiler: &str) -> Program {
    static OBJECTS: OnceLock<(Vec<u8>, [Vec<u8>; 2])> = OnceLock::new();
    host();
    let (of_rust, of_cpp) = OBJECTS.get_or_init(|| {
        let include = format!("-I{}", folder().display());
        let source = std::fs::read_to_string(folder().join("live.cpp")).unwrap();
        (rust(RUST), COMPILERS.map(|it| compile(it, "cpp", &source, &[&include])))
    });
    let mut program = Program::with_std();
    let index = COMPILERS.iter().position(|it| *it == compiler).unwrap();
    program.swap(of_cpp[index].clone());
    program.swap(of_rust.clone());
    program
}

/// Calls a live function: its result and the trace of destructors.
fn run_live(program: &Program, name: &str, what: i32) -> (i32, i64) {
    let mut trace = 0;
    let result = call!(program, name, fn(i32, *mut i64) -> i32, what, &mut trace);
    (result, trace)
}

/// The same through `host_catch`.
fn run_caught(program: &Program, name: &str, what: i32) -> (i32, i64) {
    let mut trace = 0;
    // SAFETY: all functions of the sources that are passed here have this type.
    let function = unsafe { program.get::<Function>(name) };
    let result = host()(function, what, &mut trace);
    (result, trace)
}

#[test]
fn thrown_and_caught_in_live_code() {
    for compiler in COMPILERS {
        let program = program(compiler);
        for (what, result) in [
            (NOTHING, 111),
            (DERIVED, -1008),
            (STANDARD, -2000 - i32::from(b'f')),
            (NUMBER, -3006),
            (LOCAL, -4009),
        ] {
            let found = run_live(&program, "live_catch", what);
            assert_eq!(found, (result, 12), "{compiler}, {what}");
        }
    }
}

#[test]
fn thrown_in_live_code_and_caught_in_the_host() {
    for compiler in COMPILERS {
        let program = program(compiler);
        for (what, result) in [
            (NOTHING, 11),
            (DERIVED, 1008),
            (STANDARD, 2000 + i32::from(b'f')),
            (NUMBER, 3006),
            (LOCAL, 4000),
        ] {
            let found = run_caught(&program, "live_middle", what);
            assert_eq!(found, (result, 12), "{compiler}, {what}");
        }
    }
}

#[test]
fn thrown_by_the_host_through_live_frames() {
    for compiler in COMPILERS {
        let program = program(compiler);
        for (what, in_live, in_host) in [
            (DERIVED, -1007, 1007),
            (STANDARD, -2000 - i32::from(b'f'), 2000 + i32::from(b'f')),
            (NUMBER, -3005, 3005),
        ] {
            let found = run_live(&program, "live_catch", BY_HOST + what);
            assert_eq!(found, (in_live, 12), "{compiler}, {what}");
            let found = run_caught(&program, "live_middle", BY_HOST + what);
            assert_eq!(found, (in_host, 12), "{compiler}, {what}");
        }
    }
}

#[test]
fn through_host_frames_between_live_ones() {
    for compiler in COMPILERS {
        let program = program(compiler);
        assert_eq!(run_caught(&program, "live_through_host", NOTHING), (12, 1295));
        for (what, result) in [(DERIVED, 1008), (BY_HOST + NUMBER, 3005)] {
            let found = run_caught(&program, "live_through_host", what);
            assert_eq!(found, (result, 1295), "{compiler}, {what}");
        }
    }
}

#[test]
fn rethrown_as_it_was_and_as_another() {
    for compiler in COMPILERS {
        let program = program(compiler);
        for (what, result, trace) in [
            (DERIVED, 1048, 123),
            (STANDARD, 2000 + i32::from(b'f'), 1243),
            (NUMBER, 1006, 123),
            (LOCAL, 4000, 123),
        ] {
            let found = run_caught(&program, "live_rethrow", what);
            assert_eq!(found, (result, trace), "{compiler}, {what}");
        }
    }
}

#[test]
fn exceptions_pass_through_live_rust() {
    for compiler in COMPILERS {
        let program = program(compiler);
        assert_eq!(run_caught(&program, "live_rust", NOTHING), (1011, 126));
        for (what, result) in [(DERIVED, 1008), (BY_HOST + STANDARD, 2000 + i32::from(b'f'))] {
            let found = run_caught(&program, "live_rust", what);
            assert_eq!(found, (result, 126), "{compiler}, {what}");
        }
    }
}

#[test]
fn panics_pass_through_live_and_host_cpp() {
    for compiler in COMPILERS {
        let program = program(compiler);
        for (name, traced) in [("live_rust", 126), ("live_through_host", 1295)] {
            let mut trace = 0;
            let trace = std::panic::AssertUnwindSafe(&mut trace);
            let caught = std::panic::catch_unwind(|| {
                let std::panic::AssertUnwindSafe(trace) = &trace;
                let trace = std::ptr::from_ref::<i64>(trace).cast_mut();
                call!(program, name, fn(i32, *mut i64) -> i32, PANIC, trace)
            });
            let message = *caught.unwrap_err().downcast::<String>().unwrap();
            assert_eq!((message.as_str(), **trace), ("what is 5", traced), "{compiler}");
        }
    }
}
