//! Destructors of live thread-locals: once per thread that used the variable, at the thread's end,
//! also when the code that made them was swapped, or its program is gone.

use std::ffi::c_void;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::common::{Program, rust};
use crate::compilers::{C, Compiler, Setting, compile};
use crate::workers::{Worker, on_new_thread};
use segue_loader::{Config, Symbols};

/// What destructors were given, added up. A test has one of its own.
struct Sum(AtomicU64);

extern "C" fn add(sum: &Sum, value: u64) {
    sum.0.fetch_add(value, Ordering::SeqCst);
}

impl Sum {
    const fn new() -> Sum {
        Sum(AtomicU64::new(0))
    }

    fn value(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    fn define(&'static self, symbols: &mut Symbols) {
        let function: extern "C" fn(&Sum, u64) = add;
        symbols.define("segue_test_add", (function as *const ()).expose_provenance());
        symbols.define("segue_test_sum", std::ptr::from_ref(self).expose_provenance());
    }
}

fn program(sum: &'static Sum) -> Program {
    let mut symbols = Symbols::of_process().unwrap();
    for archive in crate::common::std_archives() {
        symbols.archive(&archive).unwrap();
    }
    sum.define(&mut symbols);
    Program::with(symbols, Config::default())
}

/// The thread's value, after adding to it.
fn touch(entry: usize, by: u64) -> u64 {
    let entry: *const () = std::ptr::with_exposed_provenance(entry);
    // SAFETY: the sources below declare `live_touch` like this.
    let function: extern "C-unwind" fn(u64) -> u64 = unsafe { std::mem::transmute(entry) };
    function(by)
}

/// A thread-local whose destructor tells its value, times what a live function says.
fn rust_source(factor: u64) -> String {
    format!(
        "use std::cell::Cell;
        unsafe extern \"C\" {{ fn segue_test_add(sum: *const u8, value: u64); static segue_test_sum: u8; }}
        struct Told(Cell<u64>);
        impl Drop for Told {{ fn drop(&mut self) {{
            unsafe {{ segue_test_add(&raw const segue_test_sum, live_weigh(self.0.get())) }} }} }}
        thread_local! {{ static TOLD: Told = Told(Cell::new(100));
                         static CONST: Told = const {{ Told(Cell::new(5000)) }}; }}
        #[unsafe(no_mangle)] #[inline(never)] pub extern \"C-unwind\" fn live_weigh(x: u64) -> u64 {{ x * {factor} + 1 }}
        #[unsafe(no_mangle)] pub extern \"C-unwind\" fn live_touch(by: u64) -> u64 {{
            CONST.with(|it| it.0.set(it.0.get() + by));
            TOLD.with(|it| {{ it.0.set(it.0.get() + by); it.0.get() }}) }}"
    )
}

/// The sum goes by number: position-dependent code reaches no data of the host.
fn cxx_source(sum: &'static Sum, factor: u64) -> String {
    let sum = std::ptr::from_ref(sum).expose_provenance();
    format!(
        "extern \"C\" void segue_test_add(const void *, unsigned long); 
        namespace {{ struct Told {{ unsigned long value; explicit Told(unsigned long x) : value(x) {{}}
            ~Told() {{ segue_test_add((void *){sum}, value * {factor}); }} }}; }}
        thread_local Told told(100);
        static thread_local Told other(5000);
        extern \"C\" unsigned long live_touch(unsigned long by) {{
            other.value += by; told.value += by; return told.value; }}"
    )
}

#[test]
fn a_rust_destructor_runs_once_at_the_end_of_its_thread_with_the_newest_live_code() {
    static SUM: Sum = Sum::new();
    let mut program = program(&SUM);
    program.swap(rust(&rust_source(3)));
    let worker = Worker::new();
    let entry = program.entry("live_touch");
    assert_eq!(worker.run(move || touch(entry, 1)), 101);
    assert_eq!(on_new_thread(move || touch(entry, 2)), 102);
    let ended = 3 * 102 + 1 + 3 * 5002 + 1;
    assert_eq!(SUM.value(), ended, "the thread that ended");
    for factor in 4..20 {
        program.swap(rust(&rust_source(factor)));
    }
    let entry = program.entry("live_touch");
    assert_eq!(worker.run(move || touch(entry, 1)), 102, "kept over the swaps");
    assert_eq!(SUM.value(), ended, "a swap runs none");
    drop(worker);
    let expected = ended + 19 * 102 + 1 + 19 * 5002 + 1;
    assert_eq!(SUM.value(), expected, "once, by the newest code");
}

#[test]
fn destructors_run_after_their_program_is_gone() {
    static SUM: Sum = Sum::new();
    let mut gone = program(&SUM);
    // A destructor that calls no live function, which its owner would have to keep.
    gone.swap(rust(&rust_source(1).replace("live_weigh(self.0.get())", "self.0.get()")));
    let worker = Worker::new();
    let entry = gone.entry("live_touch");
    assert_eq!(worker.run(move || touch(entry, 7)), 107);
    assert!(gone.linker.has_thread_locals());
    drop(gone);
    // Another program's code is not put where the first one's was.
    let mut other = program(&SUM);
    other.swap(rust(&rust_source(1)));
    drop(worker);
    assert_eq!(SUM.value(), 107 + 5007);
}

/// libstdc++ registers destructors; live C++ finds it in the process.
fn open_libstdcxx() {
    let flags = libc::RTLD_NOW | libc::RTLD_GLOBAL;
    // SAFETY: the C++ library, which is never closed.
    let library: *mut c_void = unsafe { libc::dlopen(c"libstdc++.so.6".as_ptr(), flags) };
    assert!(!library.is_null());
}

#[test]
fn cxx_constructors_and_destructors_run_once_per_thread() {
    static SUM: Sum = Sum::new();
    open_libstdcxx();
    for flag in ["-fPIC", "-fPIE", "-mtls-dialect=gnu2"] {
        let before = SUM.value();
        let setting = Setting { compiler: Compiler::Cxx, flag };
        let mut program = program(&SUM);
        program.swap(compile(
            C,
            "char __dso_handle; char *live_handle(void) { return &__dso_handle; }",
        ));
        program.swap(compile(setting, &cxx_source(&SUM, 1)));
        let worker = Worker::new();
        let entry = program.entry("live_touch");
        assert_eq!(worker.run(move || touch(entry, 1)), 101, "{flag}");
        assert_eq!(on_new_thread(move || touch(entry, 2)), 102, "{flag}");
        assert_eq!(SUM.value() - before, 102 + 5002, "{flag}");
        program.swap(compile(setting, &cxx_source(&SUM, 1).replace("+= by", "+= 10 * by")));
        let entry = program.entry("live_touch");
        assert_eq!(worker.run(move || touch(entry, 1)), 111, "{flag}: kept over the swap");
        drop(program);
        drop(worker);
        assert_eq!(SUM.value() - before, 102 + 5002 + 111 + 5011, "{flag}");
    }
}
