//! Which definition a name means when a program has several objects: strong, weak, tentative and
//! COMDAT definitions, local names, and what earlier links placed.

mod common;

use common::{Program, cc};
use segue_loader::ErrorKind;

fn c(source: &str) -> Vec<u8> {
    cc("c", source, &[])
}

fn linked(objects: &[(&str, Vec<u8>)]) -> Program {
    let mut program = Program::new();
    program.swap_all(objects);
    program
}

#[test]
fn functions_variables_and_constants_of_another_object() {
    let a = c("extern int counter; extern const int table[3]; int twice(int); int live_g(int);
               int live_f(int k) { counter += k; return twice(counter) + table[1] + live_g(k); }");
    let b =
        c("int counter = 40; const int table[3] = {1, 20, 3}; int twice(int x) { return 2 * x; }
               int live_g(int k) { return counter * 1000 + k; }");
    for order in [[("a.o", a.clone()), ("b.o", b.clone())], [("b.o", b), ("a.o", a)]] {
        let program = linked(&order);
        assert_eq!(call!(program, "live_f", fn(i32) -> i32, 2), 84 + 20 + 42_002);
    }
}

#[test]
fn a_strong_definition_wins_over_weak_ones_and_the_first_weak_one_over_others() {
    let weak = |value: u32, live: &str| {
        let f = format!(
            "__attribute__((weak)) int chosen(void) {{ return {value}; }} __attribute__((weak)) int number = {value};
             int {live}(void) {{ return chosen() * 100 + number; }}"
        );
        c(&f)
    };
    let strong = c(
        "int chosen(void) { return 7; } int number = 8; int live_c(void) { return chosen() * 100 + number; }",
    );
    let program =
        linked(&[("a.o", weak(1, "live_a")), ("b.o", weak(2, "live_b")), ("c.o", strong)]);
    for name in ["live_a", "live_b", "live_c"] {
        assert_eq!(call!(program, name, fn() -> i32,), 708, "{name}");
    }
    let program = linked(&[("a.o", weak(1, "live_a")), ("b.o", weak(2, "live_b"))]);
    for name in ["live_a", "live_b"] {
        assert_eq!(call!(program, name, fn() -> i32,), 101, "{name}");
    }
}

#[test]
fn two_strong_definitions_are_an_error_that_names_both_places() {
    let a = c("int twice = 1; int live_a(void) { return twice; }");
    let b = "__attribute__((section(\".data.two\"))) int before = 1, twice = 2;";
    let b = cc("c", b, &["-fno-toplevel-reorder"]);
    let mut program = Program::new();
    let before = program.memory.usage();
    let error = program.link_all(&[("a.o", a), ("b.o", b)]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Duplicate);
    assert_eq!(
        error.to_string(),
        "twice is defined in a.o at .data.twice+0x0 and again in b.o at .data.two+0x4: \
         make one of them static or rename it"
    );
    assert_eq!(program.memory.usage(), before);
}

#[test]
fn tentative_definitions_are_one_variable_as_large_as_the_largest() {
    let small = cc("c", "int room[2]; int *live_a(void) { return room; }", &["-fcommon"]);
    let large =
        cc("c", "int room[64]; int live_b(void) { room[63] = 5; return room[0]; }", &["-fcommon"]);
    let program = linked(&[("a.o", small), ("b.o", large)]);
    let room = call!(program, "live_a", fn() -> usize,);
    // SAFETY: the variable's first element.
    unsafe { std::ptr::with_exposed_provenance_mut::<i32>(room).write(77) };
    assert_eq!(call!(program, "live_b", fn() -> i32,), 77);
    let found = program.linker.statics().find(|(name, ..)| *name == "room").unwrap();
    assert_eq!((found.1, found.2), (room, 256));
}

#[test]
fn a_tentative_definition_yields_to_a_definition() {
    let tentative = cc("c", "int level; int live_a(void) { return level; }", &["-fcommon"]);
    let definition = c("int level = 9; int live_b(void) { return level++; }");
    let program = linked(&[("a.o", tentative), ("b.o", definition)]);
    assert_eq!(call!(program, "live_b", fn() -> i32,), 9);
    assert_eq!(call!(program, "live_a", fn() -> i32,), 10);
}

#[test]
fn local_names_belong_to_their_object() {
    let source = |live: &str, k: u32| {
        let text = format!(
            "static int count = {k}; static __attribute__((noinline)) int live_step(void) {{ return count += {k}; }}
             int {live}(void) {{ return live_step(); }}"
        );
        c(&text)
    };
    let program = linked(&[("a.o", source("live_a", 1)), ("b.o", source("live_b", 10))]);
    assert_eq!(call!(program, "live_a", fn() -> i32,), 2);
    assert_eq!(call!(program, "live_b", fn() -> i32,), 20);
    assert_eq!(call!(program, "live_a", fn() -> i32,), 3);
    let names: Vec<&str> = program.live.keys().map(String::as_str).collect();
    assert_eq!(names, ["a.o:live_step", "b.o:live_step", "live_a", "live_b"]);
    let mut statics: Vec<&str> = program.linker.statics().map(|(name, ..)| name).collect();
    statics.sort_unstable();
    assert_eq!(statics, ["a.o:count", "b.o:count"]);
}

#[test]
fn comdat_groups_are_one_definition() {
    let source = |live: &str| {
        format!(
            "inline int &counter() {{ static int value = 5; return value; }}
             template <typename T> __attribute__((noinline)) T *place() {{ static T value; return &value; }}
             extern \"C\" int {live}() {{ return ++counter(); }}
             extern \"C\" void *{live}_place() {{ return place<int>(); }}"
        )
    };
    let objects: Vec<_> = [("a.o", "live_a"), ("b.o", "live_b")]
        .into_iter()
        .map(|(name, live)| (name, cc("cc", &source(live), &["-O1"])))
        .collect();
    let program = linked(&objects);
    assert_eq!(call!(program, "live_a", fn() -> i32,), 6);
    assert_eq!(call!(program, "live_b", fn() -> i32,), 7);
    let places = ["live_a_place", "live_b_place"].map(|it| call!(program, it, fn() -> usize,));
    assert_eq!(places[0], places[1]);
}

#[test]
fn of_different_comdat_definitions_the_first_counts_in_every_object() {
    let source = |value: u32, live: &str| {
        let text = format!(
            "\n.section .text.shared,\"axG\",@progbits,shared,comdat\n.globl shared\n.type shared,@function\n\
             shared: mov ${value}, %eax\nret\n\
             .section .text.{live},\"ax\",@progbits\n.globl {live}\n.type {live},@function\n{live}: jmp shared\n"
        );
        cc("s", &text, &[])
    };
    let program = linked(&[("a.o", source(1, "live_a")), ("b.o", source(2, "live_b"))]);
    assert_eq!(call!(program, "live_a", fn() -> i32,), 1);
    assert_eq!(call!(program, "live_b", fn() -> i32,), 1);
}

#[test]
fn a_later_link_finds_what_earlier_ones_placed() {
    let mut program = Program::new();
    let first = c("int counter = 3; const int table[2] = {4, 5};
                   __attribute__((noinline)) int twice(int x) { return 2 * x; }
                   int live_a(int k) { return twice(counter) + table[k]; }");
    program.swap_all(&[("a.o", first)]);
    let second = c("extern int counter; extern const int table[2]; int twice(int x);
                    int live_b(void) { return twice(counter++) + table[1]; }");
    program.swap_all(&[("b.o", second)]);
    assert_eq!(call!(program, "live_b", fn() -> i32,), 11);
    assert_eq!(call!(program, "live_a", fn(i32) -> i32, 0), 12);
}

#[test]
fn a_weak_name_that_nobody_defines_is_zero() {
    let source = "__attribute__((weak)) int nobody(int); __attribute__((weak)) extern int nothing;
                  int live_f(void) { return nobody ? nobody(1) : &nothing ? nothing : 5; }";
    for flags in [&["-fPIC"][..], &["-fPIE"], &["-fPIC", "-fno-plt"]] {
        let mut program = Program::new();
        program.swap(cc("c", source, flags));
        assert_eq!(call!(program, "live_f", fn() -> i32,), 5, "{flags:?}");
    }
}

#[test]
fn absolute_names_of_another_object() {
    let definition = cc("s", ".globl limit\n.set limit, 0x1234\n", &[]);
    let user = c("extern char limit; long live_f(void) { return (long)&limit; }");
    let program = linked(&[("a.o", user), ("b.o", definition)]);
    assert_eq!(call!(program, "live_f", fn() -> i64,), 0x1234);
}

/// An object with entries in the section `registry` and, in the first object, code that walks it.
fn registry(kind: &str, entries: &[u32], live: &str) -> Vec<u8> {
    let entries: String = entries
        .iter()
        .enumerate()
        .map(|(k, value)| {
            format!(
                "__attribute__((section(\"registry\"), used)) static {kind} struct entry {live}_{k} = {{ {value}, {value} }};\n"
            )
        })
        .collect();
    let walk = format!(
        "extern {kind} struct entry __start_registry[], __stop_registry[];
         long {live}(void) {{
             long sum = 0;
             for ({kind} struct entry *it = __start_registry; it != __stop_registry; it++)
                 sum = sum * 100 + it->value + it->same - it->value;
             return sum;
         }}
         {kind} void *{live}_start(void) {{ return __start_registry; }}"
    );
    let source = format!("struct entry {{ char same; int value; }};\n{entries}{walk}");
    cc("c", &source, &["-fno-toplevel-reorder"])
}

#[test]
fn the_bounds_of_a_section_enclose_the_entries_of_all_objects() {
    let (a, b) = (registry("const", &[1, 2], "live_a"), registry("const", &[3, 3], "live_b"));
    let mut program = linked(&[("a.o", a.clone()), ("b.o", b.clone())]);
    for live in ["live_a", "live_b"] {
        assert_eq!(call!(program, live, fn() -> i64,), 1_020_303, "{live}");
    }
    let start = call!(program, "live_a_start", fn() -> usize,);
    program.swap_all(&[("a.o", a), ("b.o", b.clone())]);
    assert_eq!(call!(program, "live_a", fn() -> i64,), 1_020_303);
    let again = call!(program, "live_a_start", fn() -> usize,);
    assert_eq!(again, start, "the same entries are found again");
    // With another entry the code that walks over them is other code.
    let before = Program::split(registry("const", &[1, 2], "live_a")).modules()[0].digest;
    let more = registry("const", &[1, 2, 4], "live_a");
    assert_ne!(Program::split(more.clone()).modules()[0].digest, before);
    program.swap_all(&[("a.o", more), ("b.o", b)]);
    for live in ["live_a", "live_b"] {
        assert_eq!(call!(program, live, fn() -> i64,), 102_040_303, "{live}");
    }
}

#[test]
fn variables_between_bounds_keep_their_places_and_refuse_company() {
    let mut program = Program::new();
    let count = "__attribute__((section(\"counters\"), used)) static int";
    let walk = "extern int __start_counters[], __stop_counters[];
                int live_f(void) { int sum = 0; for (int *it = __start_counters; it != __stop_counters; it++) sum += (*it)++; return sum; }";
    let source = c(&format!("{count} a = 1; {count} b = 10; {walk}"));
    program.swap_all(&[("a.o", source.clone())]);
    assert_eq!(call!(program, "live_f", fn() -> i32,), 11);
    program.swap_all(&[("a.o", source)]);
    assert_eq!(call!(program, "live_f", fn() -> i32,), 13);
    let more = c(&format!("{count} a = 1; {count} b = 10; {count} c = 100; {walk}"));
    let before = program.memory.usage();
    let error = program.link_all(&[("a.o", more)]).unwrap_err();
    let text = "section counters, whose bounds __start_counters and __stop_counters are in use, has other entries now";
    assert!(error.to_string().contains(text), "{error}");
    let after = program.memory.usage();
    assert_eq!((before.code, before.data), (after.code, after.data));
    assert_eq!(call!(program, "live_f", fn() -> i32,), 15);
}

#[test]
fn an_absolute_name_means_the_strong_one_in_later_links_too() {
    let user = |live: &str| c(&format!("extern char x[]; char *{live}(void) {{ return x; }}"));
    let strong = cc("s", ".globl x\n.set x, 1\n", &[]);
    let weak = cc("s", ".weak x\n.set x, 2\n", &[]);
    for [first, second] in [[strong.clone(), weak.clone()], [weak, strong]] {
        let mut program = linked(&[("a.o", first), ("b.o", second), ("c.o", user("live_now"))]);
        assert_eq!(call!(program, "live_now", fn() -> usize,), 1);
        program.swap_all(&[("d.o", user("live_later"))]);
        assert_eq!(call!(program, "live_later", fn() -> usize,), 1);
    }
}

/// Was: code that defined the name as another number itself kept its own.
#[test]
fn an_absolute_name_means_the_strong_one_in_the_object_of_the_weak_one_too() {
    let strong = cc("s", ".globl x\n.set x, 1\n", &[]);
    // Defined behind its use, or the assembler puts the number there itself.
    let weak = cc(
        "s",
        ".section .text.live_a,\"ax\",@progbits\n.globl live_a\n.type live_a,@function\n\
         live_a: movabs $x, %rax\nret\n.weak x\n.set x, 2\n",
        &[],
    );
    let program = linked(&[("a.o", weak.clone()), ("b.o", strong)]);
    assert_eq!(call!(program, "live_a", fn() -> usize,), 1);
    let alone = linked(&[("a.o", weak)]);
    assert_eq!(call!(alone, "live_a", fn() -> usize,), 2);
}

#[test]
fn statics_of_two_objects_of_one_name_are_not_silently_one() {
    let with = |live: &str| c(&format!("static int count; int {live}(void) {{ return ++count; }}"));
    let without = |live: &str| c(&format!("int {live}(void) {{ return 4; }}"));
    let error = Program::new()
        .link_all(&[("live.o", with("live_a")), ("live.o", with("live_b"))])
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Duplicate);
    assert_eq!(
        error.to_string(),
        "count is local to two objects that are both called live.o: give one of them another name"
    );
    let objects =
        [("live.o", with("live_a")), ("live.o", without("live_b")), ("other.o", with("live_c"))];
    let program = linked(&objects);
    assert_eq!(call!(program, "live_a", fn() -> i32,), 1);
    assert_eq!(call!(program, "live_c", fn() -> i32,), 1);
}

/// Was: private code was found again by its own content, and kept the constant of before.
#[test]
fn private_code_sees_the_new_constant_of_another_object() {
    let user = c("extern const int table[2]; extern const int *const indirect;
                  static __attribute__((noinline)) int peek(int k) { return table[k]; }
                  static const int *const *const held = &indirect;
                  int live_f(int k) { return peek(k) * 100 + **held; }");
    let table = |value: u32| c(&format!("const int table[2] = {{{value}, 1}};"));
    let middle = c("extern const int table[2]; const int *const indirect = table;");
    let mut program = Program::new();
    for value in [4, 7, 9] {
        let objects =
            [("user.o", user.clone()), ("table.o", table(value)), ("middle.o", middle.clone())];
        program.swap_all(&objects);
        let expected = value as i32 * 101;
        assert_eq!(call!(program, "live_f", fn(i32) -> i32, 0), expected, "all at once");
    }
    // One object at a time: what was placed last under the name is what is meant.
    program.swap_all(&[(
        "table.o",
        c("const int table[2] = {8, 2}; int live_g(int k) { return table[k]; }"),
    )]);
    program.swap_all(&[("middle.o", c("extern const int table[2]; const int *const indirect = table; const int *const *live_h(void) { return &indirect; }"))]);
    program.swap_all(&[("user.o", user)]);
    assert_eq!(call!(program, "live_f", fn(i32) -> i32, 0), 808, "one by one");
}

/// Was: every edit of one object placed the constants of the others once more.
#[test]
fn the_same_objects_once_more_place_no_constant() {
    let user = c("extern const int table[2]; int live_f(int k) { return table[k]; }");
    let table = c("const int table[2] = {5, 1};");
    let mut program = Program::new();
    let objects = [("user.o", user), ("table.o", table)];
    program.swap_all(&objects);
    program.swap_all(&objects);
    let before = program.memory.usage();
    for _ in 0..20 {
        program.swap_all(&objects);
    }
    assert_eq!(program.memory.usage().read_only, before.read_only);
}

/// Was: a definition that did not count was what later links found under the name.
#[test]
fn later_links_find_the_definition_that_counts() {
    let strong = c("const int number = 7; const int *live_a(void) { return &number; }");
    let weak = cc(
        "s",
        ".section .rodata.number,\"a\",@progbits\n.weak number\n.type number,@object\nnumber: .long 8\n\
         .section .text.live_b,\"ax\",@progbits\n.globl live_b\n.type live_b,@function\n\
         live_b: mov .rodata.number(%rip), %eax\nret\n",
        &[],
    );
    let mut program = linked(&[("a.o", strong), ("b.o", weak)]);
    assert_eq!(call!(program, "live_b", fn() -> i32,), 8, "it names its section");
    program.swap_all(&[("c.o", c("extern const int number; int live_c(void) { return number; }"))]);
    assert_eq!(call!(program, "live_c", fn() -> i32,), 7);
}

/// Was: a later link found what was placed last, though a link in between had found the older again.
#[test]
fn later_links_find_what_was_found_again() {
    let table = |value: u32| {
        let text = format!(
            "const int table[2] = {{{value}, 1}}; __attribute__((noipa)) int twice(void) {{ return {value}; }}
             int live_g(int k) {{ return table[k] + twice(); }}"
        );
        c(&text)
    };
    let user = "extern const int table[2]; int twice(void); int live_f(int k) { return table[k] * 100 + twice(); }";
    let mut program = Program::new();
    for value in [4, 7, 4] {
        // What is replaced is not given back, so that the code of before is there again.
        let linked = program.link_all(&[("table.o", table(value))]).unwrap();
        std::mem::forget(linked);
    }
    program.swap_all(&[("user.o", c(user))]);
    assert_eq!(call!(program, "live_f", fn(i32) -> i32, 0), 404);
}

/// Was: of two definitions with the same content, later links knew one.
#[test]
fn later_links_find_both_of_two_names_with_one_content() {
    let twins = "const int one[2] = {5, 6}, other[2] = {5, 6};
                 __attribute__((noipa)) int f(void) { return 3; } __attribute__((noipa)) int g(void) { return 3; }
                 int live_a(int k) { return one[k] + other[k] + f() + g(); }";
    let user = "extern const int one[2], other[2]; int f(void); int g(void);
                int live_b(int k) { return one[k] * 1000 + other[k] * 100 + f() * 10 + g(); }";
    let mut program = linked(&[("a.o", c(twins))]);
    assert_eq!(call!(program, "live_a", fn(i32) -> i32, 1), 18);
    program.swap_all(&[("b.o", c(user))]);
    assert_eq!(call!(program, "live_b", fn(i32) -> i32, 1), 6633);
}

/// The entries between bounds are what private code that walks over them depends on.
#[test]
fn private_code_sees_new_entries_of_another_object() {
    let object = |value: u32, live: &str| {
        let text = format!(
            "__attribute__((section(\"registry\"), used)) static const int entry = {value};
             extern const int __start_registry[], __stop_registry[];
             static __attribute__((noipa)) int walk(void) {{
                 int sum = 0;
                 for (const int *it = __start_registry; it != __stop_registry; it++) sum = sum * 10 + *it;
                 return sum;
             }}
             int {live}(void) {{ return walk(); }}"
        );
        c(&text)
    };
    let mut program = Program::new();
    for value in [2, 3, 2] {
        program.swap_all(&[("a.o", object(1, "live_a")), ("b.o", object(value, "live_b"))]);
        assert_eq!(call!(program, "live_a", fn() -> i32,), 10 + value as i32);
    }
}
