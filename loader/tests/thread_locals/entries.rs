//! Entry checks: whatever the first call of a function in a thread passes, from wherever it comes,
//! arrives as it was passed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::call;
use crate::common::{Program, rust};
use crate::compilers::{C, Compiler, Setting, compile};
use crate::workers::{Worker, on_new_thread};
use segue_loader::{Error, ErrorKind, Symbols};

fn program(source: &str) -> Program {
    let mut program = Program::new();
    program.swap(compile(C, source));
    program
}

fn refused(source: &str, flag: &'static str) -> Error {
    let setting = Setting { compiler: Compiler::Gcc, flag };
    Program::new().link(compile(setting, source)).unwrap_err()
}

/// `live_f(x)` on a thread that never called live code, of a program in which nothing else did.
fn first(program: &Program, x: u64) -> u64 {
    let entry = program.entry("live_f");
    on_new_thread(move || {
        let entry: *const () = std::ptr::with_exposed_provenance(entry);
        // SAFETY: the sources of this file declare `live_f` like this.
        let function: extern "C-unwind" fn(u64) -> u64 = unsafe { std::mem::transmute(entry) };
        function(x)
    })
}

#[test]
fn arguments_of_every_class_pass_through_a_check() {
    let source = r#"
        #include <stdarg.h>
        typedef double wide __attribute__((vector_size(32)));
        static __thread long seed = 9;
        __attribute__((noipa)) long live_many(long a, long b, long c, long d, long e, long f, long g, double x,
            float y, double z0, double z1, double z2, double z3, double z4, double z5, double z6) {
            return seed + a + 2*b + 3*c + 4*d + 5*e + 6*f + 7*g + (long)(x*8 + y*9 + z0*10 + z1*11 + z2*12
                + z3*13 + z4*14 + z5*15 + z6*16);
        }
        __attribute__((noipa, target("avx"))) wide live_wide(wide a, wide b, wide c) { return a * b + c + (double)seed; }
        __attribute__((noipa)) double live_list(int n, ...) {
            va_list list; va_start(list, n); double sum = seed;
            for (int i = 0; i < n; i++) sum += va_arg(list, double);
            va_end(list); return sum;
        }
        struct big { long words[5]; };
        __attribute__((noipa)) struct big live_big(long a, struct big b) { b.words[4] += a + seed; return b; }
        __attribute__((target("avx"))) long live_f(unsigned long has_avx) {
            long sum = live_many(1, 2, 3, 4, 5, 6, 7, 1.5, 2.5f, 3, 4, 5, 6, 7, 8, 9);
            sum += live_list(10, 1., 2., 3., 4., 5., 6., 7., 8., 9., 10.);
            sum += live_big(3, (struct big){{1, 2, 3, 4, 5}}).words[4];
            if (has_avx) {
                wide a = {1, 2, 3, 4}, b = {5, 6, 7, 8}, c = {9, 10, 11, 12};
                wide r = live_wide(a, b, c);
                sum += 1000 * (long)(r[0] + r[1] + r[2] + r[3]);
            }
            return sum;
        }"#;
    let program = program(source);
    let has_avx = std::arch::is_x86_feature_detected!("avx");
    let many = 9 + 140 + 12 + 22 + (30 + 44 + 60 + 78 + 98 + 120 + 144);
    let wide = if has_avx { 1000 * (5 + 12 + 21 + 32 + 42 + 4 * 9) } else { 0 };
    assert_eq!(first(&program, has_avx.into()), many + (9 + 55) + (5 + 3 + 9) + wide);
}

#[test]
fn private_code_recursion_jump_tables_and_pointers_go_through_checks() {
    let program = program(
        r#"
        static __thread long seed = 3;
        static __attribute__((noinline)) long leaf(long x) { return x + seed++; }
        static __attribute__((noipa)) long count(long n) { return n <= 0 ? seed : 1 + count(n - 1) + 0 * seed; }
        static long (*const table[])(long) = { leaf, count };
        long (*live_pointer(void))(long) { return leaf; }
        static __attribute__((noipa)) long pick(long n) {
            switch (n) {
            case 0: return leaf(10); case 1: return count(5) * seed; case 2: return seed << 4;
            case 3: return -seed; case 4: return leaf(leaf(1)); case 5: seed = 50; return 1; default: return 77;
            }
        }
        long live_f(unsigned long x) {
            long (*volatile f)(long) = table[x & 1];
            return f(2) * 1000 + pick(x);
        }"#,
    );
    let expected = [5014, 5000 + 8 * 3, 5000 + (4 << 4), 5000 - 3, 5010, 5001, 5077];
    for (x, expected) in expected.into_iter().enumerate() {
        assert_eq!(first(&program, x as u64), expected, "{x}");
    }
    let pointer = call!(program, "live_pointer", fn() -> usize,);
    let pointed: *const () = std::ptr::with_exposed_provenance(pointer);
    let new = on_new_thread({
        // SAFETY: `leaf` of the source above.
        let leaf: extern "C-unwind" fn(i64) -> i64 = unsafe { std::mem::transmute(pointed) };
        move || leaf(4)
    });
    assert_eq!(new, 7, "the pointer is to the check");
}

