//! Thread-locals of live code and of the host, in every access model that compilers emit, in
//! threads that ran before the code was linked and in new ones, over swaps.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;
#[path = "thread_locals/compilers.rs"]
mod compilers;
#[path = "thread_locals/destructors.rs"]
mod destructors;
#[path = "thread_locals/entries.rs"]
mod entries;
#[path = "thread_locals/workers.rs"]
mod workers;

use common::Program;
use compilers::{C, Compiler, Setting, compile, relocation_kinds};
use segue_loader::ErrorKind;
use workers::{Worker, on_new_thread};

// The host's variables, as C hosts have them.
std::arch::global_asm!(
    ".pushsection .tdata.segue_test_host, \"awT\", @progbits",
    ".globl segue_test_host",
    ".type segue_test_host, @object",
    ".size segue_test_host, 8",
    ".balign 8",
    "segue_test_host: .quad 700",
    ".popsection",
    ".pushsection .text.segue_test_host_address, \"ax\", @progbits",
    ".globl segue_test_host_address",
    ".type segue_test_host_address, @function",
    "segue_test_host_address:",
    "mov %fs:0, %rax",
    "add segue_test_host@gottpoff(%rip), %rax",
    "ret",
    ".popsection",
    options(att_syntax)
);

unsafe extern "C" {
    fn segue_test_host_address() -> *mut u64;
}

/// The host's variable in the calling thread.
fn host_address() -> usize {
    // SAFETY: the function above has no requirements.
    unsafe { segue_test_host_address() }.addr()
}

/// Functions over one variable of every sort, with the host's last.
const VARIABLES: [(&str, u64); 6] =
    [("local", 0), ("image", 5), ("wide", 0), ("wide_image", 7), ("far", 9), ("host", 700)];

/// A function per variable that adds to it and returns its address, `live_NAME`.
fn c_source(step: u64) -> String {
    let mut source = String::from(
        "static __thread unsigned long local; static __thread unsigned long image = 5;\n\
         __thread unsigned long wide; __thread unsigned long wide_image = 7;\n\
         struct far { char before[300]; unsigned long value; };\n\
         static __thread struct far far_one = { \"x\", 9 };\n\
         extern __thread unsigned long segue_test_host;\n",
    );
    for (name, _) in VARIABLES {
        let place = match name {
            "far" => "far_one.value",
            "host" => "segue_test_host",
            name => name,
        };
        source.push_str(&format!(
            "unsigned long *live_{name}(void) {{ {place} += {step}; return &{place}; }}\n"
        ));
    }
    source
}

fn rust_source(step: u64) -> String {
    let mut source = String::from(
        "use std::cell::Cell; thread_local! { static LOCAL: Cell<u64> = const { Cell::new(0) };\n\
         static IMAGE: Cell<u64> = const { Cell::new(5) };\n\
         static WIDE: Cell<u64> = Cell::new(std::hint::black_box(0));\n\
         static WIDE_IMAGE: Cell<u64> = Cell::new(std::hint::black_box(7));\n\
         static FAR: ([u8; 300], Cell<u64>) = const { ([1; 300], Cell::new(9)) }; }\n",
    );
    for (name, _) in &VARIABLES[..5] {
        let (upper, field) = (name.to_uppercase(), if *name == "far" { ".1" } else { "" });
        source.push_str(&format!(
            "#[unsafe(no_mangle)] pub extern \"C-unwind\" fn live_{name}() -> *const u64 {{ \
             {upper}.with(|it| {{ it{field}.set(it{field}.get() + {step}); it{field}.as_ptr() as _ }}) }}\n"
        ));
    }
    source
}

fn sources(setting: Setting, step: u64) -> Vec<u8> {
    match setting.compiler {
        Compiler::Rustc => compile(setting, &rust_source(step)),
        _ => compile(setting, &c_source(step)),
    }
}

/// Calls `live_NAME` and returns the variable's address and value in the calling thread.
fn step(entry: usize) -> (usize, u64) {
    let entry: *const () = std::ptr::with_exposed_provenance(entry);
    // SAFETY: every function of the sources above has this type.
    let function: extern "C-unwind" fn() -> *const u64 = unsafe { std::mem::transmute(entry) };
    let place = function();
    // SAFETY: the calling thread's own variable.
    (place.addr(), unsafe { place.read() })
}

/// Stable Rust cannot name a C thread-local; those of the host's std have a test of their own below.
fn has(setting: Setting, name: &str) -> bool {
    setting.compiler != Compiler::Rustc || name != "host"
}

