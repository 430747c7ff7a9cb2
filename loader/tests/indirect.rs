//! Indirect functions: who calls their resolvers, when, and what is reached through them.

mod common;

use std::arch::global_asm;

use common::{Program, cc};
use segue_loader::{Config, ErrorKind, Machine, Memory, Resolvers, Space, Symbols};

fn c(source: &str) -> Vec<u8> {
    cc("c", source, &["-fvisibility=default"])
}

/// `pick` is an indirect function whose resolver counts its calls.
const PICK: &str = "int choice = 1; int asked;
    static int one(int x) { return x + 1; } static int two(int x) { return x + 2; }
    static int (*resolve(void))(int) { asked++; return choice ? two : one; }
    int pick(int) __attribute__((ifunc(\"resolve\")));";
const ASKED: &str = "int live_asked(void) { return asked; }";

#[test]
fn calls_and_addresses_go_through_what_the_resolver_chose_once() {
    let users = "int live_call(int x) { return pick(x) * 10; } typedef int (*function)(int);
        function live_address(void) { return pick; } function pointer = pick;
        function live_pointer(void) { return pointer; }";
    for flags in [&["-fvisibility=default"][..], &["-fvisibility=default", "-fno-plt"]] {
        let mut program = Program::new();
        let object = cc("c", &format!("{PICK}{ASKED}{users}"), flags);
        program.swap(object.clone());
        assert_eq!(call!(program, "live_call", fn(i32) -> i32, 5), 70, "{flags:?}");
        let address = call!(program, "live_address", fn() -> usize,);
        assert_eq!(call!(program, "live_pointer", fn() -> usize,), address, "one address");
        // SAFETY: the function's type.
        let function: extern "C" fn(i32) -> i32 = unsafe { std::mem::transmute(address) };
        assert_eq!(function(5), 7);
        program.swap(object);
        assert_eq!(call!(program, "live_asked", fn() -> i32,), 1, "the choice stands");
    }
}

#[test]
fn another_resolver_chooses_anew() {
    let user = format!("{PICK}{ASKED}int live_call(int x) {{ return pick(x) * 10; }}");
    let mut program = Program::new();
    program.swap(c(&user));
    program.swap(c(&user.replace("asked++; return choice ? two : one", "asked += 2; return one")));
    assert_eq!(call!(program, "live_call", fn(i32) -> i32, 5), 60);
    assert_eq!(call!(program, "live_asked", fn() -> i32,), 3);
}

#[test]
fn indirect_functions_of_other_objects_of_this_and_earlier_links() {
    let user = "int pick(int); int live_NAME(int x) { return pick(x) * 100; }";
    let first = c(&user.replace("NAME", "first"));
    let mut program = Program::new();
    program.swap_all(&[("first.o", first), ("pick.o", c(&format!("{PICK}{ASKED}")))]);
    assert_eq!(call!(program, "live_first", fn(i32) -> i32, 5), 700);
    program.swap_all(&[("later.o", c(&user.replace("NAME", "later")))]);
    assert_eq!(call!(program, "live_later", fn(i32) -> i32, 5), 700);
    assert_eq!(call!(program, "live_asked", fn() -> i32,), 1);
}

#[test]
fn a_live_indirect_function_is_published_as_what_its_resolver_chose() {
    let source = PICK.replace("pick", "live_pick").replace("resolve", "live_pick_resolver");
    let source = source.replace("live_pick_resolver", "resolver") // The resolver itself is private.
        + ASKED
        + "int live_use(int x) { return live_pick(x) * 10; }";
    let mut program = Program::new();
    program.swap(c(&source));
    assert_eq!(call!(program, "live_pick", fn(i32) -> i32, 5), 7);
    assert_eq!(call!(program, "live_use", fn(i32) -> i32, 5), 70);
    let code = program.memory.usage().code;
    for round in 0..20 {
        program.swap(c(&source.replace("x + 2", &format!("x + {}", 3 + round % 2))));
        assert_eq!(call!(program, "live_use", fn(i32) -> i32, 5), 80 + 10 * (round % 2));
    }
    assert_eq!(call!(program, "live_asked", fn() -> i32,), 21, "every generation asks");
    assert!(program.memory.usage().code <= code + 256, "what it chose from goes with it");
}

#[test]
fn functions_cloned_for_processors() {
    // Beside the choice the compiler's resolver uses libgcc's knowledge of the processor.
    let libgcc = std::process::Command::new("cc").arg("-print-libgcc-file-name").output().unwrap();
    let libgcc = String::from_utf8(libgcc.stdout).unwrap();
    let mut symbols = Symbols::of_process().unwrap();
    symbols.archive(std::path::Path::new(libgcc.trim())).unwrap();
    let mut program = Program::with(symbols, Config::default());
    let source = "__attribute__((target_clones(\"avx2\", \"sse4.2\", \"default\"), noinline))
        int sum(const int *a, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i]; return s; }
        const int numbers[100] = {[7] = 5, [99] = 6}; int live_sum(void) { return sum(numbers, 100); }
        __attribute__((target_clones(\"avx2\", \"default\"))) int live_cloned(int x) { return x * 3; }";
    program.swap(c(source));
    assert_eq!(call!(program, "live_sum", fn() -> i32,), 11);
    assert_eq!(call!(program, "live_cloned", fn(i32) -> i32, 4), 12);
}

#[test]
fn a_resolver_may_not_call_what_is_not_published() {
    let source = "int live_ask(void); static int one(int x) { return x; }
        __attribute__((noinline)) static int deep(void) { return live_ask() + 1; }
        static int (*resolve(void))(int) { return deep() ? one : 0; }
        int pick(int) __attribute__((ifunc(\"resolve\"))); int live_f(int x) { return pick(x); }";
    let mut program = Program::new();
    let before = program.memory.usage();
    let error = program.link(c(source)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Startup, "{error}");
    for part in ["live.o", ".text.deep+0x", "to live_ask: the resolver", "publish"] {
        assert!(error.to_string().contains(part), "{part} is missing in: {error}");
    }
    assert_eq!(program.memory.usage().code, before.code);
    program.swap(c("int live_ask(void) { return 1; }"));
    program.swap(c(source));
    assert_eq!(call!(program, "live_f", fn(i32) -> i32, 5), 5);
    // To choose a live function is no call.
    let chosen = "int live_a(int x) { return x + 1; } int (*resolve(void))(int) { return live_a; }
        int other(int) __attribute__((ifunc(\"resolve\"))); int live_b(int x) { return other(x); }";
    program.swap(c(chosen));
    assert_eq!(call!(program, "live_b", fn(i32) -> i32, 5), 6);
    program.swap(c(&chosen.replace("x + 1", "x + 2")));
    assert_eq!(call!(program, "live_b", fn(i32) -> i32, 5), 7, "a swap is seen through the choice");
}

#[test]
fn a_live_resolver_of_a_private_indirect_function_is_refused() {
    let source = "static int one(int x) { return x; } int (*live_resolve(void))(int) { return one; }
        int pick(int) __attribute__((ifunc(\"live_resolve\"))); int live_f(int x) { return pick(x); }";
    let error = Program::new().link(c(source)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Ambiguous);
    assert!(error.to_string().contains("both must be live, or neither"), "{error}");
}

#[test]
fn nothing_is_called_where_that_is_refused() {
    let mut program =
        Program::configured(Config { resolvers: Resolvers::Refuse, ..Config::default() });
    for name in ["pick", "live_pick"] {
        let user = format!("int live_f(int x) {{ return {name}(x); }}");
        let source = PICK.replace("pick", name) + &user;
        let error = program.link(c(&source)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
        assert!(error.to_string().contains("resolver may not be called"), "{error}");
    }
}

#[test]
fn in_another_address_space_the_words_are_listed_with_their_resolvers() {
    let space = Space::There { machine: Machine::X86_64, base: 0x1000_0000 };
    let config = Config {
        code: 1 << 20,
        read_only: 1 << 20,
        data: 1 << 20,
        slots: 8,
        space,
        ..Config::default()
    };
    let mut program = Program::with(Symbols::none(), config);
    let user = "int live_f(int x) { return pick(x); }";
    program.link(c(&format!("{PICK}{user}"))).unwrap();
    let placements = program.linker.placements();
    let image = program.memory.image().unwrap();
    let place = |name: &str| {
        placements.iter().find(|it| it.symbol.as_deref() == Some(name)).unwrap().address
    };
    let resolver = place("resolve");
    assert_eq!(image.indirect.len(), 1);
    assert_eq!(image.indirect[0].resolver, resolver);
    let data = image.segments.last().unwrap();
    assert!((data.address + 64..data.address + data.size).contains(&image.indirect[0].word));
    let live = PICK.replace("pick", "live_pick");
    assert!(program.link(c(&live)).unwrap_err().to_string().contains("live_pick is an indirect"));
}

// An indirect function of this executable that no shared library exports.
global_asm!(
    ".globl segue_indirect_of_the_host",
    ".type segue_indirect_of_the_host, @gnu_indirect_function",
    "segue_indirect_of_the_host: lea 1f(%rip), %rax",
    "ret",
    "1: lea 40(%rdi), %eax",
    "ret",
    options(att_syntax)
);

unsafe extern "C" {
    safe fn segue_indirect_of_the_host(x: i32) -> i32;
}

#[test]
fn indirect_functions_of_the_executable_are_what_they_are_for_it() {
    assert_eq!(segue_indirect_of_the_host(2), 42);
    let mut program = Program::new();
    program.swap(c("int segue_indirect_of_the_host(int); int live_f(int x) { return segue_indirect_of_the_host(x) + 1; }"));
    assert_eq!(call!(program, "live_f", fn(i32) -> i32, 2), 43);
    let _: &Memory = &program.memory;
}
