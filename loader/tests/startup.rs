//! Constructors and destructors: which run, when, in which order, and how often.

mod common;

use std::cell::RefCell;
use std::process::Command;

use common::{Program, cc};
use segue_loader::{ErrorKind, Symbols};

thread_local! {
    /// What the code under test told, in order. Per thread, so that tests do not meet.
    static TOLD: RefCell<Vec<i32>> = const { RefCell::new(Vec::new()) };
}

extern "C" fn tell(what: i32) {
    TOLD.with_borrow_mut(|told| told.push(what));
}

extern "C-unwind" fn stop() {
    std::panic::resume_unwind(Box::new("a constructor"));
}

fn told() -> Vec<i32> {
    TOLD.with_borrow_mut(std::mem::take)
}

fn program() -> Program {
    program_with(&[])
}

/// A program whose code can tell; with archives.
fn program_with(archives: &[std::path::PathBuf]) -> Program {
    told();
    let mut symbols = Symbols::of_process().expect("this process");
    symbols.define("tell", tell as *const () as usize);
    symbols.define("stop", stop as *const () as usize);
    for archive in archives {
        symbols.archive(archive).expect("an archive");
    }
    Program::with(symbols, segue_loader::Config::default())
}

/// Links, publishes and runs the constructors that are pending.
fn start(program: &mut Program, objects: &[(&str, Vec<u8>)]) -> Vec<i32> {
    program.swap_all(objects);
    // SAFETY: the tests' constructors call what `swap_all` published; a `Program` drops its linker
    // before what was linked.
    unsafe { program.linker.construct() };
    told()
}

fn c(source: &str) -> Vec<u8> {
    cc("c", source, &[])
}

fn cxx(source: &str) -> Vec<u8> {
    cxx_with("c++", source, "-O2")
}

fn cxx_with(compiler: &str, source: &str, level: &str) -> Vec<u8> {
    let directory = tempfile::tempdir().expect("a folder");
    let (input, output) = (directory.path().join("live.cc"), directory.path().join("live.o"));
    std::fs::write(&input, source).expect("written");
    let flags = "-c -std=c++17 -fno-exceptions -fPIC -ffunction-sections -fdata-sections";
    let mut command = Command::new(compiler);
    common::run(command.args(flags.split(' ')).arg(level).arg(&input).arg("-o").arg(&output));
    std::fs::read(output).expect("an object")
}

const SIMPLE: &str = "void tell(int); int live_f(void) { return 1; }
    static int ready; __attribute__((constructor)) static void begin(void) { ready = 1; tell(1); }
    __attribute__((destructor)) static void end(void) { tell(2); } int live_ready(void) { return ready; }";

#[test]
fn a_swap_runs_no_constructor_and_the_end_runs_destructors_once() {
    let mut program = program();
    program.swap(c(SIMPLE));
    assert_eq!(told(), [], "a link runs nothing");
    assert_eq!(call!(program, "live_ready", fn() -> i32,), 0);
    // SAFETY: as in `start`.
    assert_eq!(unsafe { program.linker.construct() }, 1);
    assert_eq!((told(), call!(program, "live_ready", fn() -> i32,)), (vec![1], 1));
    for _ in 0..3 {
        assert_eq!(start(&mut program, &[("live.o", c(SIMPLE))]), []);
        let edited = SIMPLE.replace("return 1", "return 2").replace("tell(2)", "tell(3)");
        assert_eq!(start(&mut program, &[("live.o", c(&edited))]), []);
    }
    drop(program);
    assert_eq!(told(), [3], "the newest version, once");
}

#[test]
fn nothing_runs_at_the_end_of_a_program_that_never_started() {
    let mut program = program();
    program.swap(c(SIMPLE));
    drop(program);
    assert_eq!(told(), []);
}