#[test]
fn every_model_gives_every_thread_its_own_variable_that_survives_swaps() {
    for setting in compilers::ALL {
        let early = Worker::new();
        let mut program = Program::with_std();
        program.swap(sources(setting, 1));
        for (name, initial) in VARIABLES {
            if !has(setting, name) {
                continue;
            }
            let entry = program.entry(&format!("live_{name}"));
            let what = format!("{name} of {setting:?}");
            let mine = step(entry);
            let theirs = early.run(move || step(entry));
            let fresh = on_new_thread(move || (step(entry), step(entry)));
            if name == "host" {
                assert_eq!(mine.0, host_address(), "{what}");
            } else {
                assert_eq!(mine.1, initial + 1, "{what}, thread that linked");
            }
            assert_eq!(theirs.1, initial + 1, "{what}, thread that ran before");
            assert_eq!((fresh.0.1, fresh.1.1), (initial + 1, initial + 2), "{what}, new thread");
            assert_eq!(fresh.0.0, fresh.1.0, "{what}: one place in a thread");
            assert!(mine.0 != theirs.0 && theirs.0 != fresh.0.0 && mine.0 != fresh.0.0, "{what}");
        }
        let before: Vec<_> =
            program.live.iter().map(|(name, it)| (name.clone(), it.entry())).collect();
        let places: Vec<_> = before.iter().map(|(_, entry)| step(*entry)).collect();
        program.swap(sources(setting, 10));
        for ((name, _), (place, value)) in before.iter().zip(places) {
            let entry = program.entry(name);
            assert_eq!(step(entry), (place, value + 10), "{name} of {setting:?} after a swap");
            let initial = VARIABLES.iter().find(|it| name.strip_prefix("live_") == Some(it.0));
            let initial = initial.unwrap().1;
            let theirs = early.run(move || step(entry).1);
            assert_eq!(theirs, initial + 11, "{name} of {setting:?} in the thread that ran before");
            let fresh = on_new_thread(move || step(entry).1);
            assert_eq!(fresh, initial + 10, "{name} of {setting:?} in a new thread");
        }
    }
}

/// Else the matrix above would test one model many times.
#[test]
fn the_compilers_emit_the_models_that_the_tests_are_about() {
    let kinds: Vec<String> = compilers::ALL
        .into_iter()
        .flat_map(|setting| relocation_kinds(&sources(setting, 1)))
        .collect();
    for wanted in
        ["TLSGD", "TLSLD", "DTPOFF32", "GOTTPOFF", "TPOFF32", "GOTPC32_TLSDESC", "TLSDESC_CALL"]
    {
        assert!(kinds.iter().any(|kind| kind == &format!("R_X86_64_{wanted}")), "{wanted}");
    }
}

#[test]
fn objects_of_all_models_share_one_variable() {
    let define = "__thread long shared = 40; long *live_define(void) { shared++; return &shared; }";
    let mut program = Program::new();
    program.swap(compile(C, define));
    let worker = Worker::new();
    let (place, _) = step(program.entry("live_define"));
    let mut expected = 41;
    for (index, setting) in compilers::ALL.into_iter().enumerate() {
        if setting.compiler == Compiler::Rustc || setting.compiler == Compiler::Gxx {
            continue;
        }
        let source = format!(
            "extern __thread long shared; long *live_use{index}(void) {{ shared++; return &shared; }}"
        );
        program.swap(compile(setting, &source));
        let entry = program.entry(&format!("live_use{index}"));
        expected += 1;
        assert_eq!(step(entry), (place, expected), "{setting:?}");
        // The worker did not run the function that defines it.
        assert_eq!(worker.run(move || step(entry)).1, expected - 1, "{setting:?}");
    }
}

/// What Rust code asks the host's std about its thread, std's own thread-locals tell.
#[test]
fn rust_code_reaches_the_thread_locals_of_the_hosts_std() {
    const LIVE: &str = r#"
        struct Asks; static SEEN: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
        impl Drop for Asks { fn drop(&mut self) {
            SEEN.store(std::thread::panicking(), std::sync::atomic::Ordering::Relaxed) } }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_thread() -> u64 {
            let text = format!("{:?}", std::thread::current().id());
            text["ThreadId(".len()..text.len() - 1].parse().unwrap() }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_asks(wanted: bool) -> bool {
            let _ = std::panic::catch_unwind(|| { let _asks = Asks; if wanted { std::panic::resume_unwind(Box::new(1)) } });
            SEEN.load(std::sync::atomic::Ordering::Relaxed) }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_panicking() -> bool { std::thread::panicking() }"#;
    /// Asks while a panic of the host unwinds.
    struct Unwinding(extern "C-unwind" fn() -> bool);
    impl Drop for Unwinding {
        fn drop(&mut self) {
            assert!((self.0)(), "live code sees that the host's thread panics");
        }
    }
    for setting in compilers::ALL.into_iter().filter(|it| it.compiler == Compiler::Rustc) {
        let mut program = Program::with_std();
        program.swap(compile(setting, LIVE));
        let entry = program.entry("live_thread");
        let check = move || {
            let entry: *const () = std::ptr::with_exposed_provenance(entry);
            // SAFETY: declared like this above.
            let function: extern "C-unwind" fn() -> u64 = unsafe { std::mem::transmute(entry) };
            let expected = format!("{:?}", std::thread::current().id());
            assert_eq!(format!("ThreadId({})", function()), expected, "{setting:?}");
        };
        check();
        on_new_thread(check);
        assert!(call!(program, "live_asks", fn(bool) -> bool, true), "{setting:?}");
        assert!(!call!(program, "live_asks", fn(bool) -> bool, false), "{setting:?}");
        // SAFETY: declared like this above.
        let panicking: extern "C-unwind" fn() -> bool = unsafe { program.get("live_panicking") };
        let caught = std::panic::catch_unwind(move || {
            let _unwinding = Unwinding(panicking);
            std::panic::resume_unwind(Box::new(2));
        });
        assert!(caught.is_err() && !std::thread::panicking() && !panicking(), "{setting:?}");
    }
}

#[test]
fn a_reserve_that_is_full_is_an_error_that_says_so() {
    let mut program = Program::new();
    let error =
        program.link(compile(C, "__thread char big[20000]; char *live_f(void) { return big; }"));
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ThreadLocal);
    assert!(error.to_string().contains("no room for 20000 bytes"), "{error}");
    assert!(error.to_string().contains("to big"), "the symbol is named: {error}");
}