#[test]
fn initial_values_may_hold_addresses() {
    let mut program = program(
        "static long cell = 40; static __thread long *here = &cell; long live_g(long x) { return x * 2; }\n\
         static __thread long (*function)(long) = live_g; static __thread const char *text = \"live\";\n\
         long live_f(unsigned long x) { *here += x; return *here + function(x) + text[0]; }",
    );
    assert_eq!(first(&program, 1), 41 + 2 + u64::from(b'l'));
    program.swap(compile(C, "long live_g(long x) { return x * 100; }"));
    assert_eq!(first(&program, 1), 42 + 100 + u64::from(b'l'), "through the slot");
}

#[test]
fn unwinding_through_a_checked_function() {
    let mut program = Program::with_std();
    program.swap(rust(
        r#"
        use std::cell::Cell;
        thread_local! { static SEED: Cell<u64> = const { Cell::new(6) }; }
        #[unsafe(no_mangle)] #[inline(never)] pub extern "C-unwind" fn live_thrower(x: u64) -> u64 {
            if x > 3 { panic!("{} and {x}", SEED.get()) } SEED.get() }
        #[unsafe(no_mangle)] pub extern "C-unwind" fn live_f(x: u64) -> u64 {
            std::panic::catch_unwind(|| live_thrower(x)).unwrap_or_else(|panic| {
                assert_eq!(*panic.downcast::<String>().unwrap(), "6 and 9"); SEED.set(60); SEED.get() }) }
        "#,
    ));
    assert_eq!(first(&program, 2), 6);
    assert_eq!(first(&program, 9), 60);
}

#[test]
fn threads_enter_for_the_first_time_while_more_is_linked() {
    let source = |n: u64| {
        format!(
            "static __thread unsigned long a{n} = {n}, b{n} = 2 * {n};\n\
             unsigned long live_f(unsigned long x) {{ a{n} += x; b{n} += x; return a{n} * 1000 + b{n}; }}"
        )
    };
    let mut program = program(&source(1));
    let stop = Arc::new(AtomicBool::new(false));
    let slot = program.table.index("live_f");
    let stub = program.linker.stub(slot).unwrap();
    let churn: Vec<_> = (0..2)
        .map(|_| {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || {
                let mut calls = 0;
                while !stop.load(Ordering::Relaxed) || calls == 0 {
                    let value = on_new_thread(move || {
                        let stub: *const () = std::ptr::with_exposed_provenance(stub);
                        // SAFETY: the sources above declare it like this.
                        let function: extern "C-unwind" fn(u64) -> u64 =
                            unsafe { std::mem::transmute(stub) };
                        function(0)
                    });
                    let n = value / 1000;
                    assert_eq!(value, n * 1000 + 2 * n, "a value half initialised");
                    calls += 1;
                }
            })
        })
        .collect();
    let mut kept = Vec::new();
    for n in 2..60 {
        let object = compile(C, &source(n));
        // Nobody tells when the threads have left old code: it stays.
        kept.extend(program.live.remove("live_f"));
        program.swap(object);
    }
    stop.store(true, Ordering::Relaxed);
    churn.into_iter().for_each(|thread| thread.join().unwrap());
}