#[test]
fn priorities_order_constructors_of_all_objects_and_destructors_reversed() {
    let object = |k: i32| {
        format!(
            "void tell(int); int live_f{k}(void) {{ return {k}; }}
             __attribute__((constructor)) static void plain(void) {{ tell({k}0); }}
             __attribute__((constructor(200))) static void second(void) {{ tell({k}2); }}
             __attribute__((constructor(101))) static void first(void) {{ tell({k}1); }}
             __attribute__((destructor(101))) static void last(void) {{ tell(-{k}1); }}
             __attribute__((destructor)) static void end(void) {{ tell(-{k}0); }}
             static void early(void) {{ tell({k}9); }}
             __attribute__((section(\".preinit_array\"), used)) static void (*const list)(void) = early;"
        )
    };
    let mut program = program();
    let told_at_start = start(&mut program, &[("a.o", c(&object(1))), ("b.o", c(&object(2)))]);
    assert_eq!(told_at_start, [19, 29, 11, 21, 12, 22, 10, 20]);
    drop(program);
    assert_eq!(told(), [-20, -10, -21, -11]);
}

#[test]
fn the_older_lists_run_from_their_ends() {
    let function = |name: &str, what: i32| {
        format!(
            ".section .text.{name},\"ax\"\n.type {name},@function\n{name}: mov ${what}, %edi\njmp tell@PLT\n"
        )
    };
    let source = function("one", 1)
        + &function("two", 2)
        + &function("three", 3)
        + &function("live_f", 0)
        + ".globl live_f\n.section .ctors,\"aw\"\n.quad -1, one, two, 0\n.section .ctors.65000,\"aw\"\n.quad three\n\
           .section .dtors,\"aw\"\n.quad one, two\n";
    let mut program = program();
    assert_eq!(start(&mut program, &[("live.o", cc("s", &source, &[]))]), [3, 2, 1]);
    drop(program);
    assert_eq!(told(), [1, 2]);
    let broken = source.replace(".quad three", ".quad 5");
    let error = program_with(&[]).link(cc("s", &broken, &[])).unwrap_err();
    assert!(error.to_string().contains(".ctors.65000+0x0: an entry"), "{error}");
}

#[test]
fn constructors_call_live_functions_as_they_are_published() {
    let source = "void tell(int); int live_f(void) { return 5; }
        __attribute__((constructor)) static void begin(void) { tell(live_f()); }
        __attribute__((constructor)) void live_begin(void) { tell(live_f() + 1); }";
    let mut program = program();
    assert_eq!(start(&mut program, &[("live.o", c(source))]), [5, 6]);
}

/// C++ variables with constructors and destructors that tell; each in a constructor of its own.
const VARIABLES: &str = "extern \"C\" void tell(int);
    struct Told { int number; Told(int n) : number(n) { tell(n); } ~Told() { tell(-number); } };
    __attribute__((init_priority(1001))) Told one(1);
    extern \"C\" int live_get() { return one.number; }";

#[test]
fn a_new_variable_is_constructed_and_the_others_are_left_alone() {
    let two = "__attribute__((init_priority(1002))) Told two(2);";
    let with_two =
        format!("{VARIABLES}{two}extern \"C\" void live_set() {{ one.number = 7; two.number++; }}");
    let mut program = program();
    assert_eq!(start(&mut program, &[("live.o", cxx(VARIABLES))]), [1]);
    let edited = VARIABLES.replace("return one.number", "return one.number + 1");
    assert_eq!(start(&mut program, &[("live.o", cxx(&edited))]), [], "a function's swap runs none");
    assert_eq!(start(&mut program, &[("live.o", cxx(&with_two))]), [2]);
    call!(program, "live_set", fn(),);
    assert_eq!(call!(program, "live_get", fn() -> i32,), 7);
    assert_eq!(start(&mut program, &[("live.o", cxx(&with_two))]), []);
    drop(program);
    assert_eq!(told(), [-3, -7], "as they are now, the last first");
}

#[test]
fn a_constructor_that_would_run_on_old_and_new_variables_is_refused() {
    let plain = VARIABLES.replace("__attribute__((init_priority(1001)))", "");
    let both = format!("{plain} Told two(2); extern \"C\" int live_two() {{ return two.number; }}");
    let before = both.replace("Told one(1);", "Told zero(9); Told one(1);");
    let mut program = program();
    assert_eq!(start(&mut program, &[("live.o", cxx(&plain))]), [1]);
    // The second is known by another name, after the file's first variable.
    for (source, new) in [(&both, "two"), (&before, "two, zero")] {
        let error = program.link_all(&[("live.o", cxx(source))]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Startup);
        let text = error.to_string();
        for part in ["live.o: constructor _GLOBAL__sub_I_", new, "and again one", "init_priority"] {
            assert!(text.contains(part), "{part} is missing in: {text}");
        }
    }
    // In a file of its own it is fine.
    let own = plain
        .replace("one(1)", "two(2)")
        .replace("one.number", "two.number")
        .replace("live_get", "live_two");
    assert_eq!(start(&mut program, &[("live.o", cxx(&plain)), ("two.o", cxx(&own))]), [2]);
    assert_eq!(call!(program, "live_get", fn() -> i32,), 1);
    drop(program);
    assert_eq!(told(), [-2, -1]);
}

#[test]
fn variables_with_guards_may_come_and_go() {
    let inline = |names: &[(&str, i32)]| {
        let all: String =
            names.iter().map(|(name, k)| format!("inline Told {name}({k});")).collect();
        let sum: String = names.iter().map(|(name, _)| format!("+ {name}.number")).collect();
        VARIABLES.split("__attribute__").next().unwrap_or("").to_owned()
            + &all
            + &format!("extern \"C\" int live_sum() {{ return 0 {sum}; }}")
    };
    let mut program = program();
    assert_eq!(start(&mut program, &[("live.o", cxx(&inline(&[("one", 1)])))]), [1]);
    let more = cxx(&inline(&[("one", 1), ("two", 2)]));
    assert_eq!(start(&mut program, &[("live.o", more)]), [2], "the guard of the first is asked");
    assert_eq!(call!(program, "live_sum", fn() -> i32,), 3);
}

#[test]
fn the_change_of_a_variables_layout_makes_a_new_one_that_is_constructed() {
    let wider = VARIABLES.replace("int number;", "int number; long more = 5;");
    let mut program = program();
    assert_eq!(start(&mut program, &[("live.o", cxx(VARIABLES))]), [1]);
    assert_eq!(start(&mut program, &[("live.o", cxx(&wider))]), [1]);
    drop(program);
    assert_eq!(told(), [-1, -1], "both end");
}

#[test]
fn a_failed_link_leaves_its_constructors_to_the_next() {
    let broken = format!(
        "{SIMPLE} int nobody_has_this(void); int live_g(void) {{ return nobody_has_this(); }}"
    );
    let mut program = program();
    program.link_all(&[("live.o", c(&broken))]).unwrap_err();
    // SAFETY: as in `start`.
    assert_eq!(unsafe { program.linker.construct() }, 0);
    assert_eq!(start(&mut program, &[("live.o", c(SIMPLE))]), [1]);
}

/// Three constructors in order, of which the second panics or not.
fn panicking(second: &str) -> Vec<u8> {
    let source = "void tell(int); void stop(void); static int a, b;
        __attribute__((constructor(201))) static void zero(void) { tell(9); }
        __attribute__((constructor(202))) static void one(void) { a++; SECOND; }
        __attribute__((constructor(203))) static void two(void) { tell(20 + b++); }
        int live_sum(void) { return a * 10 + b; }";
    c(&source.replace("SECOND", second))
}

fn assert_panics(program: &mut Program, objects: &[(&str, Vec<u8>)]) {
    let run = std::panic::AssertUnwindSafe(|| start(program, objects));
    assert!(std::panic::catch_unwind(run).is_err());
}

#[test]
fn a_panic_in_a_constructor_left_it_and_those_behind_it_known() {
    let mut program = program();
    let broken = panicking("stop()");
    assert_panics(&mut program, &[("live.o", broken)]);
    assert_eq!(told(), [9], "the first ran, and the last did not");
    let repaired = panicking("tell(1)");
    assert_eq!(start(&mut program, &[("live.o", repaired.clone())]), [1, 20]);
    assert_eq!(call!(program, "live_sum", fn() -> i32,), 21);
    assert_eq!(start(&mut program, &[("live.o", repaired)]), [], "now they are known");
}

#[test]
fn variables_behind_a_panic_are_constructed_by_the_repaired_file_and_then_old() {
    let stops = |how: &str| {
        let begin = "__attribute__((constructor(900))) static void begin(void)";
        c(&format!("void stop(void); {begin} {{ {how}; }} int live_stop(void) {{ return 1; }}"))
    };
    let both = |how: &str| [("stop.o", stops(how)), ("live.o", cxx(VARIABLES))];
    let mut program = program();
    let broken = both("stop()");
    assert_panics(&mut program, &broken);
    assert_eq!(told(), []);
    assert_eq!(start(&mut program, &both("")), [1], "it was not constructed");
    assert_eq!(start(&mut program, &both("")), [], "and is now");
    drop(program);
    assert_eq!(told(), [-1]);
}

#[test]
fn what_a_function_registered_was_left_to_the_exit_of_the_process_without_construct() {
    let source = "void tell(int); extern void *__dso_handle;
        int __cxa_atexit(void (*)(void *), void *, void *);
        static void end(void *what) { tell((int)(long)what); }
        __attribute__((destructor)) static void last(void) { tell(8); }
        int live_f(void) { return __cxa_atexit(end, (void *)7L, &__dso_handle); }";
    let mut program = program();
    program.swap(c(source));
    assert_eq!(call!(program, "live_f", fn() -> i32,), 0);
    drop(program);
    assert_eq!(told(), [7], "the list of destructors is for programs that started");
}
