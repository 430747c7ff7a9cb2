//! Code and data as C compilers and assemblers lay them out: what large programs were found to need.

mod common;

use common::{Program, cc};
use segue_loader::{Linked, Object, Selection, split};

/// A counter in `.data` that no symbol names, and a function that returns what it counted.
fn counter(function: &str, start: u32) -> Vec<u8> {
    let source = format!(
        ".data\n.balign 4\n.Lcounter: .long {start}\n\
         .section .text.{function},\"ax\"\n.globl {function}\n.type {function}, @function\n\
         {function}: incl .Lcounter(%rip)\nmovl .Lcounter(%rip), %eax\nret\n\
         .size {function}, . - {function}\n"
    );
    cc("s", &source, &[])
}

#[test]
fn data_that_no_symbol_names_is_found_again_by_its_initial_content() {
    let mut program = Program::new();
    program.swap(counter("live_f", 10));
    assert_eq!(call!(program, "live_f", fn() -> u32,), 11);
    program.swap(counter("live_f", 10));
    assert_eq!(call!(program, "live_f", fn() -> u32,), 12, "the same data goes on");
    program.swap(counter("live_f", 20));
    assert_eq!(call!(program, "live_f", fn() -> u32,), 21, "other content is other data");
}

#[test]
fn functions_with_other_unnamed_data_are_other_functions() {
    let digest = |start: u32| {
        let object = Object::parse("live.o", counter("live_f", start)).unwrap();
        split(object, &common::is_live).unwrap().modules()[0].digest
    };
    assert_eq!(digest(10), digest(10));
    assert_ne!(digest(10), digest(20), "or an edit of the data would change nothing");
}

#[test]
fn two_objects_do_not_share_unnamed_data() {
    let mut program = Program::new();
    let mut link = |name: &str, function: &str| -> Linked {
        let object = Object::parse(name, counter(function, 10)).unwrap();
        let split = split(object, &common::is_live).unwrap();
        let selection = Selection { split: &split, functions: &[0] };
        program.linker.link(&[selection], &mut program.table).unwrap().remove(0)
    };
    let linked = [link("one.o", "live_one"), link("two.o", "live_two")];
    linked.into_iter().for_each(|linked| program.publish(linked));
    assert_eq!(call!(program, "live_one", fn() -> u32,), 11);
    assert_eq!(call!(program, "live_two", fn() -> u32,), 11);
}

/// Two variables that the compiler calls `.data` and a distance, unless it is told otherwise.
fn two_variables(more: &str, sum: &str) -> Vec<u8> {
    let source = format!(
        "static int a = 1, b = 10; {more}\n\
         int live_f(int n) {{ a += n; b += a; return {sum}; }}"
    );
    cc("c", &source, &["-fno-data-sections"])
}

/// It used to be refused: "which variable of the section is meant?"
#[test]
fn variables_that_nothing_tells_apart_keep_their_values_together() {
    let mut program = Program::new();
    program.swap(two_variables("", "a * 100 + b"));
    assert_eq!(call!(program, "live_f", fn(i32) -> i32, 2), 313);
    program.swap(two_variables("", "a * 1000 + b"));
    assert_eq!(call!(program, "live_f", fn(i32) -> i32, 1), 4017, "both go on");
    program.swap(two_variables("static int c[7] = {5};", "a * 1000 + b + c[n]++"));
    assert_eq!(call!(program, "live_f", fn(i32) -> i32, 0), 1016, "with a third all start again");
    program.table.fingerprint += 1;
    program.swap(two_variables("static int c[7] = {5};", "a * 1000 + b + c[n]++"));
    assert_eq!(call!(program, "live_f", fn(i32) -> i32, 0), 1016, "another type, another variable");
}

/// An address behind the end of one variable is not that of the next.
#[test]
fn the_end_of_a_variable_is_not_the_start_of_the_next() {
    let source = "static int first[4] = {1, 2, 3, 4}, second[4] = {5, 6, 7, 8};\n\
                  static int *end = first + 4;\n\
                  int live_f(int n) { second[n]++; end += n; return end - first; }";
    let mut program = Program::new();
    program.swap(cc("c", source, &["-fno-data-sections"]));
    assert_eq!(call!(program, "live_f", fn(i32) -> i32, 0), 4);
}

/// gcc keeps the initial value of the array in `.data`, and no symbol names it. Found by SQLite's
/// `fts3SqlStmt`.
#[test]
fn the_initial_value_of_a_local_array_of_pointers_links() {
    let words: Vec<String> = (0..40).map(|word| format!("\"word {word} %s\"")).collect();
    let source = format!(
        "extern int snprintf(char *, unsigned long, const char *, ...);
         int live_say(char *out, int word) {{
             const char *words[] = {{ {} }};
             return snprintf(out, 40, words[word], \"said\");
         }}",
        words.join(", ")
    );
    let mut program = Program::new();
    for _ in 0..2 {
        program.swap(cc("c", &source, &[]));
        let mut out = [0u8; 40];
        let out_pointer = out.as_mut_ptr();
        let length = call!(program, "live_say", fn(*mut u8, i32) -> i32, out_pointer, 27);
        assert_eq!(&out[..length as usize], b"word 27 said");
    }
}

/// A switch with a case in the outlined cold code, which jumps nowhere back. `more` is put behind it.
fn switch(case: u32, more: &str) -> Vec<u8> {
    let source = format!(
        ".section .text.live_f,\"ax\"\n.globl live_f\n.type live_f, @function\n\
         live_f: leaq .Ltable(%rip), %rax\nmovslq (%rax,%rdi,4), %rdx\naddq %rdx, %rax\njmp *%rax\n\
         .Lzero: movl $10, %eax\nret\n.Lone: movl ${case}, %eax\nret\n.size live_f, . - live_f\n\
         .section .text.unlikely.live_f,\"ax\"\n.type live_f.cold, @function\n\
         live_f.cold: nop\n.Ltwo: movl $12, %eax\nret\n.size live_f.cold, . - live_f.cold\n\
         .section .rodata.live_f,\"a\"\n.balign 4\n\
         .Ltable: .long .Lzero - .Ltable, .Lone - .Ltable, .Ltwo - .Ltable\n{more}"
    );
    cc("s", &source, &[])
}

/// Found by Lua's `genlink`.
#[test]
fn the_cases_of_a_switch_may_be_in_outlined_cold_code_that_does_not_come_back() {
    let mut program = Program::new();
    program.swap(switch(11, ""));
    let values = |program: &Program| {
        [0u64, 1, 2].map(|case| call!(*program, "live_f", fn(u64) -> u32, case))
    };
    assert_eq!(values(&program), [10, 11, 12]);
    let used = program.memory.usage().code;
    program.swap(switch(21, ""));
    assert_eq!(values(&program), [10, 21, 12]);
    assert_eq!(program.memory.usage().code, used, "the cold code went with its function");
    program.live.clear();
    assert_eq!(program.memory.usage().code, 0);
}

#[test]
fn cold_code_that_others_use_as_well_is_shared() {
    let mut program = Program::new();
    let other = ".section .text.live_g,\"ax\"\n.globl live_g\n.type live_g, @function\n\
                 live_g: jmp live_f.cold\n.size live_g, . - live_g\n";
    program.swap(switch(11, other));
    assert_eq!(call!(program, "live_f", fn(u64) -> u32, 2), 12);
    assert_eq!(call!(program, "live_g", fn() -> u32,), 12);
}