#[test]
fn several_functions_in_a_section_are_refused_where_a_check_is_needed() {
    let source = |initial: u64| {
        format!(
            "static __thread long seed = {initial};\n\
             #define HERE __attribute__((noipa, section(\".text.both\")))\n\
             static HERE long one(long x) {{ return x + seed++; }} static HERE long two(long x) {{ return x * seed; }}\n\
             long live_f(unsigned long x) {{ long a = one(x); return a + two(x); }}"
        )
    };
    let error = refused(&source(5), "-fPIC");
    assert_eq!(error.kind(), ErrorKind::ThreadLocal);
    let text = error.to_string();
    assert!(text.contains(".text.both holds several functions"), "{text}");
    assert!(text.contains("to seed"), "{text}");
    let mut program = Program::new();
    program.swap(compile(C, &source(0)));
    assert_eq!(first(&program, 4), 4 + 4, "zeroes need no check");
}

#[test]
fn alignment_is_kept_up_to_that_of_the_reserve() {
    let source = |align: u64| {
        format!(
            "static __thread char small = 1; static __thread _Alignas({align}) char wide[3] = {{4, 5, 6}};\n\
             unsigned long live_f(unsigned long x) {{ return ((unsigned long)wide % {align}) * 100 + wide[x] + small; }}"
        )
    };
    for align in [1, 8, 64] {
        assert_eq!(first(&program(&source(align)), 2), 7, "{align}");
    }
    let error = refused(&source(128), "-fPIC");
    assert!(error.to_string().contains("aligned to 128 bytes: 64 is the most"), "{error}");
}

#[test]
fn a_thread_local_of_an_archive_member_is_the_programs() {
    let directory = tempfile::tempdir().unwrap();
    let member = directory.path().join("member.o");
    let archive = directory.path().join("libmember.a");
    let source = "static __thread long hidden = 11; __thread long shared = 22; long member(long x) { return hidden++ + x; }";
    std::fs::write(&member, compile(C, source)).unwrap();
    crate::common::run(std::process::Command::new("ar").arg("rcs").arg(&archive).arg(&member));
    let mut symbols = Symbols::of_process().unwrap();
    symbols.archive(&archive).unwrap();
    let mut program = Program::with(symbols, Default::default());
    let worker = Worker::new();
    let live = "long member(long); extern __thread long shared;\n\
                long live_f(unsigned long x) { return member(x) * 1000 + shared++; }";
    program.swap(compile(C, live));
    assert_eq!(first(&program, 1), 12_022);
    program.swap(compile(C, &live.replace("member(x)", "member(x + 1)")));
    let entry = program.entry("live_f");
    for expected in [13_022, 14_023] {
        let value = worker.run(move || {
            let entry: *const () = std::ptr::with_exposed_provenance(entry);
            // SAFETY: declared like this above.
            let function: extern "C-unwind" fn(u64) -> u64 = unsafe { std::mem::transmute(entry) };
            function(1)
        });
        assert_eq!(value, expected);
    }
}

/// A check changes flags and writes below the stack pointer, which only functions let their callers do.
#[test]
fn no_check_stands_in_front_of_private_outlined_cold_code() {
    let source = |name: &str, head: &str| {
        format!(
            "static __thread long seed = 5; __attribute__((cold)) void live_report(long);\n\
             {head} __attribute__((noipa)) long {name}(unsigned long x) {{ long a[8];\n\
             for (int i = 0; i < 8; i++) a[i] = x + i; __asm__ volatile(\"\" : : \"r\"(a) : \"memory\");\n\
             long r = a[x & 7]; if (x > 100) {{ live_report(seed++); r += seed; return r * 3 + a[3]; }}\n\
             return r + a[1] + a[2]; }}\n"
        )
    };
    let private = source("leaf", "static") + "long live_f(unsigned long x) { return leaf(x); }";
    let error = refused(&private, "-freorder-blocks-and-partition");
    assert_eq!(error.kind(), ErrorKind::ThreadLocal, "{error}");
    for part in ["live.o:leaf.cold uses", " at .text.unlikely.leaf+0x", "to seed"] {
        assert!(error.to_string().contains(part), "{part} is missing in: {error}");
    }
    let report = "long reported; void live_report(long x) { reported += x; }";
    let whole = Setting { compiler: Compiler::Gcc, flag: "-fno-reorder-blocks-and-partition" };
    let cut = Setting { compiler: Compiler::Gcc, flag: "-freorder-blocks-and-partition" };
    // A live function's is behind the function's check.
    for object in [compile(whole, &private), compile(cut, &source("live_f", ""))] {
        let mut program = Program::new();
        program.swap(compile(C, report));
        program.swap(object);
        assert_eq!(first(&program, 4), 8 + 5 + 6);
        assert_eq!(first(&program, 101), (101 + 5 + 6) * 3 + 104);
    }
}
